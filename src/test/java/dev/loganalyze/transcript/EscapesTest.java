package dev.loganalyze.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.terminal.ConsoleText;
import dev.loganalyze.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapesTest {
  private static final Path LOG = Path.of("sample-logs/10-unit-exit-1.log");

  private static final String ELLIPSIS = new String(bytes("\u2026"), StandardCharsets.ISO_8859_1);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> lines(byte[] log) {
    ConsoleText console = Terminal.read(log);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < console.size(); i++) {
      int from = console.from(i);
      lines.add(
          new String(console.buffer(), from, console.to(i) - from, StandardCharsets.ISO_8859_1));
    }
    return lines;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "^[", "#033", "\\x1b", "\\x1B", "\\033", "\\e", "\\u001b", "\\u001B", "\u241b", "\ufffd"
      })
  void aBootIsReadAsIfItHadItsEscapes(String spelt) throws IOException {
    // Of a line that systemd shortened, half a sequence may be left, which is not known again.
    String log = Files.readString(LOG, StandardCharsets.ISO_8859_1);
    assertTrue(log.contains("\u001b["));
    byte[] whole = log.getBytes(StandardCharsets.ISO_8859_1);
    String as = new String(bytes(spelt), StandardCharsets.ISO_8859_1);
    byte[] without = log.replace("\u001b", as).getBytes(StandardCharsets.ISO_8859_1);
    List<String> expected = lines(whole);
    List<String> found = lines(Escapes.restored(without));
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.get(i).contains(ELLIPSIS)) {
        assertEquals(expected.get(i), found.get(i));
      }
    }
  }

  @Test
  void ofCatTheReturnsAreSpeltToo() {
    assertEquals(
        "\u001b[0;32mOK\u001b[0m\r\nnext\r\n^Middle",
        new String(
            Escapes.restored(bytes("^[[0;32mOK^[[0m^M\nnext^M\n^Middle")), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // One that is there says that the others are text.
        "\u001b[0m $ printf '\\033[1m'",
        "[    0.000000] Linux version 6.1 ^[not a sequence",
        "[1234] took [5m] of [10m], [K] and [H]",
        "ends with [",
        "E   Failed: no match for '\\x1b[1mroot\\x1b[0m'",
        "ends with [0;",
        "[0;9999999999999999999m",
        ""
      })
  void otherTextIsLeftAsItIs(String text) {
    byte[] log = bytes(text);
    assertSame(log, Escapes.restored(log));
  }

  @Test
  void aLogMayBeginWithWhatIsLeft() {
    assertEquals(
        "\u001b[0mok\n", new String(Escapes.restored(bytes("[0mok\n")), StandardCharsets.UTF_8));
  }

  @Test
  void aColourOfThePaletteIsOne() {
    assertEquals(
        List.of("[DEPEND] x took [185m]"),
        lines(Escapes.restored(bytes("[[0;1;38;5;185mDEPEND[0m] x took [185m]\n"))));
  }

  @Test
  void whatIsLeftOfAPromptIsNoText() {
    assertEquals(
        List.of("root@debvm:~# ", ""),
        lines(Escapes.restored(bytes("[?2004hroot@debvm:~# [K\n[?2004l\r\n"))).subList(0, 2));
  }
}
