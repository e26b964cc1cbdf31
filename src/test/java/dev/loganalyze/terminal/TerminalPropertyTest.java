package dev.loganalyze.terminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.Noise;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What holds of any bytes. */
class TerminalPropertyTest {

  /** All of it, of {@code raw}. */
  static void holds(byte[] raw) {
    byte[] copy = raw.clone();
    ConsoleText text = Terminal.read(raw);
    rawSpansTile(raw, text);
    rawLinesAreThoseThatLfEnds(raw, text);
    noControlCharacterButTheTabIsLeft(text);
    same(text, Terminal.read(copy));
    assertArrayEquals(copy, raw, "reading writes into the input");
  }

  @Test
  void rawSpansTileTheInput() {
    Noise.forEach(raw -> rawSpansTile(raw, Terminal.read(raw)));
  }

  private static void rawSpansTile(byte[] raw, ConsoleText text) {
    int at = 0;
    for (int i = 0; i < text.size(); i++) {
      assertEquals(at, text.rawStart(i));
      assertTrue(text.rawEnd(i) >= text.rawStart(i));
      at = text.rawEnd(i);
    }
    assertEquals(raw.length, at);
  }

  @Test
  void aColumnLeadsBackIntoTheSpanOfItsLine() {
    Noise.forEach(
        raw -> {
          ConsoleText text = Terminal.read(raw);
          for (int i = 0; i < text.size(); i++) {
            for (int column = 0; column < text.to(i) - text.from(i); column++) {
              int at = text.rawOffset(i, column);
              String what = "line " + i + " column " + column;
              assertTrue(at >= text.rawStart(i) && at <= text.rawEnd(i), what);
            }
          }
        });
  }

  @Test
  void rawLinesAreThoseThatLfEnds() {
    Noise.forEach(raw -> rawLinesAreThoseThatLfEnds(raw, Terminal.read(raw)));
  }

  private static void rawLinesAreThoseThatLfEnds(byte[] raw, ConsoleText text) {
    int lines = raw.length > 0 && raw[raw.length - 1] != '\n' ? 1 : 0;
    for (byte b : raw) {
      lines += b == '\n' ? 1 : 0;
    }
    assertEquals(lines, text.rawLines());
    for (int i = 1; i < text.size(); i++) {
      int step = text.rawLine(i) - text.rawLine(i - 1);
      assertTrue(step == 0 || step == 1);
    }
  }

  @Test
  void noControlCharacterButTheTabIsLeft() {
    Noise.forEach(raw -> noControlCharacterButTheTabIsLeft(Terminal.read(raw)));
  }

  private static void noControlCharacterButTheTabIsLeft(ConsoleText text) {
    for (int i = 0; i < text.size(); i++) {
      for (int p = text.from(i); p < text.to(i); p++) {
        byte b = text.buffer()[p];
        assertTrue(b < 0 || b == '\t' || (b >= 0x20 && b != 0x7f), () -> "byte " + b);
      }
    }
  }

  @Test
  void theSameBytesGiveTheSameLines() {
    Noise.forEach(raw -> same(Terminal.read(raw), Terminal.read(raw.clone())));
  }

  private static void same(ConsoleText one, ConsoleText two) {
    assertEquals(one.size(), two.size());
    for (int i = 0; i < one.size(); i++) {
      assertEquals(one.marks(i), two.marks(i));
      assertTrue(
          Arrays.equals(
              one.buffer(), one.from(i), one.to(i), two.buffer(), two.from(i), two.to(i)));
    }
  }

  @Test
  void readingDoesNotWriteIntoTheInput() {
    Noise.forEach(
        raw -> {
          byte[] copy = raw.clone();
          Terminal.read(raw);
          assertArrayEquals(copy, raw);
        });
  }
}
