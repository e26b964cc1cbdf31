package dev.loganalyze.terminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.Noise;
import org.junit.jupiter.api.Test;

/** What holds of any bytes. */
class TerminalPropertyTest {

  /** All of it, of {@code raw}. */
  static void holds(byte[] raw) {
    byte[] copy = raw.clone();
    rawSpansTile(raw);
    rawLinesAreThoseThatLfEnds(raw);
    noControlCharacterButTheTabIsLeft(raw);
    twiceTheSame(raw);
    assertArrayEquals(copy, raw, "reading writes into the input");
  }

  @Test
  void rawSpansTileTheInput() {
    Noise.forEach(TerminalPropertyTest::rawSpansTile);
  }

  private static void rawSpansTile(byte[] raw) {
    ConsoleText text = Terminal.read(raw);
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
            int before = text.rawStart(i);
            for (int column = 0; column < text.to(i) - text.from(i); column++) {
              int at = text.rawOffset(i, column);
              assertTrue(at >= before && at < text.rawEnd(i), "line " + i + " column " + column);
              before = at;
            }
          }
        });
  }

  @Test
  void rawLinesAreThoseThatLfEnds() {
    Noise.forEach(TerminalPropertyTest::rawLinesAreThoseThatLfEnds);
  }

  private static void rawLinesAreThoseThatLfEnds(byte[] raw) {
    ConsoleText text = Terminal.read(raw);
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
    Noise.forEach(TerminalPropertyTest::noControlCharacterButTheTabIsLeft);
  }

  private static void noControlCharacterButTheTabIsLeft(byte[] raw) {
    ConsoleText text = Terminal.read(raw);
    for (int i = 0; i < text.size(); i++) {
      for (int p = text.from(i); p < text.to(i); p++) {
        byte b = text.buffer()[p];
        assertTrue(b < 0 || b == '\t' || (b >= 0x20 && b != 0x7f), "byte " + b);
      }
    }
  }

  @Test
  void theSameBytesGiveTheSameLines() {
    Noise.forEach(TerminalPropertyTest::twiceTheSame);
  }

  private static void twiceTheSame(byte[] raw) {
    ConsoleText one = Terminal.read(raw);
    ConsoleText two = Terminal.read(raw.clone());
    assertEquals(one.size(), two.size());
    for (int i = 0; i < one.size(); i++) {
      assertEquals(one.text(i), two.text(i));
      assertEquals(one.marks(i), two.marks(i));
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
