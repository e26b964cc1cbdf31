package dev.loganalyze.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.Noise;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class HitsTest {
  private static final PatternSet SET =
      new PatternSet(
          List.of(
              Expression.literal("ed"),
              Expression.tested("^\\["),
              Expression.tested("[0-9]+ms"),
              Expression.literal("start"),
              Expression.tested("s$")));

  private static BitSet of(Hits hits, int text) {
    BitSet numbers = new BitSet();
    for (int n = hits.next(text, 0); n >= 0; n = hits.next(text, n + 1)) {
      numbers.set(n);
    }
    assertEquals(!numbers.isEmpty(), hits.any(text));
    return numbers;
  }

  /** Of real and damaged lines, so many that there are several blocks. */
  @Test
  void ofEachTextAreToldThoseThatAScannerTells() {
    byte[][] lines = Noise.lines();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int[] ends = new int[lines.length];
    for (int i = 0; i < lines.length; i++) {
      all.writeBytes(lines[i]);
      ends[i] = all.size();
    }
    byte[] buffer = all.toByteArray();
    Hits hits = SET.in(buffer, lines.length, i -> i == 0 ? 0 : ends[i - 1], i -> ends[i]);
    Hits some = hits.of(1, 4);
    int found = 0;
    try (PatternSet.Scanner scanner = SET.scanner()) {
      for (int i = 0; i < lines.length; i++) {
        BitSet expected = new BitSet();
        scanner.scan(lines[i], 0, lines[i].length, expected);
        assertEquals(expected, of(hits, i));
        assertEquals(expected.get(1, 4), of(some, i));
        found += expected.cardinality();
      }
    }
    assertTrue(found > 100, found + " hits");
  }

  @Test
  void anotherTextIsNumberedAsThePartIs() {
    byte[] text = "[ started 5ms".getBytes(StandardCharsets.US_ASCII);
    Hits some = SET.in(text, 0, i -> 0, i -> 0).of(1, 4);
    assertEquals(BitSet.valueOf(new long[] {0b111}), of(some.in(text, 0, text.length), 0));
    assertFalse(some.in(text, 1, 5).any(0));
  }
}
