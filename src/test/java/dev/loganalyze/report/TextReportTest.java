package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReportTest {
  @ParameterizedTest
  @ValueSource(ints = {40, 41, 57, 80, 132})
  void noLineIsWiderThanTheTerminal(int width) throws IOException {
    String report = report(width, false);
    for (String line : report.split("\n")) {
      assertTrue(Lines.columns(line) <= width, line);
    }
  }

  @Test
  void nothingThatSteersATerminalComesOut() throws IOException {
    report(80, false)
        .codePoints()
        .filter(c -> c != '\n')
        .forEach(
            c -> {
              int type = Character.getType(c);
              assertFalse(
                  type == Character.CONTROL
                      || type == Character.FORMAT
                      || type == Character.SURROGATE,
                  () -> "U+" + Integer.toHexString(c));
            });
  }

  @Test
  void noLineIsACommandToACiJob() throws IOException {
    for (int width = 40; width < 132; width++) {
      for (String line : report(width, false).split("\n")) {
        assertFalse(line.stripLeading().startsWith("::"), line);
      }
    }
  }

  @Test
  void coloursAddNothingButColours() throws IOException {
    String coloured = report(80, true);
    assertTrue(coloured.contains("\u001b[1;31m"));
    assertEquals(report(80, false), coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void anAsciiScreenGetsNothingElse() throws IOException {
    Run timed = sample("14-fstab-missing-uuid-emergency");
    Screen ascii = new Screen(80, false, true, Hyperlinks.NONE);
    String report = report(ascii, List.of(timed)) + report(ascii);
    assertEquals("", report.replaceAll("[ -~\\n]", ""));
    assertTrue(report.lines().anyMatch(l -> l.matches("  k+u+")), report);
    assertTrue(report.contains("did not appear"), report);
    for (String line : report.split("\n")) {
      assertTrue(line.length() <= 80, line);
    }
  }

  @Test
  void thePictureIsAsWideAsTheTextAndNamesWhatItShows() throws IOException {
    List<String> lines =
        report(Screen.PLAIN, List.of(sample("07-debian-ok-initrd"))).lines().toList();
    assertTrue(lines.get(4).matches("  \u2588{14,17}\u2591+"), lines.get(4));
    assertEquals(80, lines.get(4).length());
    assertEquals(
        "  \u2588 kernel ?7.490s, \u2591 userspace ?30.868s \u00b110.900s; in all ?38.358s"
            + " \u00b110.700s",
        lines.get(5));
  }

  @Test
  void linesOfLogsAreLinkedByUsAndNeverByTheLog() throws IOException {
    Screen screen = new Screen(80, true, false, new Hyperlinks("here", "/my logs"));
    String linked = report(screen);
    Matcher links = Pattern.compile("\u001b]8;;(.*?)\u001b\\\\").matcher(linked);
    int open = 0;
    while (links.find()) {
      String uri = links.group(1);
      assertTrue(
          uri.isEmpty() || uri.matches("file://here/my%20logs/[-\\w./%~!+,=@]+#[0-9]+"), uri);
      open += uri.isEmpty() ? -1 : 1;
    }
    assertEquals(0, open);
    assertTrue(linked.contains("#608\u001b\\line 608\u001b]8;;\u001b\\  [ TIME ]"), linked);
    assertEquals(report(80, true), linked.replaceAll("\u001b]8;;.*?\u001b\\\\", ""));
    Hyperlinks plain = new Hyperlinks("h", "/cwd");
    assertEquals("x", plain.link("x", "-", 1));
    assertEquals("x", plain.link("x", "a.zip!/b.log", 1));
    assertTrue(plain.link("x", "/abs/a.log", 7).contains("file://h/abs/a.log#7"));
  }

  private static Run sample(String name) throws IOException {
    Path log = Path.of("sample-logs", name + ".log");
    Source source = Inputs.open(new Inputs.Located(log.toString(), log, true)).logs().get(0);
    try {
      return new Analyzer(RuleSet.builtIn()).analyze(source);
    } catch (InputException e) {
      throw new IOException(e);
    }
  }

  @Test
  void theFirstLineHoldsTheVerdictAndHowFarItCame() throws IOException {
    assertEquals(
        "logs/good.log: passed, reached shell in 38.2 s; ended by poweroff",
        ReportTest.text(Format.TEXT, List.of(Runs.empty())).lines().findFirst().orElseThrow());
  }

  @Test
  void aWordWiderThanTheLineIsBrokenAndCutAtTheLastLine() {
    assertEquals(
        List.of("> aa bbbbbb", "  bbbbbbbbb", "  bbbbbb..."),
        Lines.wrap("aa " + "b".repeat(30), "> ", 2, 11, 3));
    assertEquals(List.of("> aa bb", "  cc"), Lines.wrap("aa  bb cc", "> ", 2, 8, 3));
    assertEquals(List.of("漢字", "漢字"), Lines.wrap("漢字漢字", "", 0, 5, 3));
    assertEquals(List.of(""), Lines.wrap("  ", "", 0, 5, 3));
    assertEquals(List.of("[  1.0] a:", "   b c"), Lines.fold("[  1.0] a:  b c", 3, 12, 2));
    assertEquals(List.of("aaaaa", " aaaa", " a..."), Lines.fold("a".repeat(20), 1, 5, 3));
  }

  @Test
  void secondsAreWrittenWithoutArtefacts() {
    assertEquals("0", Seconds.exact(0));
    assertEquals("40", Seconds.exact(40_000_000));
    assertEquals("0.000001", Seconds.exact(1));
    assertEquals("96.412", Seconds.exact(96_412_000));
    assertEquals("9007199254740.993", Seconds.exact(9_007_199_254_740_993_000L));
    assertEquals("412 ms", Seconds.rounded(411_500));
    assertEquals("1.0 s", Seconds.rounded(999_500));
    assertEquals("1 min 0.0 s", Seconds.rounded(59_960_000));
    assertEquals("1 min 26.7 s", Seconds.rounded(86_700_000));
  }

  @Test
  void controlCharactersAreWrittenOut() {
    assertEquals("a\\x1b[0m b\\x0a\\x9b", Printable.text("a\u001b[0m\tb\n\u009b"));
    assertEquals("\\u202ex\\ud800\\U000e0001", Printable.text("\u202ex\ud800\udb40\udc01"));
    assertEquals("dev-disk-by\\x2duuid é", Printable.text("dev-disk-by\\x2duuid é"));
  }

  /** A report of each run alone, and one of all. */
  private static String report(int width, boolean colour) throws IOException {
    return report(new Screen(width, colour, false, Hyperlinks.NONE));
  }

  private static String report(Screen screen) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Run run : ReportTest.all()) {
      all.append(report(screen, List.of(run)));
    }
    return all.append(report(screen, ReportTest.all())).toString();
  }

  private static String report(Screen screen, List<Run> runs) throws IOException {
    return new String(ReportTest.bytes(new TextReport(screen), runs), StandardCharsets.UTF_8);
  }
}
