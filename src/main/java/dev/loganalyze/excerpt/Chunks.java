package dev.loganalyze.excerpt;

import dev.loganalyze.journal.StreamBytes;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream into chunks of whole lines, always at the same places. */
final class Chunks implements ChunkReader {
  private final StreamBytes in;

  /** The beginning of a line of which the end has not been read. */
  private byte[] rest = {};

  Chunks(InputStream in) {
    this.in = new StreamBytes(in);
  }

  /** How many bytes were read. */
  long bytes() {
    return in.read();
  }

  /** What ended the stream before its end; null when nothing did. */
  Exception fault() {
    return in.fault();
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
    int filled = in.fill(chunk.bytes, rest.length);
    int end = filled;
    while (in.isOpen() && end > 0 && chunk.bytes[end - 1] != '\n') {
      end--;
    }
    if (in.isOpen() && end == 0) {
      chunk.bytes[filled - 1] = '\n';
      chunk.length = filled;
      passLine();
      return true;
    }
    chunk.length = end;
    rest = Arrays.copyOfRange(chunk.bytes, end, filled);
    return end > 0;
  }

  /** Passes the rest of a line; what was read behind its end comes next. */
  private void passLine() {
    byte[] buffer = new byte[1 << 16];
    rest = new byte[0];
    while (in.isOpen()) {
      int filled = in.fill(buffer, 0);
      for (int i = 0; i < filled; i++) {
        if (buffer[i] == '\n') {
          rest = Arrays.copyOfRange(buffer, i + 1, filled);
          return;
        }
      }
    }
  }
}
