package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Asked;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.Suppression;
import dev.loganalyze.diagnosis.Verdict;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.timing.Budgets;
import dev.loganalyze.timing.UnitFacts;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** SARIF, JUnit XML, GitHub's and GitLab's reports, each read by its consumer's own rules. */
class MachineReportsTest {
  private static final String EMERGENCY = "sample-logs/14-fstab-missing-uuid-emergency.log";
  private static final JsonMapper MAPPER = new JsonMapper();

  private static Run emergency(Suppression... accepted) throws Exception {
    Asked asked =
        new Asked(List.of(accepted), null, budgets(), UnitFacts.NONE, true, false, true, 1);
    byte[] log = Files.readAllBytes(Path.of(EMERGENCY));
    return new Analyzer(RuleSet.builtIn(), asked)
        .analyze(
            new Source(EMERGENCY, Source.Compression.NONE, log.length, "0".repeat(64), log, ""));
  }

  private static Budgets budgets() {
    return Budgets.of(List.of("login=40s", "kernel=1h"));
  }

  private static String report(Format format, List<Run> runs) throws Exception {
    ReportOptions options =
        new ReportOptions(
            Screen.PLAIN, Integer.MAX_VALUE, RuleSet.builtIn().rules(), budgets(), List.of());
    return new String(ReportTest.bytes(format.report(options), runs), StandardCharsets.UTF_8);
  }

  /** What is not told is not reckoned. */
  @ParameterizedTest
  @EnumSource
  void aFormatSaysWhetherItTellsHashes(Format format) throws Exception {
    String report = report(format, List.of(emergency()));
    assertEquals(format.tellsHashes(), report.contains("0".repeat(64)));
  }

  // ---- SARIF ------------------------------------------------------------------------------------

