package dev.loganalyze.report;

import java.util.ArrayList;
import java.util.List;

/** Text laid out in lines of at most so many terminal columns. Linear in the text. */
final class Lines {
  private static final String MORE = "...";

  private Lines() {}

  /**
   * Breaks text at blanks; a word longer than a line is broken anywhere. Runs of blanks become one.
   *
   * @param text printable, see {@link Printable}
   * @param first what the first line begins with
   * @param next how many blanks each further line begins with
   * @param width columns a line may have
   * @param most lines; what does not fit is cut, and {@code ...} stands for it
   */
  static List<String> wrap(String text, String first, int next, int width, int most) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    int column = columns(first);
    boolean empty = true;
    int at = 0;
    while (true) {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      if (at == text.length()) {
        break;
      }
      int end = text.indexOf(' ', at);
      end = end < 0 ? text.length() : end;
      int fits = fit(text, at, end, width - column - (empty ? 0 : 1));
      boolean longWord = fits < end && fit(text, at, end, width - next) < end;
      if (fits == end || (longWord && fits > at)) {
        if (!empty) {
          line.append(' ');
          column++;
        }
        line.append(text, at, fits);
        column += columns(text.substring(at, fits));
        empty = false;
        at = fits;
        if (fits == end) {
          continue;
        }
      }
      if (lines.size() + 1 == most) {
        lines.add(cut(line + " " + MORE, width));
        return lines;
      }
      lines.add(line.toString().stripTrailing());
      line = new StringBuilder(" ".repeat(next));
      column = next;
      empty = true;
    }
    lines.add(line.toString());
    return lines;
  }

  /**
   * Breaks a line that keeps its blanks, as those of a log should: at a blank in the second half of
   * the width, else anywhere.
   *
   * @param text printable
   * @param next how many blanks each further line begins with
   * @param width columns a line may have
   * @param most lines; what does not fit is cut, and {@code ...} stands for it
   */
  static List<String> fold(String text, int next, int width, int most) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (lines.size() + 1 < most) {
      int fits = fit(rest, 0, rest.length(), width);
      if (fits == rest.length()) {
        break;
      }
      int blank = rest.lastIndexOf(' ', fits);
      int end = blank > width / 2 ? blank : fits;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = " ".repeat(next) + rest.substring(end).stripLeading();
    }
    lines.add(cut(rest, width));
    return lines;
  }

  /** {@code text} in at most {@code width} columns, ending with {@code ...} where it was cut. */
  static String cut(String text, int width) {
    if (fit(text, 0, text.length(), width) == text.length()) {
      return text;
    }
    return text.substring(0, fit(text, 0, text.length(), width - MORE.length())) + MORE;
  }

  /** How many columns {@code text} takes. */
  static int columns(String text) {
    return text.codePoints().map(Lines::columns).sum();
  }

  /**
   * The end of the longest part of {@code text} from {@code at} that takes {@code room} columns.
   */
  private static int fit(String text, int at, int end, int room) {
    int taken = 0;
    int i = at;
    while (i < end) {
      int c = text.codePointAt(i);
      taken += columns(c);
      if (taken > room) {
        return i;
      }
      i += Character.charCount(c);
    }
    return end;
  }

  /** After Unicode's EastAsianWidth.txt, by blocks; marks that combine take none. */
  private static int columns(int c) {
    if (c < 0x300) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }
}
