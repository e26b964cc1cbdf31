package dev.loganalyze.parse;

import dev.loganalyze.bytes.Words;
import dev.loganalyze.parse.grammar.LogLineLexer;
import dev.loganalyze.terminal.ConsoleText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What somebody has put before every line of a console that is no stamp known here: the time, name
 * and level of a logger, the job and step of a CI system, the number of the line.
 *
 * <p>It is the same before nearly all lines but for its numbers and the blanks that pad them, and
 * is known by what stands behind it: the stamp of a kernel or the status of a job; where neither is
 * in the log, words of a firmware or the banner of a loader.
 */
final class Label {
  private static final String[] STATUSES = {"[  OK  ] ", "[FAILED] ", "[DEPEND] "};

  private static final String KERNEL = "kernel:";

  /** A journal, which seldom is that of another machine, is not looked through for its firmware. */
  private static final int FIRST = 40;

  /** In {@link #template}, a number. */
  private static final byte NUMBER = '0';

  /** A label that is longer is none. */
  private static final int LONGEST = 200;

  /** So few lines prove nothing. */
  private static final int LEAST = 4;

  /** So many are tried. */
  private static final int MOST = 40;

  /** Numbers are one {@link #NUMBER} each, and blanks that pad are one blank. */
  private final byte[] template;

  /** So many blanks at its end are of the label; what follows them may be indented. */
  private final int blanks;

  private Label(byte[] template, int blanks) {
    this.template = template;
    this.blanks = blanks;
  }

  /**
   * The label of the plain lines of {@code console}, or null.
   *
   * @param starts where each begins in the buffer, -1 for those that do not count
   */
  static Label of(ConsoleText console, int[] starts) {
    return mostCommon(console, starts, starts.length);
  }

  /**
   * The name of a program, as a journal prints it, if that has logged the console of another
   * machine: {@code host qemu-system-x86_64[4711]: }. Null where there is none; the kernel logs its
   * own words.
   *
   * @param starts where each line begins behind its stamp, -1 for those that do not count
   */
  static Label ofRecorder(ConsoleText console, int[] starts) {
    Label label = mostCommon(console, starts, FIRST);
    return label == null || label.endsWith(KERNEL) || !label.endsWith(":") ? null : label;
  }

  private boolean endsWith(String word) {
    return new String(template, StandardCharsets.ISO_8859_1).endsWith(word);
  }

  /**
   * That which most lines have, if enough have one; else null.
   *
   * @param first in so many of the first lines a banner is looked for
   */
  private static Label mostCommon(ConsoleText console, int[] starts, int first) {
    Set<Label> labels = before(console, starts, Label::anchor);
    if (labels == null) {
      int[] begin = Arrays.copyOf(starts, Math.min(first, starts.length));
      labels = before(console, begin, new Banners());
    }
    if (labels == null) {
      return null;
    }
    int lines = 0;
    for (int start : starts) {
      lines += start < 0 ? 0 : 1;
    }
    Label best = null;
    int most = Math.max(LEAST, lines * 3 / 4);
    for (Label label : labels) {
      int count = label.count(console, starts);
      if (count > most) {
        best = label;
        most = count;
      }
    }
    return best;
  }

  /** Finds what a label stands before. */
  private interface Anchor {
    /** Where it begins in {@code buffer[from, to)}, or -1. */
    int in(byte[] buffer, int from, int to);
  }

  /** What stands before anchors; null where there are none. */
  private static Set<Label> before(ConsoleText console, int[] starts, Anchor anchor) {
    byte[] buffer = console.buffer();
    Set<Label> labels = null;
    for (int i = 0; i < starts.length; i++) {
      int to = Math.min(console.to(i), starts[i] + LONGEST);
      int end = starts[i] < 0 ? -1 : anchor.in(buffer, starts[i], to);
      if (end >= 0) {
        labels = labels == null ? new LinkedHashSet<>() : labels;
        if (end > starts[i] && labels.size() < MOST) {
          labels.add(before(buffer, starts[i], end));
        }
      }
    }
    return labels;
  }

  /**
   * A log in which no kernel speaks begins with a firmware or a loader. The banner of a firmware
   * often stands behind a sequence that clears the screen, and the label before it.
   */
  private static final class Banners implements Anchor {
    private static final int BANNER = 64;

    private final LineLexer lexer = new TableLexer();
    private final Tokens tokens = new Tokens();

