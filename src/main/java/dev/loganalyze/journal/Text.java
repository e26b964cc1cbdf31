package dev.loganalyze.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Pieces that the text formats share. */
final class Text {
  private static final String[] UNITS = {"E", "P", "T", "G", "M", "K"};

  private Text() {}

  /** Writes text that has no character above U+007F. */
  static void ascii(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Writes {@code [from, to)} line by line, each ended by LF, and all but the first after {@code
   * indent} blanks. A last LF ends a line and begins none.
   */
  static void lines(byte[] bytes, int from, int to, int indent, OutputStream out)
      throws IOException {
    byte[] blanks = null;
    int start = from;
    while (start < to) {
      int end = start;
      while (end < to && bytes[end] != '\n') {
        end++;
      }
      if (start > from) {
        if (blanks == null) {
          blanks = new byte[indent];
          Arrays.fill(blanks, (byte) ' ');
        }
        out.write(blanks);
      }
      out.write(bytes, start, end - start);
      out.write('\n');
      start = end + 1;
    }
  }

  /** A size as {@code 23B}, {@code 5.0K} (systemd {@code format_bytes}, powers of 1024). */
  static String size(long bytes) {
    for (int i = 0; i < UNITS.length; i++) {
      int shift = 10 * (UNITS.length - i);
      if (bytes >> shift > 0) {
        long tenths = (bytes >> (shift - 10)) * 10 / 1024 % 10;
        return (bytes >> shift) + "." + tenths + UNITS[i];
      }
    }
    return bytes + "B";
  }
}
