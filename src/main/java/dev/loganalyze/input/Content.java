package dev.loganalyze.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
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

  /** Reads {@code in} to its end, or to a fault, which whoever reads it tells. */
  static void pass(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException | RuntimeException e) {
      // Decoders throw any RuntimeException on data that no encoder makes.
    }
  }

  /** These bytes, and what {@code in} has behind them. */
  InputStream before(InputStream in) {
    return new SequenceInputStream(new ByteArrayInputStream(bytes), in);
  }

  /** Reads on up to {@code most} bytes altogether. */
  Content more(InputStream in, int most) {
    // A list of pieces and not a growing array, which would need three times the memory; and one
    // piece, which need not be copied, where the stream knows its length.
    List<byte[]> pieces = new ArrayList<>();
    int size = bytes.length;
    int filled = size;
    byte[] piece = Arrays.copyOf(bytes, Math.max(size, (int) Math.min(most, size + known(in))));
    Exception end = fault;
    boolean open = end == null;
    while (open && size < most) {
      try {
        while (open && filled < piece.length) {
          // Not more, for a file is read through memory of that size outside of the heap.
          int n = in.read(piece, filled, Math.min(CHUNK, piece.length - filled));
          if (n == 0) {
            throw new IOException("no more data");
          }
          filled += Math.max(0, n);
          size += Math.max(0, n);
          open = n > 0;
        }
      } catch (IOException | RuntimeException e) {
        // Decoders throw any RuntimeException on data that no encoder makes.
        end = e;
        open = false;
      }
      if (open) {
        if (filled > 0) {
          pieces.add(piece);
        }
        piece = new byte[Math.min(CHUNK, most - size)];
        filled = 0;
      }
    }
    if (filled > 0) {
      pieces.add(filled == piece.length ? piece : Arrays.copyOf(piece, filled));
    }
    return new Content(joined(pieces, size), end);
  }

  /** How many bytes {@code in} tells that it has; 0 where it does not. */
  static long known(InputStream in) {
    try {
      return Math.max(0, in.available());
    } catch (IOException e) {
      return 0;
    }
  }

  private static byte[] joined(List<byte[]> pieces, int size) {
    if (pieces.size() == 1) {
      return pieces.get(0);
    }
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return all;
  }
}
