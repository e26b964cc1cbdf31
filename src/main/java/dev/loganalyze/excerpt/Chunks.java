package dev.loganalyze.excerpt;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into chunks of whole lines, always at the same places. */
final class Chunks implements ChunkReader {
  private final InputStream in;

  /** The beginning of a line of which the end has not been read. */
  private byte[] rest = {};

  private long bytes;
  private boolean open = true;
  private Exception fault;

  Chunks(InputStream in) {
    this.in = in;
  }

  /** How many bytes were read. */
  long bytes() {
    return bytes;
  }

  /** What ended the stream before its end; null when nothing did. */
  Exception fault() {
    return fault;
  }

  /**
   * Reads the next lines into {@code chunk}; whether there are any.
   *
   * <p>Of a line that is longer than a chunk, the first bytes are kept, and the rest is passed.
   */
  @Override
  public boolean read(Chunk chunk) {
    chunk.clear();
    System.arraycopy(rest, 0, chunk.bytes, 0, rest.length);
    int filled = fill(chunk.bytes, rest.length);
    int end = filled;
    while (open && end > 0 && chunk.bytes[end - 1] != '\n') {
      end--;
    }
    if (open && end == 0) {
      chunk.bytes[filled - 1] = '\n';
      chunk.length = filled;
      passLine();
      return true;
    }
    chunk.length = end;
    rest = Arrays.copyOfRange(chunk.bytes, end, filled);
    return end > 0;
  }

  /** Fills the buffer as far as the stream goes: its end tells where the chunk ends. */
  private int fill(byte[] buffer, int from) {
    int filled = from;
    try {
      while (open && filled < buffer.length) {
        int n = in.read(buffer, filled, buffer.length - filled);
        if (n == 0) {
          throw new IOException("no more data");
        }
        open = n > 0;
        filled += Math.max(0, n);
        bytes += Math.max(0, n);
      }
    } catch (IOException | RuntimeException e) {
      // Decoders throw any RuntimeException on data that no encoder makes.
      fault = e;
      open = false;
    }
    return filled;
  }

  /** Passes the rest of a line; what was read behind its end comes next. */
  private void passLine() {
    byte[] buffer = new byte[1 << 16];
    rest = new byte[0];
    while (open) {
      int filled = fill(buffer, 0);
      for (int i = 0; i < filled; i++) {
        if (buffer[i] == '\n') {
          rest = Arrays.copyOfRange(buffer, i + 1, filled);
          return;
        }
      }
    }
  }
}
