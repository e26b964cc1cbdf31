package dev.loganalyze.pattern;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/** Which expressions of a set occur in each of many texts. Immutable. */
public final class Hits {
  /** So many texts are looked at together. */
  private static final int BLOCK = 1 << 12;

  private final PatternSet patterns;

  /** By text, where its numbers end in {@link #numbers}; they begin where those before it end. */
  private final int[] ends;

  private final int[] numbers;

  // Of the numbers, those in [low, high), less low.

  private final int low;
  private final int high;

  private Hits(PatternSet patterns, int[] ends, int[] numbers, int low, int high) {
    this.patterns = patterns;
    this.ends = ends;
    this.numbers = numbers;
    this.low = low;
    this.high = high;
  }

  /**
   * Which of {@code patterns} occur in each of {@code count} texts.
   *
   * @param from where each begins in {@code buffer}
   * @param to where each ends, exclusive; there is no LF in it
   */
  static Hits of(
      PatternSet patterns, byte[] buffer, int count, IntUnaryOperator from, IntUnaryOperator to) {
    int[] ends = new int[count];
    int[] numbers = new int[count];
    int size = 0;
    int block = Math.min(BLOCK, count);
    int[] begin = new int[block];
    int[] end = new int[block];
    boolean[] suspects = new boolean[block];
    BitSet hits = new BitSet();
    try (PatternSet.Scanner scanner = patterns.scanner()) {
      for (int first = 0; first < count; first += block) {
        int some = Math.min(block, count - first);
        for (int i = 0; i < some; i++) {
          begin[i] = from.applyAsInt(first + i);
          end[i] = to.applyAsInt(first + i);
        }
        scanner.suspect(buffer, begin, end, some, suspects);
        for (int i = 0; i < some; i++) {
          if (suspects[i]) {
            hits.clear();
            scanner.scan(buffer, begin[i], end[i], hits);
            for (int n = hits.nextSetBit(0); n >= 0; n = hits.nextSetBit(n + 1)) {
              if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size + size / 2 + 1);
              }
              numbers[size++] = n;
            }
          }
          ends[first + i] = size;
        }
      }
    }
    return new Hits(patterns, ends, Arrays.copyOf(numbers, size), 0, Integer.MAX_VALUE);
  }

  /** Those of the expressions {@code [first, end)} alone, which are numbered from 0. */
  public Hits of(int first, int end) {
    return new Hits(patterns, ends, numbers, low + first, low + end);
  }

  /** Which of them occur in {@code buffer[from, to)}, the only text of the answer. */
  public Hits in(byte[] buffer, int from, int to) {
    Hits all = patterns.in(buffer, 1, i -> from, i -> to);
    return new Hits(patterns, all.ends, all.numbers, low, high);
  }

  /** Whether one of them occurs in text {@code i}. */
  public boolean any(int i) {
    return next(i, 0) >= 0;
  }

  /** The lowest number, {@code least} or above, of those that occur in text {@code i}; or -1. */
  public int next(int i, int least) {
    for (int at = i == 0 ? 0 : ends[i - 1]; at < ends[i]; at++) {
      if (numbers[at] >= low + least) {
        return numbers[at] < high ? numbers[at] - low : -1;
      }
    }
    return -1;
  }
}
