package dev.loganalyze.input;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the members of a tar from a stream: ustar and pax (POSIX.1-2017, pax, "ustar Interchange
 * Format" and "pax Extended Header"), GNU long names and sparse files (GNU tar manual, "Basic Tar
 * Format" and "Storing Sparse Files").
 *
 * <p>Not commons-compress's reader: that one writes out the holes of sparse files even to skip
 * them, which a header of some bytes can make last for years, and recurses for each extended
 * header. Here holes are left out; they are zeros, which say nothing and end no line.
 */
final class Tar implements Archives.Entries {
  private static final int BLOCK = 512;

  /** The most that an extended header may have; names and attributes take some KiB. */
  private static final int HEADER = 8 << 20;

  private final InputStream in;
  private byte[] block = new byte[0];

  /** Of the member that was handed out last. */
  private Data data = new Data(0);

  /** Reads {@code in}, which is not closed. */
  Tar(InputStream in) {
    this.in = in;
  }

  /** What extended headers say of the next member. */
  private static final class Extended {
    private String name;
    private long size = -1;
    private boolean mapped;
  }

  /** The bytes of a member, as far as they are there. */
  private final class Data extends InputStream {
    private final int padding;
    private long left;

    Data(long size) {
      left = size;
      padding = (int) (-size & BLOCK - 1);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = in.read(into, offset, (int) Math.min(length, left));
      if (n < 0) {
        throw new EOFException("cut off");
      }
      left -= n;
      return n;
    }

    /** Passes what of it was not read. */
    private void pass() throws IOException {
      in.skipNBytes(left + padding);
      left = 0;
    }
  }

  @Override
  public Archives.Entry next() throws IOException {
    data.pass();
    Extended extended = new Extended();
    while (true) {
      block = blocks(BLOCK);
      if (isZero(block)) {
        return null;
      }
      if (!isHeader()) {
        throw new IOException("wrong checksum of a tar header");
      }
      byte type = block[156];
      long size = number(124, 12);
      switch (type) {
        case 'x' -> pax(blocks(size), extended);
        case 'L' -> extended.name = text(blocks(size));
        case 'g', 'K' -> new Data(size).pass();
        default -> {
          return member(type, extended.size < 0 ? size : extended.size, extended);
        }
      }
    }
  }

  private Archives.Entry member(byte type, long size, Extended extended) throws IOException {
    String name = extended.name == null ? name() : extended.name;
    boolean regular =
        (type == 0 || type == '0' || type == '7' || type == 'S') && !name.endsWith("/");
    if (type == 'S') {
      for (boolean more = block[482] != 0; more; more = block[504] != 0) {
        block = blocks(BLOCK);
      }
    }
    // Links tell the size of what they lead to and have no data.
    data = new Data(type == '1' || type == '2' ? 0 : size);
    if (extended.mapped) {
      passMap();
    }
    return new Archives.Entry(name, regular, true, false, data);
  }

  /** Sparse format 1.0: the number of pieces, two numbers for each, then zeros up to a block. */
  private void passMap() throws IOException {
    long numbers = 1;
    long value = 0;
    for (long i = 0; i < numbers; ) {
      block = data.readNBytes(BLOCK);
      if (block.length == 0) {
        throw new EOFException("cut off in the map of a sparse file");
      }
      for (int at = 0; at < block.length && i < numbers; at++) {
        if (block[at] == '\n') {
          numbers = i == 0 ? 1 + 2 * value : numbers;
          value = 0;
          i++;
        } else {
          value = decimal(value, block[at]);
        }
      }
    }
  }

  /** Records {@code LENGTH KEY=VALUE\n}, where the length is that of the whole record. */
  private static void pax(byte[] records, Extended extended) throws IOException {
    for (int at = 0; at < records.length; ) {
      int blank = at;
      long length = 0;
      while (blank < records.length && records[blank] != ' ') {
        length = decimal(length, records[blank]);
        blank++;
      }
      long end = at + length;
      if (end > records.length || end < blank + 2L) {
        throw new IOException("wrong length of a pax record");
      }
      int equals = blank + 1;
      while (equals < end && records[equals] != '=') {
        equals++;
      }
      String key = new String(records, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
      String value =
          text(Arrays.copyOfRange(records, (int) Math.min(equals + 1L, end - 1), (int) end - 1));
      switch (key) {
        // The name of a sparse file proper; its path is one made up for old readers.
        case "GNU.sparse.name" -> extended.name = value;
        case "path" -> extended.name = extended.mapped ? extended.name : value;
        case "GNU.sparse.major" -> extended.mapped = value.equals("1");
        case "size" -> extended.size = decimal(value);
        default -> {}
      }
      at = (int) end;
    }
  }

  private static long decimal(String digits) throws IOException {
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      value = decimal(value, (byte) digits.charAt(i));
    }
    return value;
  }

  private static long decimal(long value, byte digit) throws IOException {
    if (digit < '0' || digit > '9' || value > 1L << 50) {
      throw new IOException("wrong number in a tar");
    }
    return 10 * value + digit - '0';
  }

  // ---- headers ----------------------------------------------------------------------------------

  /** The next {@code size} bytes, which are padded to blocks. */
  private byte[] blocks(long size) throws IOException {
    if (size > HEADER) {
      throw new IOException("a tar header that is too long");
    }
    byte[] taken = in.readNBytes((int) size);
    if (taken.length < size) {
      throw new EOFException("cut off");
    }
    in.skipNBytes(-size & BLOCK - 1);
    return taken;
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** The sum of its bytes is the one it tells, where that itself counts as blanks. */
  private boolean isHeader() throws IOException {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    return sum == number(148, 8);
  }

  private String name() {
    String name = text(Arrays.copyOf(block, 100));
    // GNU headers, whose magic has a blank there, use the bytes of the prefix otherwise.
    if (block[262] != 0 || block[345] == 0) {
      return name;
    }
    return text(Arrays.copyOfRange(block, 345, 500)) + "/" + name;
  }

  private static String text(byte[] field) {
    int end = 0;
    while (end < field.length && field[end] != 0) {
      end++;
    }
    return new String(field, 0, end, StandardCharsets.UTF_8);
  }

  /** Octal digits between blanks and zeros, or, as GNU has it, bit 7 and a binary number. */
  private long number(int at, int length) throws IOException {
    long value = 0;
    if ((block[at] & 0x80) != 0) {
      for (int i = at + 1; i < at + length; i++) {
        if (value >> 50 != 0) {
          throw new IOException("wrong number in a tar header");
        }
        value = (value << 8) | (block[i] & 0xff);
      }
      return value;
    }
    for (int i = at; i < at + length; i++) {
      if (block[i] >= '0' && block[i] <= '7') {
        value = (value << 3) + block[i] - '0';
      } else if (block[i] != ' ' && block[i] != 0) {
        throw new IOException("wrong number in a tar header");
      }
    }
    return value;
  }
}