    @Override
    public int in(byte[] buffer, int from, int to) {
      for (int at = from; at < to; at++) {
        if (at == from || endsLabel(buffer[at - 1])) {
          tokens.clear(at);
          lexer.read(buffer, at, Math.min(to, at + BANNER), LogLineLexer.DEFAULT_MODE, tokens);
          int type = tokens.types[0];
          if (isBanner(type)) {
            return at;
          }
        }
      }
      return -1;
    }

    private static boolean isBanner(int type) {
      return switch (type) {
        case LogLineLexer.FIRMWARE_BANNER,
            LogLineLexer.FIRMWARE,
            LogLineLexer.FIRMWARE_HANDOVER,
            LogLineLexer.LOADER_BANNER ->
            true;
        default -> false;
      };
    }

    private static boolean endsLabel(byte b) {
      return b == ' ' || b == '\t' || b == ':' || b == '|' || b == '>' || b == ']';
    }
  }

  private int count(ConsoleText console, int[] starts) {
    int count = 0;
    for (int i = 0; i < starts.length; i++) {
      count +=
          starts[i] >= 0 && end(console.buffer(), starts[i], console.to(i)) > starts[i] ? 1 : 0;
    }
    return count;
  }

  /** That which stands in {@code buffer[from, to)}. */
  private static Label before(byte[] buffer, int from, int to) {
    int end = to;
    while (end > from && buffer[end - 1] == ' ') {
      end--;
    }
    byte[] template = new byte[end - from];
    int length = 0;
    for (int at = from; at < end; ) {
      byte b = buffer[at];
      template[length++] = isDigit(b) ? NUMBER : b;
      at = isDigit(b) || b == ' ' ? runEnd(buffer, at, end, isDigit(b)) : at + 1;
    }
    return new Label(Arrays.copyOf(template, length), to - end);
  }

  /** Where the label of the line {@code buffer[from, to)} ends; {@code from} if it has none. */
  int end(byte[] buffer, int from, int to) {
    int at = from;
    for (int t = 0; t < template.length; t++) {
      boolean number = template[t] == NUMBER;
      if (number || template[t] == ' ') {
        int end = runEnd(buffer, at, to, number);
        boolean padding = !number && t + 1 < template.length && template[t + 1] == NUMBER;
        if (end == at && !padding) {
          return from;
        }
        at = end;
      } else if (at < to && buffer[at] == template[t]) {
        at++;
        // The blanks at its end may be missing where the line ends.
      } else if (t == 0 || at < to || !Words.isBlank(template, t, template.length)) {
        return from;
      }
    }
    int end = at;
    while (end < to && end < at + blanks && buffer[end] == ' ') {
      end++;
    }
    return end < to && end < at + blanks ? from : end;
  }

  /** The first stamp of a kernel or status of a job in {@code buffer[from, to)}, or -1. */
  private static int anchor(byte[] buffer, int from, int to) {
    for (int at = from; at < to; at++) {
      if (buffer[at] == '[' && isStamp(buffer, at, to)) {
        return priority(buffer, from, at);
      }
      if (buffer[at] == '[' && isStatus(buffer, at, to)) {
        return at;
      }
    }
    return -1;
  }

  /** Where the priority that ends at {@code to}, such as {@code <6>}, begins; else {@code to}. */
  private static int priority(byte[] buffer, int from, int to) {
    int at = to - 2;
    while (at > from && isDigit(buffer[at])) {
      at--;
    }
    return at >= from && at < to - 2 && buffer[to - 1] == '>' && buffer[at] == '<' ? at : to;
  }

  /** print_time() of kernel/printk/printk.c: {@code "[%5lu.%06lu] "}. */
  static boolean isStamp(byte[] buffer, int from, int to) {
    int seconds = runEnd(buffer, from + 1, to, false);
    int point = runEnd(buffer, seconds, to, true);
    int end = runEnd(buffer, Math.min(to, point + 1), to, true);
    return point > seconds
        && point < to
        && buffer[point] == '.'
        && end == point + 7
        && end < to
        && buffer[end] == ']';
  }

  private static boolean isStatus(byte[] buffer, int from, int to) {
    for (String status : STATUSES) {
      int at = 0;
      while (at < status.length() && from + at < to && buffer[from + at] == status.charAt(at)) {
        at++;
      }
      if (at == status.length()) {
        return true;
      }
    }
    return false;
  }

  /** Where the digits or the blanks that begin at {@code from} end. */
  private static int runEnd(byte[] buffer, int from, int to, boolean digits) {
    int at = from;
    while (at < to && (digits ? isDigit(buffer[at]) : buffer[at] == ' ')) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Label label
        && Arrays.equals(template, label.template)
        && blanks == label.blanks;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(template) + blanks;
  }
}
