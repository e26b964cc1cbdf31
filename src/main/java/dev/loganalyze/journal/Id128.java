package dev.loganalyze.journal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A 128-bit id, as {@code sd-id128} has them: boot ids, machine ids, sequence number ids.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record Id128(long high, long low) {
  /** All zero: the id is not known. */
  public static final Id128 NULL = new Id128(0, 0);

  /** The id written as 32 hexadecimal digits; null when {@code hex} is none. */
  public static Id128 parse(String hex) {
    byte[] bytes = hex.getBytes(StandardCharsets.ISO_8859_1);
    return parse(bytes, 0, bytes.length);
  }

  /** The id that 32 hexadecimal digits in {@code [from, to)} are; null when these are none. */
  static Id128 parse(byte[] bytes, int from, int to) {
    if (to - from != 32) {
      return null;
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 32; i++) {
      int digit =
          HexFormat.isHexDigit(bytes[from + i]) ? HexFormat.fromHexDigit(bytes[from + i]) : -1;
      if (digit < 0) {
        return null;
      }
      if (i < 16) {
        high = high << 4 | digit;
      } else {
        low = low << 4 | digit;
      }
    }
    return new Id128(high, low);
  }

  /** Whether the id is not known. */
  public boolean isNull() {
    return high == 0 && low == 0;
  }

  /** 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
