package dev.loganalyze.input;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the members of a tar: ustar and pax (POSIX.1-2017, pax, "ustar Interchange Format" and "pax
 * Extended Header"), GNU long names and sparse files (GNU tar manual, "Basic Tar Format" and
 * "Storing Sparse Files").
 *
 * <p>Not commons-compress's reader: that one writes out the holes of sparse files even to skip
 * them, which a header of some bytes can make last for years, and recurses for each extended
 * header. Here holes are left out; they are zeros, which say nothing and end no line.
 */
final class Tar implements Archives.Entries {
  private static final int BLOCK = 512;

  private final byte[] bytes;
  private int position;

  Tar(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What extended headers say of the next member. */
  private static final class Extended {
    private String name;
    private long size = -1;
    private boolean mapped;
  }

  @Override
  public Archives.Entry next() throws IOException {
    Extended extended = new Extended();
    while (true) {
      int header = position;
      need(header + (long) BLOCK);
      if (isZero(header)) {
        return null;
      }
      if (!isHeader(header)) {
        throw new IOException("wrong checksum of a tar header");
      }
      position += BLOCK;
      byte type = bytes[header + 156];
      long size = number(header + 124, 12);
      switch (type) {
        case 'x' -> pax(take(size), extended);
        case 'L' -> extended.name = text(take(size));
        case 'g', 'K' -> take(size);
        default -> {
          return member(header, type, extended.size < 0 ? size : extended.size, extended);
        }
      }
    }
  }

  private Archives.Entry member(int header, byte type, long size, Extended extended)
      throws IOException {
    String name = extended.name == null ? name(header) : extended.name;
    boolean regular =
        (type == 0 || type == '0' || type == '7' || type == 'S') && !name.endsWith("/");
    if (type == 'S') {
      boolean more = bytes[header + 482] != 0;
      while (more) {
        need(position + (long) BLOCK);
        more = bytes[position + 504] != 0;
        position += BLOCK;
      }
    }
    // Links tell the size of what they lead to and have no data.
    long stored = type == '1' || type == '2' ? 0 : size;
    int start = position;
    int end = (int) Math.min(bytes.length, start + stored);
    boolean cut = end - start < stored;
    position = (int) Math.min(bytes.length, padded(start + stored));
    int data = extended.mapped ? Math.min(end, afterMap(start, end)) : start;
    InputStream in =
        new FilterInputStream(new ByteArrayInputStream(bytes, data, end - data)) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            if (n < 0 && cut) {
              throw new EOFException("cut off");
            }
            return n;
          }
        };
    return new Archives.Entry(name, regular, true, false, in);
  }

  /** Sparse format 1.0: the number of pieces, two numbers for each, then zeros up to a block. */
  private int afterMap(int start, int end) throws IOException {
    int at = start;
    long numbers = 1;
    for (long i = 0; i < numbers; i++) {
      long value = 0;
      while (at < end && bytes[at] != '\n') {
        value = decimal(value, bytes[at]);
        at++;
      }
      if (at == end) {
        throw new EOFException("cut off in the map of a sparse file");
      }
      at++;
      numbers = i == 0 ? 1 + 2 * value : numbers;
    }
    return start + (int) padded(at - (long) start);
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
  private byte[] take(long size) throws IOException {
    need(position + size);
    byte[] taken = Arrays.copyOfRange(bytes, position, (int) (position + size));
    position = (int) Math.min(bytes.length, padded(position + size));
    return taken;
  }

  private void need(long end) throws EOFException {
    if (end > bytes.length) {
      throw new EOFException("cut off");
    }
  }

  private static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  private boolean isZero(int header) {
    for (int i = header; i < header + BLOCK; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The sum of its bytes is the one it tells, where that itself counts as blanks. */
  private boolean isHeader(int header) throws IOException {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : bytes[header + i] & 0xff;
    }
    return sum == number(header + 148, 8);
  }

  private String name(int header) {
    String name = text(Arrays.copyOfRange(bytes, header, header + 100));
    // GNU headers, whose magic has a blank there, use the bytes of the prefix otherwise.
    if (bytes[header + 262] != 0 || bytes[header + 345] == 0) {
      return name;
    }
    return text(Arrays.copyOfRange(bytes, header + 345, header + 500)) + "/" + name;
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
    if ((bytes[at] & 0x80) != 0) {
      for (int i = at + 1; i < at + length; i++) {
        if (value >> 50 != 0) {
          throw new IOException("wrong number in a tar header");
        }
        value = (value << 8) | (bytes[i] & 0xff);
      }
      return value;
    }
    for (int i = at; i < at + length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '7') {
        value = (value << 3) + bytes[i] - '0';
      } else if (bytes[i] != ' ' && bytes[i] != 0) {
        throw new IOException("wrong number in a tar header");
      }
    }
    return value;
  }
}
