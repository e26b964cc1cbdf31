package dev.loganalyze.report;

/**
 * Text of a log made safe to show: whatever steers a terminal or turns the direction of writing is
 * written out as {@code \x1b} or {@code \u202e}.
 *
 * <p>Written out are control characters (C0, DEL, C1), format characters (Unicode category Cf: bidi
 * controls, zero-width characters, tags), line and paragraph separators and lone surrogates. A tab
 * becomes one blank. Backslashes of the log stay single, so that {@code dev-disk-by\x2duuid} reads
 * as it does in the log.
 */
public final class Printable {
  private static final String HEX = "0123456789abcdef";

  private Printable() {}

  public static String text(String raw) {
    int clean = 0;
    while (clean < raw.length() && raw.charAt(clean) >= ' ' && raw.charAt(clean) < 0x7f) {
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
      } else if (!steers(c)) {
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

  private static boolean steers(int c) {
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
