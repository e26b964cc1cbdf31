package dev.loganalyze.excerpt;

import dev.loganalyze.bytes.Words;
import java.util.Arrays;

/**
 * Some whole lines of a log, and which of them something is to be said of. Used again and again, so
 * that a long log makes no garbage.
 */
final class Chunk {
  /** So many bytes are read at a time; no line is looked at beyond. */
  static final int SIZE = 1 << 20;

  final byte[] bytes = new byte[SIZE];

  /** How many of them are lines; the last one may lack its LF where the log ends. */
  int length;

  /** The journal entries that the lines are of; null when they are of none. */
  final PackedEntries entries;

  /** How many lines these are; told by {@link Scan}. */
  int lines;

  /** By line, from 0, whether the kernel speaks in it; told by {@link Scan}. */
  private boolean[] ofKernel = new boolean[1 << 13];

  // The spans of lines that Scan tells of, in their order.

  int spans;

  /** Where each begins, a line's begin. */
  int[] from = new int[256];

  /** Where each ends, behind a line's LF. */
  int[] to = new int[256];

  /** The first line of each, from 0. */
  int[] first = new int[256];

  /** Its last one. */
  int[] last = new int[256];

  /** What it is. */
  Telling[] telling = new Telling[256];

  /** The same for spans that say the same but for numbers. */
  long[] alike = new long[256];

  /** The 1-based line of the log that its first one is; told by {@link Keeper}. */
  int number;

  /** Whether it was counted, and not kept; told by {@link Keeper}. */
  boolean[] counted = new boolean[256];

  /**
   * Room for lines.
   *
   * @param isOfEntries whether they are those of journal entries
   */
  Chunk(boolean isOfEntries) {
    entries = isOfEntries ? new PackedEntries() : null;
  }

  void clear() {
    if (entries != null) {
      entries.clear();
    }
    length = 0;
    lines = 0;
    spans = 0;
  }

  void add(int begin, int end, int firstLine, int lastLine, Telling what, long key) {
    if (spans == from.length) {
      int n = 2 * spans;
      from = Arrays.copyOf(from, n);
      to = Arrays.copyOf(to, n);
      first = Arrays.copyOf(first, n);
      last = Arrays.copyOf(last, n);
      telling = Arrays.copyOf(telling, n);
      alike = Arrays.copyOf(alike, n);
      counted = Arrays.copyOf(counted, n);
    }
    from[spans] = begin;
    to[spans] = end;
    first[spans] = firstLine;
    last[spans] = lastLine;
    telling[spans] = what;
    counted[spans] = false;
    alike[spans++] = key;
  }

  void setOfKernel(int line, boolean speaks) {
    if (line >= ofKernel.length) {
      ofKernel = Arrays.copyOf(ofKernel, 2 * line);
    }
    ofKernel[line] = speaks;
  }

  boolean isOfKernel(int line) {
    return ofKernel[line];
  }

  /** Where the line begins that is {@code count} lines before the one that begins at {@code at}. */
  int back(int at, int count) {
    int begin = at;
    for (int i = 0; i < count && begin > 0; i++) {
      begin--;
      while (begin > 0 && bytes[begin - 1] != '\n') {
        begin--;
      }
    }
    return begin;
  }

  /** How many lines {@code [begin, end)} are. */
  int lines(int begin, int end) {
    int count = 0;
    for (int i = begin; i < end; i++) {
      count += bytes[i] == '\n' ? 1 : 0;
    }
    return end > begin && bytes[end - 1] != '\n' ? count + 1 : count;
  }

  /** Where the line ends, behind its LF, that begins at {@code at}. */
  int end(int at) {
    return Math.min(length, Words.indexOf((byte) '\n', bytes, at, length) + 1);
  }
}
