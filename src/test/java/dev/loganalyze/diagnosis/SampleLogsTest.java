package dev.loganalyze.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.RuleSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each real log in sample-logs against the expectation beside it. {@code -Dgolden=update} writes
 * the expectations anew, so that a change of behaviour is a diff.
 */
class SampleLogsTest {

  @TestFactory
  Stream<DynamicTest> everySampleSaysWhatIsExpected() throws Exception {
    Analyzer analyzer = new Analyzer(RuleSet.builtIn());
    List<Inputs.Located> logs = Inputs.list(List.of("sample-logs")).inputs();
    assertTrue(logs.size() >= 14, "too few samples: " + logs.size());
    return logs.stream()
        .map(
            log ->
                DynamicTest.dynamicTest(
                    log.name(),
                    () -> compare(analyzer.analyze(Inputs.open(log).logs().get(0)), log.path())));
  }

  private static void compare(Run run, Path log) throws Exception {
    Path expected = log.resolveSibling(log.getFileName() + ".expected.yaml");
    String actual = describe(run);
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(expected, actual);
    }
    assertEquals(Files.readString(expected), actual);
  }

  private static String describe(Run run) {
    StringBuilder yaml = new StringBuilder();
    yaml.append("verdict: ").append(run.verdict().word()).append("\nboots:\n");
    for (Boot boot : run.boots()) {
      yaml.append("  - lines: ").append(boot.firstLine()).append('-').append(boot.lastLine());
      yaml.append("\n    reached: ").append(boot.reached().word());
      yaml.append("\n    ended: ").append(boot.ended().word());
      yaml.append("\n    phases: ")
          .append(boot.phases().stream().map(p -> p.kind().word() + " " + p.firstLine()).toList())
          .append('\n');
    }
    yaml.append("findings:\n");
    for (Run.Diagnosed diagnosed : run.findings()) {
      Finding finding = diagnosed.finding();
      yaml.append("  - ").append(diagnosed.id()).append(": ");
      yaml.append(finding.severity().word()).append(' ').append(finding.rule().id());
      yaml.append(" line ").append(finding.firstLine());
      yaml.append(finding.subject().isEmpty() ? "" : " '" + finding.subject() + "'");
      yaml.append(diagnosed.causedBy().isEmpty() ? "" : " by " + diagnosed.causedBy()).append('\n');
    }
    yaml.append("rootCauses: ").append(run.rootCauses().stream().map(Run.RootCause::id).toList());
    return yaml.append('\n').toString();
  }
}