  @Test
  void sarifFollowsItsPublishedSchema() throws Exception {
    Schema schema;
    try (InputStream in =
        MachineReportsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
              .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    List<Run> runs = new ArrayList<>(ReportTest.all());
    runs.add(emergency());
    String sarif = report(Format.SARIF, runs);
    assertEquals(List.of(), schema.validate(sarif, InputFormat.JSON));
    String wrong = sarif.replace("\"level\" : \"error\"", "\"level\" : \"bad\"");
    assertFalse(schema.validate(wrong, InputFormat.JSON).isEmpty());
  }

  /** What code scanning asks beyond the schema. */
  @Test
  void codeScanningFindsEachResultInTheCheckout() throws Exception {
    JsonNode run = MAPPER.readTree(report(Format.SARIF, List.of(emergency()))).at("/runs/0");
    JsonNode rules = run.at("/tool/driver/rules");
    assertEquals(
        RuleSet.builtIn().rules().size(), rules.size(), "all rules are declared, fired or not");
    Set<String> fingerprints = new HashSet<>();
    assertFalse(run.at("/results").isEmpty());
    for (JsonNode result : run.at("/results")) {
      JsonNode place = result.at("/locations/0/physicalLocation");
      assertEquals(EMERGENCY, place.at("/artifactLocation/uri").asString());
      assertEquals("%SRCROOT%", place.at("/artifactLocation/uriBaseId").asString());
      assertTrue(place.at("/region/startLine").asInt() > 0);
      assertEquals(result.at("/ruleId"), rules.get(result.at("/ruleIndex").asInt()).at("/id"));
      assertTrue(
          fingerprints.add(result.at("/partialFingerprints/loganalyze~1v1").asString()),
          "two results with one fingerprint would be shown once");
    }
  }

  @Test
  void theChainOfARootCauseIsACodeFlow() throws Exception {
    Run emergency = emergency();
    JsonNode results =
        MAPPER.readTree(report(Format.SARIF, List.of(emergency))).at("/runs/0/results");
    int flows = 0;
    for (JsonNode result : results) {
      if (result.has("codeFlows")) {
        flows++;
        assertEquals(
            emergency.rootCauses().get(0).chain().size(),
            result.at("/codeFlows/0/threadFlows/0/locations").size());
      }
    }
    assertEquals(1, flows);
  }

  @Test
  void anAcceptedFindingIsSuppressedInSarifSkippedInJunitAndNotThereInTheOthers() throws Exception {
    Run run = emergency(new Suppression("systemd.device-timeout", "", "", "no disk in this lab"));
    JsonNode results = MAPPER.readTree(report(Format.SARIF, List.of(run))).at("/runs/0/results");
    List<String> reasons = new ArrayList<>();
    for (JsonNode result : results) {
      if (result.at("/ruleId").asString().equals("systemd.device-timeout")) {
        reasons.add(result.at("/suppressions/0/justification").asString());
      } else {
        assertFalse(result.has("suppressions"));
      }
    }
    assertEquals(List.of("no disk in this lab"), reasons);
    String junit = report(Format.JUNIT, List.of(run));
    assertTrue(junit.contains("<skipped message=\"accepted: no disk in this lab\">"), junit);
    assertFalse(report(Format.GITHUB, List.of(run)).contains("device-timeout::"));
    assertFalse(report(Format.GITLAB, List.of(run)).contains("systemd.device-timeout"));
  }

  @Test
  void aPathIsAReferenceAfterRfc3986() {
    assertEquals("logs/a%20b%23c%25.log", Places.uri("logs/a b#c%.log"));
    assertEquals("file:///tmp/%C3%A9.log", Places.uri("/tmp/é.log"));
    assertEquals("a.tar!/boot/serial.log", Places.uri("a.tar!/boot/serial.log"));
    assertEquals("a%3Ab", Places.uri("a:b"));
  }

  // ---- JUnit ------------------------------------------------------------------------------------

  @Test
  void mavenReadsTheJunitReport() throws Exception {
    List<Run> runs = List.of(emergency(), Runs.empty(), Runs.hostile(), Runs.noBoot());
    Path file = Files.createTempFile("junit", ".xml");
    try {
      for (Run run : runs) {
        Files.writeString(file, report(Format.JUNIT, List.of(run)));
        List<ReportTestSuite> suites =
            new TestSuiteXmlParser(new NullConsoleLogger()).parse(file.toString());
        long weighty =
            RuleSet.builtIn().rules().stream()
                .filter(r -> r.severity().compareTo(Severity.ERROR) >= 0)
                .count();
        // It makes a suite of each class name.
        List<ReportTestCase> cases =
            suites.stream().flatMap(suite -> suite.getTestCases().stream()).toList();
        assertTrue(cases.size() > weighty, cases.size() + " cases");
        assertEquals(
            cases.stream().filter(c -> c.hasFailure() || c.hasError()).count(),
            suites.stream().mapToInt(s -> s.getNumberOfFailures() + s.getNumberOfErrors()).sum());
        assertEquals(
            run.verdict() == Verdict.PASSED,
            cases.stream().noneMatch(c -> c.hasFailure() || c.hasError()));
      }
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void eachExpectationIsACase() throws Exception {
    String junit = report(Format.JUNIT, List.of(emergency()));
    for (String expected :
        List.of(
            "classname=\"boot\" name=\"the boot reaches its end\" time=\"0\"><failure",
            "classname=\"budget\" name=\"login within 40.0 s\" time=\"0\"><failure"
                + " message=\"login was not reached\"",
            "classname=\"budget\" name=\"kernel within 60 min 0.0 s\" time=\"0\"></testcase>",
            "classname=\"rules.kernel\" name=\"panic\" time=\"0\"></testcase>",
            "classname=\"rules.systemd\" name=\"device-timeout\" time=\"0\"><failure")) {
      assertTrue(junit.contains(expected), expected);
    }
  }

  @Test
  void aLogThatStopsTooEarlyIsAnErrorAndNoFailure() throws Exception {
    String junit = report(Format.JUNIT, List.of(Runs.noBoot()));
    assertTrue(junit.contains("<error message=\"no boot was found in the log\""), junit);
  }

  // ---- GitHub, GitLab ---------------------------------------------------------------------------

  /** Read as the runner's ActionCommand does. */
  @Test
  void theTenThatMatterAreAnnotations() throws Exception {
    List<String> lines = report(Format.GITHUB, List.of(Runs.many())).lines().toList();
    assertEquals(10, lines.size());
    for (String line :
        report(Format.GITHUB, List.of(Runs.hostile(), emergency())).lines().toList()) {
      int end = line.indexOf("::", 2);
      String command = line.substring(2, end);
      String[] properties = command.substring(command.indexOf(' ') + 1).split(",", -1);
      assertEquals(3, properties.length, line);
      assertTrue(properties[0].startsWith("file="), line);
      assertTrue(properties[1].matches("line=[0-9]+"), line);
      assertTrue(properties[2].startsWith("title="), line);
    }
    String first = report(Format.GITHUB, List.of(emergency())).lines().findFirst().orElseThrow();
    assertTrue(first.startsWith("::error file=" + EMERGENCY + ",line="), first);
    assertTrue(first.contains("title=systemd.device-timeout::"), first);
  }

  @Test
  void gitlabFindsWhatItAsksForInEachIssue() throws Exception {
    JsonNode issues = MAPPER.readTree(report(Format.GITLAB, List.of(emergency(), Runs.many())));
    Set<String> fingerprints = new HashSet<>();
    assertTrue(issues.isArray() && issues.size() > 40);
    for (JsonNode issue : issues) {
      assertFalse(issue.at("/description").asString().isEmpty());
      assertFalse(issue.at("/check_name").asString().isEmpty());
      assertTrue(fingerprints.add(issue.at("/fingerprint").asString()));
      assertTrue(
          Set.of("info", "minor", "major", "critical", "blocker")
              .contains(issue.at("/severity").asString()));
      assertFalse(issue.at("/location/path").asString().isEmpty());
      assertTrue(issue.at("/location/lines/begin").asInt() > 0);
    }
  }
}
