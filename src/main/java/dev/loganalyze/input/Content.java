package dev.loganalyze.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What could be read of a stream.
 *
 * @param bytes up to its end, its fault, or as many as were asked for
 * @param fault what ended it before its end; null when nothing did
 */
record Content(byte[] bytes, Exception fault) {
  /** The most that is read of one input, in bytes: 1 GiB, or a quarter of the heap. */
  static final int MOST = (int) Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);

  /** So many bytes tell what something is. */
  static final int HEAD = 8192;

  private static final int CHUNK = 1 << 16;

  /** Reads {@code in} up to {@code most} bytes. */
  static Content read(InputStream in, int most) {
    return new Content(new byte[0], null).more(in, most);
  }

  /** Reads on up to {@code most} bytes altogether. */
  Content more(InputStream in, int most) {
    // A list of pieces and not a growing array, which would need three times the memory.
    List<byte[]> pieces = new ArrayList<>();
    int size = bytes.length;
    Exception end = fault;
    boolean open = end == null;
    while (open && size < most) {
      byte[] piece = new byte[Math.min(CHUNK, most - size)];
      int filled = 0;
      try {
        while (open && filled < piece.length) {
          int n = in.read(piece, filled, piece.length - filled);
          if (n == 0) {
            throw new IOException("no more data");
          }
          filled += Math.max(0, n);
          open = n > 0;
        }
      } catch (IOException | RuntimeException e) {
        // Decoders throw any RuntimeException on data that no encoder makes.
        end = e;
        open = false;
      }
      pieces.add(filled == piece.length ? piece : Arrays.copyOf(piece, filled));
      size += filled;
    }
    if (pieces.isEmpty()) {
      return this;
    }
    byte[] all = Arrays.copyOf(bytes, size);
    int at = bytes.length;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return new Content(all, end);
  }
}
