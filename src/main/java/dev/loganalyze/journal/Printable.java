package dev.loganalyze.journal;

import dev.loganalyze.bytes.Words;

/**
 * Whether bytes are text that journalctl prints as it is (systemd {@code src/basic/utf8.c}, {@code
 * utf8_is_printable_newline}).
 */
final class Printable {
  private Printable() {}

  /** UTF-8 without control characters except tab and line feed. */
  static boolean isText(Field field) {
    return isText(field.buffer(), field.from(), field.to(), true);
  }

  /** UTF-8 without control characters except tab. */
  static boolean isLine(Field field) {
    return isText(field.buffer(), field.from(), field.to(), false);
  }

  static boolean isText(byte[] bytes, int from, int to, boolean newlines) {
    int i = from;
    while (i < to) {
      while (i + Long.BYTES < to && Words.isPrintable(Words.at(bytes, i))) {
        i += Long.BYTES;
      }
      int b = bytes[i];
      if ((b >= 0x20 && b != 0x7f) || b == '\t' || (b == '\n' && newlines)) {
        i++;
        continue;
      }
      int length = b >= 0 ? 0 : (b & 0xe0) == 0xc0 ? 2 : (b & 0xf0) == 0xe0 ? 3 : 4;
      if (length == 0 || length > to - i || (length == 4 && (b & 0xf8) != 0xf0)) {
        return false;
      }
      int c = b & (0xff >> (length + 1));
      for (int k = 1; k < length; k++) {
        if ((bytes[i + k] & 0xc0) != 0x80) {
          return false;
        }
        c = c << 6 | (bytes[i + k] & 0x3f);
      }
      if (!isCharacter(c, length)) {
        return false;
      }
      i += length;
    }
    return true;
  }

  /** No control character, surrogate or non-character, and in its shortest form. */
  private static boolean isCharacter(int c, int length) {
    int shortest = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    return shortest == length
        && c > 0x9f
        && c <= Character.MAX_CODE_POINT
        && (c & 0xfffff800) != 0xd800
        && (c < 0xfdd0 || c > 0xfdef)
        && (c & 0xfffe) != 0xfffe;
  }
}
