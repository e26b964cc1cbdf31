package dev.loganalyze.report;

import java.util.stream.Collectors;

/**
 * Text of a log made safe to show: whatever steers a terminal or a CI job, or turns the direction
 * of writing, is written out as {@code \x1b} or {@code \u202e}.
 *
 * <p>Written out are control characters (C0, DEL, C1), format characters (Unicode category Cf: bidi
 * controls, zero-width characters, tags), line and paragraph separators, lone surrogates, and
 * U+FFFE, U+FFFF and their like, which are no characters and not allowed in XML. A tab becomes one
 * blank. Backslashes of the log stay single, so that {@code dev-disk-by\x2duuid} reads as it does
 * in the log.
 *
 * <p>So is the second {@code #} of {@code ##[error]}, {@code ##vso[…]} and {@code ##teamcity[…]}:
 * GitHub's, Azure's and TeamCity's runners take that for a command wherever it stands in a line.
 */
public final class Printable {
  private static final String HEX = "0123456789abcdef";

  /** No name of a command behind {@code ##} is longer. */
  private static final int LONGEST_COMMAND = 20;

  private Printable() {}

  public static String text(String raw) {
    int clean = 0;
    while (clean < raw.length()
        && raw.charAt(clean) >= ' '
        && raw.charAt(clean) < 0x7f
        && !isCommand(raw, clean)) {
      clean++;
    }
    if (clean == raw.length()) {
      return raw;
    }
    StringBuilder shown = new StringBuilder(raw.length() + 16).append(raw, 0, clean);
    for (int i = clean; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\t') {
        shown.append(' ');
      } else if (!steers(c) && !isCommand(raw, i - Character.charCount(c))) {
        shown.appendCodePoint(c);
      } else if (c < 0x100) {
        hex(shown.append("\\x"), c, 2);
      } else if (c < 0x10000) {
        hex(shown.append("\\u"), c, 4);
      } else {
        hex(shown.append("\\U"), c, 8);
      }
    }
    return shown.toString();
  }

  /**
   * Printable text in ASCII: {@code ±}, {@code ≥}, {@code →} and {@code …} as two or three
   * characters of it, all else that is none as {@code \\u6f22}.
   */
  static String ascii(String printable) {
    StringBuilder shown = new StringBuilder(printable.length());
    printable
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\u00b1' -> shown.append("+-");
                case '\u2265' -> shown.append(">=");
                case '\u2192' -> shown.append("->");
                case '\u2026' -> shown.append("...");
                default -> {
                  if (c < 0x80) {
                    shown.appendCodePoint(c);
                  } else {
                    boolean wide = c >= 0x10000;
                    hex(shown.append(wide ? "\\U" : "\\u"), c, wide ? 8 : 4);
                  }
                }
              }
            });
    return shown.toString();
  }

  /**
   * A line of a report that no CI job takes for a command: GitHub's runner takes one for that which
   * begins with {@code ::}, behind white space. As wide as before if there was any.
   */
  static String line(String printable) {
    int begin = 0;
    while (begin < printable.length() && isSpace(printable.charAt(begin))) {
      begin++;
    }
    return printable.startsWith("::", begin)
        ? printable.substring(0, Math.max(0, begin - 1)) + "\\" + printable.substring(begin)
        : printable;
  }

  /** Each line of {@code raw}, safe to be printed as a line of its own. */
  public static String lines(String raw) {
    return raw.lines().map(line -> line(text(line))).collect(Collectors.joining("\n"));
  }

  /** What .NET's String.TrimStart takes away. */
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Whether the second {@code #} of a command's begin stands at {@code at}. */
  private static boolean isCommand(String raw, int at) {
    if (raw.charAt(at) != '#' || at == 0 || raw.charAt(at - 1) != '#') {
      return false;
    }
    int end = at + 1;
    while (end < raw.length() && end <= at + LONGEST_COMMAND && isLetter(raw.charAt(end))) {
      end++;
    }
    return end < raw.length() && raw.charAt(end) == '[';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Whether {@code c} is no character that stands for itself and nothing else. */
  static boolean steers(int c) {
    if ((c & 0xfffe) == 0xfffe) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static void hex(StringBuilder shown, int c, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      shown.append(HEX.charAt(c >> shift & 15));
    }
  }
}
