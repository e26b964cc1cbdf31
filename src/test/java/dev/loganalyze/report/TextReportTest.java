package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

  private static String report(int width, boolean colour) throws IOException {
    return new String(
        ReportTest.bytes(new TextReport(width, colour), ReportTest.all()), StandardCharsets.UTF_8);
  }
}
