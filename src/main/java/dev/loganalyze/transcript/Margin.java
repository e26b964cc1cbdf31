package dev.loganalyze.transcript;

import dev.loganalyze.bytes.Words;
import java.io.ByteArrayOutputStream;

/**
 * What stands before all lines of a log and is none of it: the blanks of a block of code, the marks
 * of a quoted mail ({@code > }), the name that docker compose gives a container ({@code vm-1 | }).
 */
final class Margin {
  /** So many lines are looked at; each that is not blank has the margin. */
  private static final int SAMPLE = 200;

  /** Fewer lines prove nothing. */
  private static final int LEAST = 5;

  /** A name that is longer is none of a container. */
  private static final int NAME = 64;

  private Margin() {}

  /** {@code log} without its margin; itself when it has none. */
  static byte[] cut(byte[] log) {
    int first = firstOf(log);
    int width = width(log, first);
    if (width == 0) {
      return log;
    }
    ByteArrayOutputStream cut = new ByteArrayOutputStream(log.length);
    for (int from = 0; from < log.length; ) {
      int to = Math.min(log.length, Words.indexOf((byte) '\n', log, from, log.length) + 1);
      int same = same(log, first, from, Math.min(width, to - from));
      // What ends before it, as an empty line of a quotation, ends there.
      boolean has = same == width || Words.isBlank(log, from + same, to);
      int begin = has ? from + same : from;
      cut.write(log, begin, to - begin);
      from = to;
    }
    return cut.toByteArray();
  }

  /** How many bytes it has; the first line that is not blank begins at {@code first}. */
  private static int width(byte[] log, int first) {
    int width = widest(log, first);
    int lines = 0;
    for (int from = first; width > 0 && from < log.length && lines < SAMPLE; ) {
      int to = Words.indexOf((byte) '\n', log, from, log.length);
      int same = same(log, first, from, Math.min(width, to - from));
      if (!Words.isBlank(log, from + same, to)) {
        // Blanks may be fewer; marks and names are the same.
        width = same == width || log[first] == ' ' ? same : 0;
        lines++;
      }
      from = to + 1;
    }
    return lines < LEAST ? 0 : width;
  }

  /** Where the first line begins that is not blank. */
  private static int firstOf(byte[] log) {
    int from = 0;
    while (from < log.length) {
      int to = Words.indexOf((byte) '\n', log, from, log.length);
      if (!Words.isBlank(log, from, to)) {
        return from;
      }
      from = to + 1;
    }
    return log.length;
  }

  /** How many bytes of the line that begins at {@code first} may be a margin. */
  private static int widest(byte[] log, int first) {
    int at = first;
    while (at < log.length && (log[at] == ' ' || log[at] == '>')) {
      at++;
    }
    if (at > first) {
      return at - first;
    }
    while (at < log.length && at - first < NAME && isOfName(log[at])) {
      at++;
    }
    int name = at;
    while (at < log.length && at - first < NAME && log[at] == ' ') {
      at++;
    }
    boolean bar = name > first && at > name && at + 1 < log.length && log[at] == '|';
    return bar && log[at + 1] == ' ' ? at + 2 - first : 0;
  }

  private static boolean isOfName(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '_' || b == '.';
  }

  /** How many of {@code most} bytes are the same from {@code one} and from {@code other} on. */
  private static int same(byte[] log, int one, int other, int most) {
    int same = 0;
    while (same < most && log[one + same] == log[other + same]) {
      same++;
    }
    return same;
  }
}
