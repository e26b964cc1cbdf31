package dev.loganalyze.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of an archive, which goes on after it; it keeps what ended it before its end. */
class Watched extends FilterInputStream {
  private Exception fault;

  /** What is passed must be read, to be counted; null until something is. */
  private byte[] skipped;

  Watched(InputStream in) {
    super(in);
  }

  /** What ended it before its end; null when nothing did. */
  Exception fault() {
    return fault;
  }

  /** That so many bytes were read. */
  void count(int bytes) throws IOException {}

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public final int read(byte[] into, int offset, int length) throws IOException {
    try {
      int n = in.read(into, offset, length);
      count(Math.max(0, n));
      return n;
    } catch (IOException | RuntimeException e) {
      fault = fault == null ? e : fault;
      throw e;
    }
  }

  @Override
  public final long skip(long n) throws IOException {
    skipped = skipped == null ? new byte[1 << 14] : skipped;
    return Math.max(0, read(skipped, 0, (int) Math.min(n, skipped.length)));
  }

  @Override
  public final boolean markSupported() {
    return false;
  }

  @Override
  public final void close() {}
}
