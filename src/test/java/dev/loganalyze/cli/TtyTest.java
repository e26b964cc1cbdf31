package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.report.Hyperlinks;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is shown where: colours, blocks, links, progress. */
class TtyTest {
  private static Tty tty(boolean terminal, String... env) {
    Map<String, String> all = new HashMap<>(Map.of("TERM", "xterm-256color"));
    for (int i = 0; i < env.length; i += 2) {
      all.put(env[i], env[i + 1]);
    }
    return new Tty(terminal, terminal, StandardCharsets.UTF_8, all);
  }

  @Test
  void coloursAreForTerminalsUnlessTheUserSaysOtherwise() {
    assertTrue(tty(true).colour());
    assertFalse(tty(false).colour());
    assertFalse(tty(true, "TERM", "dumb").colour());
    assertFalse(tty(true, "TERM", "").colour());
    assertFalse(tty(true, "NO_COLOR", "1").colour());
    assertTrue(tty(true, "NO_COLOR", "").colour());
    assertFalse(tty(true, "CLICOLOR", "0").colour());
    assertTrue(tty(false, "CLICOLOR_FORCE", "1").colour());
    assertTrue(tty(false, "FORCE_COLOR", "1").colour());
    assertFalse(tty(false, "CLICOLOR_FORCE", "0").colour());
    assertFalse(tty(true, "CLICOLOR_FORCE", "1", "NO_COLOR", "1").colour());
    assertTrue(tty(false, "NO_COLOR", "1").screen("always").colour());
    assertFalse(tty(true).screen("never").colour());
    assertThrows(IllegalArgumentException.class, () -> tty(true).screen("blue"));
  }

  @Test
  void blocksAreForAllButTerminalsThatCannotShowThem() {
    assertFalse(tty(true).screen("auto").ascii());
    for (boolean terminal : new boolean[] {true, false}) {
      Tty latin = new Tty(terminal, false, StandardCharsets.ISO_8859_1, Map.of());
      assertEquals(terminal, latin.screen("auto").ascii());
    }
  }

  @Test
  void linksAreForTerminalsThatAreKnownForThemAndOnlyWithColours() {
    for (String[] known :
        new String[][] {
          {"TERM_PROGRAM", "WezTerm"}, {"VTE_VERSION", "7006"}, {"TERM", "xterm-kitty"}
        }) {
      assertFalse(tty(true, known).screen("auto").links().equals(Hyperlinks.NONE));
      assertEquals(Hyperlinks.NONE, tty(true, known).screen("never").links());
      assertEquals(Hyperlinks.NONE, tty(false, known).screen("always").links());
      assertEquals(
          Hyperlinks.NONE, tty(true, known[0], known[1], "TMUX", "/tmp/x").screen("auto").links());
    }
    assertEquals(Hyperlinks.NONE, tty(true).screen("auto").links());
    assertEquals(Hyperlinks.NONE, tty(true, "VTE_VERSION", "4600").screen("auto").links());
  }

  @Test
  void theWidthIsTheShellsWithinReason() {
    assertEquals(80, tty(true).width());
    assertEquals(132, tty(true, "COLUMNS", "132").width());
    assertEquals(40, tty(true, "COLUMNS", "3").width());
    assertEquals(200, tty(true, "COLUMNS", "9999").width());
    assertEquals(80, tty(true, "COLUMNS", "wide").width());
  }

  private static String progress(Tty tty, long millis) throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    try (Progress progress = new Progress(stream, tty)) {
      progress.at("1 of 2: \u001b[2Ja.log");
      Thread.sleep(millis);
      progress.say("b.log: no such file");
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void longWorkTellsATerminalWhereItIsAndTakesItBack() throws Exception {
    String said = progress(tty(true), 1500);
    assertTrue(said.startsWith("\r\u001b[K1 s, 1 of 2: \\x1b[2Ja.log"), said);
    assertTrue(said.endsWith("\r\u001b[Kloganalyze: b.log: no such file\n"), said);
  }

  @Test
  void shortWorkAndOtherPlacesAreToldNothing() throws Exception {
    String sentence = "loganalyze: b.log: no such file\n";
    assertEquals(sentence, progress(tty(true), 0));
    assertEquals(sentence, progress(tty(false), 1200));
    assertEquals(sentence, progress(tty(true, "CI", "true"), 0));
    assertFalse(tty(true, "CI", "true").drawsProgress());
    assertFalse(tty(true, "TERM", "dumb").drawsProgress());
  }
}
