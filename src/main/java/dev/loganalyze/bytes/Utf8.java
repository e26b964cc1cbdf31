package dev.loganalyze.bytes;

/** Text in UTF-8 (RFC 3629). */
public final class Utf8 {
  /** Text, in Latin-1 too, has less than one byte in so many that is in no character. */
  public static final int MOSTLY_TEXT = 8;

  private static final int REPLACEMENT = 0xfffd;

  private Utf8() {}

  /**
   * How many of {@code bytes[from, to)} are no text: those in no character of UTF-8, and those of
   * U+FFFD, which a program has written in the place of such.
   */
  public static int damaged(byte[] bytes, int from, int to) {
    int damaged = 0;
    int at = from;
    while (at < to) {
      if (at + Long.BYTES <= to && (Words.at(bytes, at) & Words.HIGHS) == 0) {
        at += Long.BYTES;
      } else if (bytes[at] >= 0) {
        at++;
      } else {
        int length = length(bytes, at, to);
        boolean text = length > 0 && character(bytes, at, length) != REPLACEMENT;
        damaged += text ? 0 : Math.max(1, length);
        at += Math.max(1, length);
      }
    }
    return damaged;
  }

  /** How many bytes the character that begins at {@code at}, which is not ASCII, has; or 0. */
  private static int length(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xff;
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    for (int i = at + 1; i < at + length; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int c = character(bytes, at, length);
    boolean overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    boolean valid = !overlong && c <= Character.MAX_CODE_POINT && (c < 0xd800 || c > 0xdfff);
    return valid ? length : 0;
  }

  private static int character(byte[] bytes, int at, int length) {
    int c = bytes[at] & (0xff >> (length + 1));
    for (int i = at + 1; i < at + length; i++) {
      c = (c << 6) | (bytes[i] & 0x3f);
    }
    return c;
  }
}
