package dev.loganalyze.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers as journals store them. */
final class LittleEndian {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  /** 64 bits; above 2<sup>63</sup> the result is negative. */
  static long u64(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static void putU64(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
  }

  static long u32(byte[] bytes, int at) {
    return (int) INT.get(bytes, at) & 0xffffffffL;
  }

  /** 16 bytes in the order they are written. */
  static Id128 id(byte[] bytes, int at) {
    return new Id128(Long.reverseBytes(u64(bytes, at)), Long.reverseBytes(u64(bytes, at + 8)));
  }
}
