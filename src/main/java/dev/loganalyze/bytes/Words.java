package dev.loganalyze.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Text that is looked at eight bytes at a time. The first of them are the lowest bits. */
public final class Words {
  /** One in each byte. */
  public static final long ONES = 0x0101010101010101L;

  /** The highest bit of each byte. */
  public static final long HIGHS = 0x8080808080808080L;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long BLANKS = ONES * ' ';

  private Words() {}

  /** {@code bytes[at, at + 8)}. */
  public static long at(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at);
  }

  /** Whether all eight bytes are ASCII and no control characters: from a blank to a tilde. */
  public static boolean isPrintable(long word) {
    // The first byte that is none of these sets its highest bit in one of the three.
    return ((word - BLANKS | word + ONES | word) & HIGHS) == 0;
  }

  /** Whether {@code bytes[from, to)} hold nothing but blanks and control characters. */
  public static boolean isBlank(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] > ' ' || bytes[at] < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where {@code wanted} stands first in {@code bytes[from, to)}, or {@code to}. By the borrows of
   * a subtraction (Mycroft's test for a zero byte), which is exact for the first.
   */
  public static int indexOf(byte wanted, byte[] bytes, int from, int to) {
    long all = ONES * (wanted & 0xff);
    int at = from;
    while (at + Long.BYTES <= to) {
      long other = at(bytes, at) ^ all;
      long zeros = other - ONES & ~other & HIGHS;
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
