package dev.loganalyze.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarginTest {
  private static final String LOG =
      """
      [    0.000000] Linux version 6.1

               Starting a.service - A...
      [  OK  ] Started a.service - A.
      [FAILED] Failed to start b.service - B.
      debvm login:
      """;

  @ParameterizedTest
  @ValueSource(strings = {"    ", " ", "> ", "> > ", ">> ", "vm-1  | ", "boot_test.1 | "})
  void isCutOffWhereAllLinesHaveIt(String margin) {
    String quoted = LOG.replaceAll("(?m)^", margin).stripTrailing() + "\n";
    assertEquals(LOG, new String(Margin.cut(quoted.getBytes(UTF_8)), UTF_8));
  }

  /** Editors take the blanks off the ends of lines. */
  @Test
  void emptyLinesMayEndBeforeIt() {
    String quoted = LOG.replaceAll("(?m)^", "> ").replace("> \n", ">\n").stripTrailing() + "\n";
    assertEquals(LOG, new String(Margin.cut(quoted.getBytes(UTF_8)), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LOG,
        // Too few lines.
        "  a\n  b\n",
        // One line has none.
        "> a\n> b\n> c\n> d\n> e\nf\n",
        "a | b\nb | c\nc | d\nd | e\ne | f\n",
        "\n\n",
        ""
      })
  void otherLogsAreLeftAsTheyAre(String log) {
    byte[] bytes = log.getBytes(UTF_8);
    assertSame(bytes, Margin.cut(bytes));
  }
}
