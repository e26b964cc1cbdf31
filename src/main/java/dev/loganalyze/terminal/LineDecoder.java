package dev.loganalyze.terminal;

/**
 * Decodes one raw line after the other, as {@link Terminal} does a whole log: no line of a console
 * reaches into the next. Keeps nothing; for one thread.
 */
public final class LineDecoder {
  private final Decoder decoder = new Decoder(new byte[0]);

  /**
   * Decodes the raw line {@code raw[from, to)}, with or without the LF that ends it.
   *
   * @return how many plain lines it gives; the other methods tell of them until the next call
   */
  public int decode(byte[] raw, int from, int to) {
    decoder.run(raw, from, to);
    return decoder.size();
  }

  /** The bytes of the plain lines; line {@code i} is {@code [from(i), to(i))}. */
  public byte[] buffer() {
    return decoder.buffer();
  }

  /** Where plain line {@code i} begins in {@link #buffer()}. */
  public int from(int i) {
    return decoder.from(i);
  }

  /** Where plain line {@code i} ends in {@link #buffer()}, exclusive. */
  public int to(int i) {
    return decoder.to(i);
  }

  /** Whether plain line {@code i} carries {@code mark}. */
  public boolean has(int i, Mark mark) {
    return (decoder.marks(i) & mark.bit) != 0;
  }
}
