package dev.loganalyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever writes a rule is told what is wrong with it, and where. */
class RuleReaderTest {
  private static final String GOOD =
      """
      id: storage.sour
      title: ${device} went sour
      severity: error
      subject: ${device}
      match:
        - pattern: '^sour milk on (?<device>\\w+)'
          origin: kernel
      explain: Milk does that.
      advice: Buy new milk for ${device}.
      cases:
        - log: '[    1.000001] sour milk on vda'
          finds: { subject: vda }
        - log: '[    1.000001] fresh milk on vda'
          finds: none
      """;

  @TempDir Path folder;

  private static List<String> faults(String yaml) {
    List<String> faults = new ArrayList<>();
    Rule rule = RuleReader.read("storage/sour.yaml", yaml, faults);
    assertEquals(faults.isEmpty(), rule != null);
    return faults;
  }

  private static void fault(String expected, String from, String to) {
    assertTrue(GOOD.contains(from), from);
    List<String> faults = faults(GOOD.replace(from, to));
    assertEquals(List.of("storage/sour.yaml:" + expected), faults);
  }

  @Test
  void aGoodRuleHasNoFault() {
    assertEquals(List.of(), faults(GOOD));
  }

  @Test
  void aRuleInAFolderOfOnesOwnIsUsedWithTheOthers() throws Exception {
    Files.createDirectories(folder.resolve("storage"));
    Files.writeString(folder.resolve("storage/sour.yaml"), GOOD);
    RuleSet rules = RuleSet.with(List.of(folder));
    assertEquals("storage.sour", rules.rule("storage.sour").id());
    assertTrue(rules.rules().size() > 60);
    assertEquals(
        List.of(),
        RuleCases.failures(
            List.of(rules.rule("storage.sour")),
            new dev.loganalyze.diagnosis.Analyzer(rules)::findings));
  }

  @Test
  void aRuleMayAskForACrashReportByItsTitle() throws Exception {
    String yaml =
        """
        id: storage.sour
        title: The acme driver crashed in ${function}
        severity: error
        subject: ${function}
        match: { crash: oops, pattern: ' in acme_' }
        explain: It does that.
        advice: Look at acme.
        cases:
          - log: |
              [    1.000001] BUG: kernel NULL pointer dereference, address: 0000000000000008
              [    1.000002] RIP: 0010:acme_open+0x12/0x34
              [    1.000003] Call Trace:
              [    1.000004]  do_one_initcall+0x1/0x2
            finds: { subject: acme_open }
          - log: |
              [    1.000001] BUG: kernel NULL pointer dereference, address: 0000000000000008
              [    1.000002] RIP: 0010:other_open+0x12/0x34
            finds: none
        """;
    Files.createDirectories(folder.resolve("storage"));
    Files.writeString(folder.resolve("storage/sour.yaml"), yaml);
    RuleSet rules = RuleSet.with(List.of(folder));
    assertEquals(
        List.of(),
        RuleCases.failures(
            List.of(rules.rule("storage.sour")),
            new dev.loganalyze.diagnosis.Analyzer(rules)::findings));
    List<String> faults = faults(yaml.replace("crash: oops", "crash: oopsie"));
    assertTrue(faults.get(0).contains("no crash report is of the kind 'oopsie'"), faults.get(0));
  }

