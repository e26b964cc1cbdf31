package dev.loganalyze.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The bytes of a binary journal by their place: those of an array, or of a file, of which a few
 * pages are held.
 *
 * <p>A file is read with positional reads and not mapped: one that becomes shorter while it is read
 * gives zeros, and {@link #fault} tells.
 */
final class JournalBytes {
  /** A multiple of 8, so that no aligned number lies in two pages. */
  private static final int PAGE = 1 << 14;

  /** How many pages are held: a power of two. */
  private static final int PAGES = 1 << 8;

  private final FileChannel file;
  private final long length;

  /** Holds {@link #page}; of an array, all of it. */
  private byte[] bytes;

  private long page;

  /** Each page in the slot of its number. */
  private final byte[][] pages;

  private final long[] numbers;
  private String fault;

  private JournalBytes(byte[] bytes, FileChannel file, long length) {
    this.bytes = bytes;
    this.file = file;
    this.length = length;
    pages = new byte[file == null ? 0 : PAGES][];
    numbers = new long[pages.length];
    page = file == null ? 0 : -1;
  }

  /** Those of {@code bytes}, which are kept and not copied. */
  static JournalBytes of(byte[] bytes) {
    return new JournalBytes(bytes, null, bytes.length);
  }

  /** Those that {@code file} has now; what is written behind them later is not seen. */
  static JournalBytes of(FileChannel file) throws IOException {
    return new JournalBytes(null, file, file.size());
  }

  long length() {
    return length;
  }

  /** What kept some of the bytes from being read, with the first place; null when nothing did. */
  String fault() {
    return fault;
  }

  int u8(long at) {
    int i = index(at);
    return bytes[i] & 0xff;
  }

  /** 32 bits; {@code at} is a multiple of 4. */
  long u32(long at) {
    int i = index(at);
    return LittleEndian.u32(bytes, i);
  }

  /** 64 bits, negative above 2<sup>63</sup>; {@code at} is a multiple of 8. */
  long u64(long at) {
    int i = index(at);
    return LittleEndian.u64(bytes, i);
  }

  /** Whether an array holds them all. */
  boolean isArray() {
    return file == null;
  }

  /** The array that holds them all. */
  byte[] array() {
    return bytes;
  }

  /** A copy of {@code count} bytes. */
  byte[] copy(long at, int count) {
    byte[] copy = new byte[count];
    if (count > PAGE && file != null) {
      read(copy, at);
      return copy;
    }
    int done = 0;
    while (done < count) {
      int i = index(at + done);
      int n = Math.min(count - done, bytes.length - i);
      System.arraycopy(bytes, i, copy, done, n);
      done += n;
    }
    return copy;
  }

  /** Where in {@link #bytes} the byte is; its page is read when it must be. */
  private int index(long at) {
    if (file == null) {
      return (int) at;
    }
    long number = at / PAGE;
    if (number != page) {
      turn(number);
    }
    return (int) (at % PAGE);
  }

  /** Lets go of the pages that are held; they are read again when they must be. */
  void forget() {
    if (file != null) {
      Arrays.fill(pages, null);
      bytes = null;
      page = -1;
    }
  }

  private void turn(long number) {
    int slot = (int) (number & (PAGES - 1));
    if (pages[slot] == null || numbers[slot] != number) {
      if (pages[slot] == null) {
        pages[slot] = new byte[PAGE];
      }
      numbers[slot] = number;
      read(pages[slot], number * PAGE);
    }
    bytes = pages[slot];
    page = number;
  }

  /** Fills {@code into}; with zeros where there is nothing. */
  private void read(byte[] into, long at) {
    ByteBuffer buffer = ByteBuffer.wrap(into);
    try {
      while (buffer.hasRemaining() && at + buffer.position() < length) {
        if (file.read(buffer, at + buffer.position()) < 0) {
          fault("it became shorter while it was read: byte ", at + buffer.position());
          break;
        }
      }
    } catch (IOException e) {
      fault("it could not be read (" + e.getMessage() + "): byte ", at + buffer.position());
    }
    while (buffer.hasRemaining()) {
      buffer.put((byte) 0);
    }
  }

  private void fault(String reason, long at) {
    if (fault == null) {
      fault = reason + at;
    }
  }
}
