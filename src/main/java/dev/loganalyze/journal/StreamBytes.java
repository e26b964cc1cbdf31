package dev.loganalyze.journal;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a stream, as far as it goes: what ends it before its end is told, and not thrown.
 */
public final class StreamBytes {
  private final InputStream in;
  private boolean open = true;
  private long read;
  private Exception fault;

  /** Those of {@code in}, from where it stands; it is not closed. */
  public StreamBytes(InputStream in) {
    this.in = in;
  }

  /** Whether there may be more. */
  public boolean isOpen() {
    return open;
  }

  /** How many were read. */
  public long read() {
    return read;
  }

  /** What ended the stream before its end; null when nothing did. */
  public Exception fault() {
    return fault;
  }

  /**
   * Fills {@code buffer} from {@code from} on.
   *
   * @return where it ends; where the buffer does, unless the stream ended
   */
  public int fill(byte[] buffer, int from) {
    int filled = from;
    try {
      while (open && filled < buffer.length) {
        int n = in.read(buffer, filled, buffer.length - filled);
        if (n == 0) {
          throw new IOException("no more data");
        }
        open = n > 0;
        filled += Math.max(0, n);
      }
    } catch (IOException | RuntimeException e) {
      // Decoders throw any RuntimeException on data that no encoder makes.
      fault = e;
      open = false;
    }
    read += filled - from;
    return filled;
  }
}
