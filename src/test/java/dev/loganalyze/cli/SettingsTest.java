package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What .loganalyze.yaml and baselines change. */
class SettingsTest {
  private static final String BROKEN = "sample-logs/10-unit-exit-1.log";
  private static final String GOOD = "sample-logs/07-debian-ok-initrd.log";
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

  @TempDir Path folder;

  private record Result(int status, String out, String err) {}

  private static Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(arguments, out, new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private Settings settings(String text) throws IOException {
    return Settings.read(Path.of(write(Settings.FILE, text)), List.of(), List.of(), TODAY);
  }

  @Test
  void theNearestFileUpwardsIsFound() throws IOException {
    Path file = Path.of(write(Settings.FILE, "off: []\n"));
    Path below = Files.createDirectories(folder.resolve("a/b"));
    assertEquals(file, Settings.find(below));
  }

  @Test
  void rulesAreSwitchedOffByIdAndByFamily() throws IOException {
    int all = settings("off: []\n").rules().rules().size();
    Settings some = settings("off: [kernel.*, systemd.unit-failed]\n");
    assertTrue(some.rules().rules().size() < all);
    assertFalse(some.rules().knows("kernel.panic"));
    assertFalse(some.rules().knows("systemd.unit-failed"));
    assertTrue(some.rules().knows("systemd.device-timeout"));
    assertEquals(0, settings("off: ['*']\n").rules().rules().size());
  }

  @Test
  void aSeverityOfTheFileHoldsAndCountsForTheExitStatus() throws IOException {
    String file = write("s.yaml", "severity: {systemd.unit-failed: warning}\n");
    assertEquals(1, run(BROKEN).status());
    assertEquals(0, run("--config", file, BROKEN).status());
    String strict = write("t.yaml", "fail-on: info\n");
    assertEquals(1, run("--config", strict, GOOD).status());
    assertEquals(0, run("--config", strict, "--fail-on", "error", GOOD).status());
  }

  @Test
  void linesAreTheSameInAnyLocale() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      String said = settings("fail-on: info\n").origins().toString();
      assertTrue(said.contains(".yaml:1)"), said);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whatIsAcceptedIsShownAndDoesNotCount() throws IOException {
    String file =
        write(
            "s.yaml",
            "accepted:\n  - rule: systemd.unit-failed\n    subject: brokenunit.service\n"
                + "    reason: it is meant to fail\n");
    Result result = run("--config", file, BROKEN);
    assertEquals(0, result.status());
    assertTrue(result.out().replaceAll("\\s+", " ").contains("it is meant to fail"), result.out());
    assertTrue(result.out().startsWith(BROKEN + ": passed"), result.out());
    assertTrue(
        run("--config", file, "--format", "json", BROKEN)
            .out()
            .contains("\"suppressed\" : \"it is meant to fail\""));
  }

  @Test
  void anotherSubjectIsNotAccepted() throws IOException {
    String file =
        write(
            "s.yaml",
            "accepted:\n  - {rule: systemd.unit-failed, subject: x.service, reason: y}\n");
    assertEquals(1, run("--config", file, BROKEN).status());
  }

  @Test
  void whatWasAcceptedForATimeComesBack() throws IOException {
    String text = "accepted:\n  - {rule: systemd.unit-failed, reason: y, until: '%s'}\n";
    assertEquals(1, settings(text.formatted("2026-11-24")).accepted().size());
    Settings over = settings(text.formatted("2026-11-23"));
    assertEquals(List.of(), over.accepted());
    assertTrue(over.expired().get(0).contains("was accepted until 2026-11-23"));
  }

  @Test
  void aBaselineAcceptsWhatWasThereWhenItWasWritten() throws IOException {
    Result written = run("baseline", "write", "--reason", "it's known", BROKEN);
    assertEquals(0, written.status());
    String baseline = write("b.yaml", written.out());
    assertEquals(0, run("--baseline", baseline, BROKEN).status());
    assertEquals(1, run("--baseline", baseline, "sample-logs/02-panic-wrong-root.log").status());
    String none = write("n.yaml", run("baseline", "write", GOOD).out());
    assertEquals(0, run("--baseline", none, GOOD).status());
  }

  @Test
  void theFilesOfASettingsFileLieBesideIt() throws IOException {
    write("b.yaml", run("baseline", "write", BROKEN).out());
    String file = write("s.yaml", "baseline: b.yaml\n");
    assertEquals(0, run("--config", file, BROKEN).status());
  }

  @Test
  void configShowSaysWhatHoldsAndWhereItIsSaid() throws IOException {
    String file = write("s.yaml", "fail-on: warning\noff: [kernel.panic]\n");
    Result shown = run("config", "show", "--config", file);
    assertEquals(0, shown.status());
    assertTrue(shown.out().contains("fail-on    warning (" + file + ":1)"), shown.out());
    assertTrue(shown.out().contains("off        kernel.panic (" + file + ":2)"), shown.out());
  }

  @Test
  void settingsOfCommentsAloneAreNone() throws IOException {
    for (String empty : List.of("", "# fail-on: warning\n", "---\n")) {
      String file = write("s.yaml", empty);
      assertEquals(0, run("--config", file, GOOD).status(), empty);
    }
    assertEquals(2, run("--config", write("s.yaml", "fail-on"), GOOD).status());
  }

  @Test
  void everyFaultIsASentenceWithFileAndLine() throws IOException {
    CommandException e =
        assertThrows(
            CommandException.class,
            () ->
                settings(
                    "off: [no.such]\nfoo: 1\nseverity:\n  process.exit-status: bad\n"
                        + "budgets: {login: 40}\n"
                        + "accepted:\n  - {rule: a.b, reason: c, until: '2999-01-01'}\n"
                        + "  - rule: kernel.panic\n    until: soon\n"));
    String file = folder.resolve(Settings.FILE).toString();
    for (String fault :
        List.of(
            ":2: there is no key 'foo' here; keys are accepted, baseline, budgets, fail-on, off,",
            ":4: 'bad' is no severity; choose from info, warning, error, critical",
            ":5: a budget is NAME=TIME, as in login=40s",
            ":8: the key 'reason' is missing or empty",
            ":9: 'soon' is no day; write it as 2027-01-31",
            ":7: there is no rule 'a.b'; see loganalyze rules list",
            ":1: there is no rule 'no.such'; see loganalyze rules list")) {
      assertTrue(e.getMessage().contains(file + fault), e.getMessage());
    }
    assertEquals(2, run("--config", folder.resolve("none.yaml").toString(), GOOD).status());
    assertEquals(2, run("--config", "a", "--no-config", GOOD).status());
  }

  @Test
  void withoutRulesTheFailingUnitsLinesStandOutFirst() throws IOException {
    String file = write("s.yaml", "off: ['*']\n");
    Result result = run("--config", file, "--like", GOOD, BROKEN);
    int from = result.out().indexOf("Not said in " + GOOD);
    List<String> lines = result.out().substring(from).lines().toList();
    assertTrue(lines.get(1).contains("Failed to start brokenunit.service"), result.out());
    assertTrue(lines.get(2).contains("See 'systemctl status brokenunit.service'"), result.out());
    assertEquals(2, run("--like", "no-such.log", BROKEN).status());
  }
}
