package dev.loganalyze.journal;

import dev.loganalyze.bytes.Words;
import java.io.InputStream;

/**
 * The part of a stream that is looked at. What was handed out of {@link #bytes} stays as it is:
 * more of the stream goes into another array.
 */
final class StreamWindow {
  /** So much is read at a time. */
  private static final int BLOCK = 1 << 17;

  /** Null where {@link #bytes} hold all. */
  private final StreamBytes in;

  /** Some of the stream; not to be written to. */
  byte[] bytes;

  /** Where what has been read of it ends. */
  int end;

  /** Where in the stream {@link #bytes} begin. */
  private long base;

  private StreamWindow(StreamBytes in, byte[] bytes) {
    this.in = in;
    this.bytes = bytes;
    end = bytes.length;
  }

  /** All of {@code bytes}, which are kept and not copied. */
  static StreamWindow of(byte[] bytes) {
    return new StreamWindow(null, bytes);
  }

  /** On {@code in}, from where it stands. */
  static StreamWindow of(InputStream in) {
    return new StreamWindow(new StreamBytes(in), new byte[0]);
  }

  /** The place in the stream of {@code bytes[at]}. */
  long place(int at) {
    return base + at;
  }

  /** What ended the stream before its end; null when nothing did. */
  Exception fault() {
    return in == null ? null : in.fault();
  }

  /** How many bytes of the stream were read. */
  long read() {
    return base + end;
  }

  /**
   * Reads on. What stands from {@code from} on is kept and begins at 0 then; of a window that is
   * half full of it, the next is twice as large, so that this takes no more than linear time.
   *
   * @return whether there is more; if not, nothing changes
   */
  boolean more(int from) {
    if (!isOpen()) {
      return false;
    }
    int kept = end - from;
    byte[] next = new byte[Math.max(BLOCK, 2 * kept)];
    System.arraycopy(bytes, from, next, 0, kept);
    int filled = in.fill(next, kept);
    if (filled == kept) {
      return false;
    }
    base += from;
    bytes = next;
    end = filled;
    return true;
  }

  private boolean isOpen() {
    return in != null && in.isOpen();
  }

  /** Whether there may be {@code count} bytes from {@code from} on. */
  boolean mayHave(int from, long count) {
    return isOpen() || count <= end - from;
  }

  /** Passes {@code count} bytes from {@code from} on, fewer when there are no more; where then. */
  int skip(int from, long count) {
    int at = from;
    long left = count;
    while (left > end - at) {
      left -= end - at;
      if (!more(end)) {
        return end;
      }
      at = 0;
    }
    return at + (int) left;
  }

  /** Where the first LF stands in {@code [from, end)}; {@link #end} when there is none. */
  int lineEnd(int from) {
    return Words.indexOf((byte) '\n', bytes, from, end);
  }
}