  @Test
  void theExampleOfTheArchitecturePageIsARuleAndItsCasesHold() throws Exception {
    String page = Files.readString(Path.of("docs/architecture.md"));
    int start = page.indexOf("```yaml\n") + 8;
    Path file = folder.resolve("storage/device-held.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, page.substring(start, page.indexOf("```", start)));
    RuleSet rules = RuleSet.with(List.of(folder));
    assertEquals(
        List.of(),
        RuleCases.failures(
            List.of(rules.rule("storage.device-held")),
            new dev.loganalyze.diagnosis.Analyzer(rules)::findings));
  }

  @Test
  void everyFaultNamesFileLineAndWhatToDo() {
    fault("3: 'bad' is no severity; choose from info, warning, error, critical", "error", "bad");
    fault("2: the key 'title' is missing or empty", "${device} went sour", "''");
    fault(
        "1: rule storage.sweet belongs into storage/sweet.yaml",
        "id: storage.sour",
        "id: storage.sweet");
    fault(
        "1: an id is family.name in lower case with hyphens, not 'Sour'",
        "id: storage.sour",
        "id: Sour");
    fault(
        "2: nothing binds ${disk}; what is bound: device, identifier, line, message, unit",
        "title: ${device}",
        "title: ${disk}");
    fault(
        "9: nothing binds ${disk}; what is bound: device, identifier, line, message, unit",
        "for ${device}",
        "for ${disk}");
    fault(
        "6:20: look-around cannot be matched in linear time; use unless: for what must not be there",
        "'^sour milk on (?<device>\\w+)'",
        "'^sour(?= milk) (?<device>\\w+)'");
    fault(
        "9: there is no key 'explian' here; keys are advice, cases, causes, collect, explain,"
            + " falsepositives, id, match, references, severity, subject, title, yields",
        "explain: Milk",
        "explain: Milk\nexplian: Milk");
  }

  private static void place(String expected, String yaml) {
    List<String> faults = faults(yaml);
    assertEquals(1, faults.size(), faults.toString());
    assertTrue(faults.get(0).startsWith("storage/sour.yaml:" + expected), faults.get(0));
  }

  @Test
  void aFaultIsToldWhereItIsAndNotWhereItsKeyStandsFirst() {
    place(
        "9: 'devil' is no origin;",
        GOOD.replace("explain:", "  - pattern: sweet\n    origin: devil\nexplain:"));
    place("8: a match needs pattern,", GOOD.replace("explain:", "  - origin: kernel\nexplain:"));
    place("8: a match needs pattern,", GOOD.replace("explain:", "  - sweet\nexplain:"));
    place(
        "13: the key 'log' is missing or empty",
        GOOD.replace("'[    1.000001] fresh milk on vda'", "''"));
    place(
        "4: 'bad' is no severity;",
        GOOD.replace("title: ", "title: |\n  severity: ")
            .replace("severity: error", "severity: bad"));
    place("15: there is no key 'sublect' here;", GOOD.replace("none", "none\n    sublect: vda"));
  }

  @Test
  void backReferencesAreRefused() {
    List<String> faults = faults(GOOD.replace("(?<device>\\w+)", "(?<device>\\w+) \\1"));
    assertEquals(1, faults.size());
    assertTrue(
        faults.get(0).startsWith("storage/sour.yaml:6:44: a back-reference cannot"), faults.get(0));
  }

  @Test
  void aPatternThatCanNeverMatchIsRefused() {
    List<String> faults = faults(GOOD.replace("(?<device>\\w+)", "(?<device>\\w+)\\nmore"));
    assertEquals(1, faults.size());
    assertTrue(
        faults.get(0).startsWith("storage/sour.yaml:6:43: a message is one line"), faults.get(0));
    assertEquals(1, faults(GOOD.replace("(?<device>\\w+)", "(?<device>\\w+)\\\\\\n")).size());
    assertEquals(List.of(), faults(GOOD.replace("(?<device>\\w+)", "(?<device>\\w+)\\\\n more")));
  }

  @Test
  void everyRuleFileFollowsTheSchema() throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("docs/schemas/rule-v1.schema.json")));
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/rules"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        assertEquals(
            List.of(), schema.validate(Files.readString(file), InputFormat.YAML), file.toString());
      }
    }
    for (String wrong :
        List.of(
            GOOD.replace("severity: error", "severity: bad"),
            GOOD.replace("explain:", "explian:"),
            GOOD.replace("id: storage.sour", "id: Sour"))) {
      assertFalse(schema.validate(wrong, InputFormat.YAML).isEmpty(), wrong);
    }
  }

  @Test
  void whatIsNoYamlIsToldWithItsColumn() {
    List<String> faults = faults("id: [\n");
    assertEquals(1, faults.size());
    assertTrue(faults.get(0).matches("storage/sour\\.yaml:\\d+:\\d+: is not YAML: .*"));
    assertEquals(1, faults("just words").size());
    assertEquals(1, faults("").size());
  }

  @Test
  void allFaultsOfAllFilesAreToldAtOnce() throws Exception {
    Files.createDirectories(folder.resolve("storage"));
    Files.writeString(folder.resolve("storage/sour.yaml"), GOOD.replace("error", "bad"));
    Files.writeString(folder.resolve("storage/sweet.yaml"), "words");
    RuleException e = assertThrows(RuleException.class, () -> RuleSet.with(List.of(folder)));
    assertEquals(2, e.getMessage().lines().count());
  }

  @Test
  void aRuleThatCausesOneThatDoesNotExistIsAFault() throws Exception {
    Files.createDirectories(folder.resolve("storage"));
    Files.writeString(folder.resolve("storage/sour.yaml"), GOOD + "causes: [storage.nosuch]\n");
    RuleException e = assertThrows(RuleException.class, () -> RuleSet.with(List.of(folder)));
    assertEquals(
        "storage.sour: causes names storage.nosuch, but there is no such rule", e.getMessage());
  }

  @Test
  void anIdThatIsTakenIsAFault() throws Exception {
    Files.createDirectories(folder.resolve("kernel"));
    Files.writeString(
        folder.resolve("kernel/panic.yaml"), GOOD.replace("storage.sour", "kernel.panic"));
    RuleException e = assertThrows(RuleException.class, () -> RuleSet.with(List.of(folder)));
    assertTrue(e.getMessage().contains("there is a rule kernel.panic already"), e.getMessage());
  }
}
