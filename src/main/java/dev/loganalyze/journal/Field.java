package dev.loganalyze.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One field of a journal entry: a name, and a value that is a view on a larger buffer.
 *
 * @param name as stored, each byte one character (ISO 8859-1); see {@link #hasValidName}
 * @param buffer holds the value; not copied, not to be written to
 * @param from where the value begins in {@code buffer}
 * @param to where it ends, exclusive; an empty value has {@code from == to}
 */
public record Field(String name, byte[] buffer, int from, int to) {
  /** More bytes than this a value may not have: 64 MiB. */
  static final int MAX_BYTES = 64 << 20;

  /** More fields than this an entry may not have; journald takes 1024. */
  static final int MAX_FIELDS = 1 << 16;

  static final int MAX_NAME = 64;

  /** Size of the value in bytes. */
  public int length() {
    return to - from;
  }

  /** A copy of the value. */
  public byte[] value() {
    return Arrays.copyOfRange(buffer, from, to);
  }

  /** The value as text; bytes that are not UTF-8 become U+FFFD. */
  public String text() {
    return new String(buffer, from, to - from, StandardCharsets.UTF_8);
  }

  /** Whether the value is {@code text}, encoded as UTF-8. */
  public boolean is(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(buffer, from, to, bytes, 0, bytes.length);
  }

  /** Whether name and value are the same bytes as those of {@code other}. */
  public boolean same(Field other) {
    return name.equals(other.name)
        && Arrays.equals(buffer, from, to, other.buffer, other.from, other.to);
  }

  /**
   * Whether journalctl prints a field of this name: 1 to 64 of {@code A-Z}, {@code 0-9} and {@code
   * _}, no digit first (systemd {@code src/libsystemd/sd-journal/journal-file.c}, {@code
   * journal_field_valid}).
   */
  public boolean hasValidName() {
    return validName(name);
  }

  static boolean validName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME || isDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && (c < 'A' || c > 'Z') && !isDigit(c)) {
        return false;
      }
    }
    return true;
  }

  /** The same of the name that {@code [from, to)} are. */
  static boolean validName(byte[] bytes, int from, int to) {
    if (from == to || to - from > MAX_NAME || isDigit((char) bytes[from])) {
      return false;
    }
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b != '_' && (b < 'A' || b > 'Z') && !isDigit((char) b)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The value as a decimal number; -1 when it is none, or has more than 18 digits. */
  public long number() {
    if (from == to || to - from > 18) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = buffer[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Field field && same(field);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + length();
  }

  @Override
  public String toString() {
    return name + "=" + text();
  }
}
