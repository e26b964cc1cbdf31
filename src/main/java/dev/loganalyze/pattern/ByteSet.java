package dev.loganalyze.pattern;

/**
 * A set of byte values, 0 to 255, as four words of bits. Immutable.
 *
 * @param a values 0 to 63
 * @param b values 64 to 127
 * @param c values 128 to 191
 * @param d values 192 to 255
 */
record ByteSet(long a, long b, long c, long d) {
  static final ByteSet NONE = new ByteSet(0, 0, 0, 0);

  /** {@code [0-9A-Za-z_]}. */
  static final ByteSet WORD = range('0', '9').or(range('A', 'Z')).or(range('a', 'z')).or(of('_'));

  /** Bytes of characters beyond ASCII. */
  static final ByteSet BEYOND = range(0x80, 0xff);

  static ByteSet of(int value) {
    return range(value, value);
  }

  /** The values from {@code from} to {@code to}, both included. */
  static ByteSet range(int from, int to) {
    return new ByteSet(
        word(from, to, 0), word(from, to, 64), word(from, to, 128), word(from, to, 192));
  }

  private static long word(int from, int to, int base) {
    int first = Math.max(from - base, 0);
    int last = Math.min(to - base, 63);
    return first > last ? 0 : (-1L >>> (63 - last)) & (-1L << first);
  }

  /** How many values are in it. */
  int size() {
    return Long.bitCount(a) + Long.bitCount(b) + Long.bitCount(c) + Long.bitCount(d);
  }

  boolean has(int value) {
    long word = value < 64 ? a : value < 128 ? b : value < 192 ? c : d;
    return (word >>> value & 1) != 0;
  }

  ByteSet or(ByteSet other) {
    return new ByteSet(a | other.a, b | other.b, c | other.c, d | other.d);
  }

  ByteSet and(ByteSet other) {
    return new ByteSet(a & other.a, b & other.b, c & other.c, d & other.d);
  }

  /** All values that are not in it. */
  ByteSet not() {
    return new ByteSet(~a, ~b, ~c, ~d);
  }

  /** With the other case of each ASCII letter in it. */
  ByteSet folded() {
    // A to Z are the bits 1 to 26 of the second word, a to z the bits 33 to 58.
    long letters = 0x7fffffeL;
    return new ByteSet(a, b | (b & letters) << 32 | (b >>> 32 & letters), c, d);
  }

  // As a record's own, which are put together when they are first called: that takes milliseconds
  // of
  // every start.

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteSet set && a == set.a && b == set.b && c == set.c && d == set.d;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a + 31 * (b + 31 * (c + 31 * d)));
  }
}
