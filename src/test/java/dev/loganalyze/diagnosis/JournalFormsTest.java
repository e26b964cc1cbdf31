package dev.loganalyze.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.loganalyze.input.Inputs;
import dev.loganalyze.rules.RuleSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One journal says the same in whatever form it was saved. */
class JournalFormsTest {
  private static final Path LOGS = Path.of("../shared/logs");

  private static Run run(String boot, String file) throws Exception {
    Path path = LOGS.resolve(boot + ".guest").resolve(file + ".gz");
    return new Analyzer(RuleSet.builtIn())
        .analyze(Inputs.open(new Inputs.Located(file, path, true)).logs().get(0));
  }

  private static List<String> findings(Run run) {
    return run.findings().stream()
        .map(Run.Diagnosed::finding)
        .map(f -> f.severity() + " " + f.rule().id() + " " + f.subject() + " " + f.phase())
        .sorted()
        .toList();
  }

  private static List<String> units(Run run) {
    return run.boots().get(0).units().stream().map(u -> u.name() + " " + u.result()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"07-debian-ok-initrd", "12-unit-start-timeout", "14-fstab-missing-uuid-emergency"})
  void theFormsWithAllFieldsGiveTheSameAnswerToTheMicrosecond(String boot) throws Exception {
    Run binary = run(boot, "system.journal");
    assertEquals("journal", binary.inputs().get(0).format());
    assertFalse(binary.boots().isEmpty());
    for (String form : List.of("export", "json", "verbose")) {
      Run other = run(boot, "journal." + form + ".txt");
      assertEquals("journal-" + form, other.inputs().get(0).format());
      assertEquals(binary.boots(), other.boots(), form);
      assertEquals(binary.findings(), other.findings(), form);
      assertEquals(binary.rootCauses(), other.rootCauses(), form);
      assertEquals(binary.verdict(), other.verdict(), form);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"07-debian-ok-initrd", "12-unit-start-timeout", "14-fstab-missing-uuid-emergency"})
  void theShortFormsLackOnlyTimes(String boot) throws Exception {
    Run binary = run(boot, "system.journal");
    for (String form : List.of("short", "short-iso-precise", "short-monotonic")) {
      Run other = run(boot, "journal." + form + ".txt");
      assertEquals(form, other.inputs().get(0).format());
      assertEquals(findings(binary), findings(other), form);
      assertEquals(units(binary), units(other), form);
      assertEquals(binary.verdict(), other.verdict(), form);
      assertEquals(binary.boots().get(0).reached(), other.boots().get(0).reached(), form);
      assertEquals(binary.boots().get(0).ended(), other.boots().get(0).ended(), form);
    }
  }
}
