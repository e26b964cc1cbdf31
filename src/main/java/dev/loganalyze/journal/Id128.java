package dev.loganalyze.journal;

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
    if (hex.length() != 32 || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      return null;
    }
    return new Id128(
        HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
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
