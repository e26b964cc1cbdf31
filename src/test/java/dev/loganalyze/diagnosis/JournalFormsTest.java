package dev.loganalyze.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One journal says the same in whatever form it was saved. */
class JournalFormsTest {
  private static final Path LOGS = Path.of("../shared/logs");

  private static Run run(String boot, String file) throws Exception {
    Path path = LOGS.resolve(boot).resolve(file);
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
    Run binary = run(boot + ".guest", "system.journal.gz");
    assertEquals("journal", binary.inputs().get(0).format());
    assertFalse(binary.boots().isEmpty());
    for (String form : List.of("export", "json", "verbose")) {
      Run other = run(boot + ".guest", "journal." + form + ".txt.gz");
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
    Run binary = run(boot + ".guest", "system.journal.gz");
    for (String form : List.of("short", "short-iso-precise", "short-monotonic")) {
      Run other = run(boot + ".guest", "journal." + form + ".txt.gz");
      assertEquals(form, other.inputs().get(0).format());
      assertEquals(findings(binary), findings(other), form);
      assertEquals(units(binary), units(other), form);
      assertEquals(binary.verdict(), other.verdict(), form);
      assertEquals(binary.boots().get(0).reached(), other.boots().get(0).reached(), form);
      assertEquals(binary.boots().get(0).ended(), other.boots().get(0).ended(), form);
    }
  }

  @Test
  void aBootSaysTheSameInEveryFormOfItsText() throws Exception {
    Run plain = run("boots/deb12/guest", "journal.short.txt.gz");
    for (String form :
        List.of(
            "short-delta",
            "short-full",
            "short-iso",
            "short-iso-precise",
            "short-monotonic",
            "short-precise",
            "short-unix",
            "with-unit",
            "verbose",
            "json",
            "json-pretty",
            "json-seq")) {
      Run other = run("boots/deb12/guest", "journal." + form + ".txt.gz");
      assertEquals(findings(plain), findings(other), form);
      assertEquals(units(plain), units(other), form);
      assertEquals(plain.verdict(), other.verdict(), form);
    }
  }

  @Test
  void ofAJournalCutOffAnywhereThereIsAnAnswerOrASentence() throws Exception {
    byte[] whole;
    Path file = LOGS.resolve("12-unit-start-timeout.guest/system.journal.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      whole = in.readAllBytes();
    }
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      byte[] cut = Arrays.copyOf(whole, 300 + random.nextInt(whole.length / 20));
      Source source = new Source("x", Source.Compression.NONE, cut.length, "0", cut, "");
      try {
        Run run = new Analyzer(RuleSet.builtIn()).analyze(source);
        assertTrue(
            run.findings().stream()
                .anyMatch(f -> f.finding().rule().id().equals("journal.damaged")),
            () -> "cut at " + cut.length);
      } catch (InputException e) {
        assertTrue(e.getMessage().startsWith("x: no entry of this journal can be read: "));
      }
    }
  }
}
