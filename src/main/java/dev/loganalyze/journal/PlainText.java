package dev.loganalyze.journal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes out of a message what would move a terminal's cursor or change its colours: tabs become
 * eight blanks, {@code ESC [ … m} and {@code ESC ] … BEL} vanish; whatever else is odd stays
 * (systemd {@code src/basic/terminal-util.c}, {@code strip_tab_ansi}).
 */
final class PlainText {
  private static final byte ESCAPE = 0x1b;
  private static final byte BELL = 0x07;
  private static final byte[] TAB = "        ".getBytes(StandardCharsets.US_ASCII);

  private PlainText() {}

  /** {@code field} without them; the same one when it has none. */
  static Field of(Field field) {
    byte[] bytes = field.buffer();
    int to = field.to();
    int i = field.from();
    while (i < to && bytes[i] != ESCAPE && bytes[i] != '\t') {
      i++;
    }
    if (i == to) {
      return field;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream(field.length() + 16);
    plain.write(bytes, field.from(), i - field.from());
    while (i < to) {
      if (bytes[i] == '\t') {
        plain.writeBytes(TAB);
        i++;
        continue;
      }
      int after = bytes[i] == ESCAPE ? sequenceEnd(bytes, i, to) : -1;
      if (after < 0) {
        plain.write(bytes[i++]);
      } else {
        i = after;
      }
    }
    byte[] result = plain.toByteArray();
    return new Field(field.name(), result, 0, result.length);
  }

  /** Where the sequence that begins with the escape at {@code at} ends; -1 when it is none. */
  private static int sequenceEnd(byte[] bytes, int at, int to) {
    if (at + 1 >= to) {
      return -1;
    }
    boolean colour = bytes[at + 1] == '[';
    if (!colour && bytes[at + 1] != ']') {
      return -1;
    }
    for (int i = at + 2; i < to; i++) {
      byte b = bytes[i];
      if (b == (colour ? 'm' : BELL)) {
        return i + 1;
      }
      boolean inside =
          colour ? (b >= '0' && b <= '9') || b == ';' || b == 0 : b >= 0x20 && b < 0x7f;
      if (!inside) {
        return -1;
      }
    }
    return -1;
  }
}
