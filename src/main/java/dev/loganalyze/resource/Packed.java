package dev.loganalyze.resource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Values in bytes, one after the other, as the build writes and the program reads them: nothing has
 * to be parsed or checked. Reader and writer are always of one build, so that the form has no
 * version. Numbers are little-endian. A small one takes as many bytes as it needs: seven bits in
 * each, those of least weight first, its sign in the lowest (sint32 of Protocol Buffers).
 */
public final class Packed {
  /** Length of a text that is null. */
  private static final int NULL = -1;

  private Packed() {}

  private static ByteBuffer little(byte[] bytes, int from, int length) {
    return ByteBuffer.wrap(bytes, from, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes values. */
  public static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A number. */
    public void number(long value) {
      byte[] bytes = new byte[Long.BYTES];
      little(bytes, 0, bytes.length).putLong(value);
      out.writeBytes(bytes);
    }

    /** A small number. */
    public void integer(int value) {
      int rest = (value << 1) ^ (value >> 31);
      while ((rest & ~0x7f) != 0) {
        out.write(rest | 0x80);
        rest >>>= 7;
      }
      out.write(rest);
    }

    /** Bytes. */
    public void bytes(byte[] values) {
      integer(values.length);
      out.writeBytes(values);
    }

    /** Small numbers. */
    public void integers(int[] values) {
      integer(values.length);
      byte[] bytes = new byte[values.length * Integer.BYTES];
      little(bytes, 0, bytes.length).asIntBuffer().put(values);
      out.writeBytes(bytes);
    }

    /** A text; may be null. */
    public void text(String text) {
      if (text == null) {
        integer(NULL);
        return;
      }
      // Characters of a byte each, as Java holds them in memory too, wherever that is possible.
      boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
      Charset charset = latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
      byte[] bytes = text.getBytes(charset);
      integer(bytes.length << 1 | (latin ? 0 : 1));
      out.writeBytes(bytes);
    }

    /** A word of an enumeration; may be null. */
    public void word(Enum<?> word) {
      integer(word == null ? NULL : word.ordinal());
    }

    /** Several values, each written by {@code write}. */
    public <T> void list(Collection<T> values, BiConsumer<Writer, T> write) {
      integer(values.size());
      values.forEach(value -> write.accept(this, value));
    }

    /** Texts; an immutable set has another order in each process, so they are sorted. */
    public void texts(Set<String> texts) {
      list(new TreeSet<>(texts), Writer::text);
    }

    /** As {@link #list}, for {@link Reader#later}. */
    public <T> void later(Collection<T> values, BiConsumer<Writer, T> write) {
      Writer later = new Writer();
      later.list(values, write);
      bytes(later.written());
    }

    /** All that {@code other} wrote. */
    public void append(Writer other) {
      out.writeBytes(other.written());
    }

    /** All that was written. */
    public byte[] written() {
      return out.toByteArray();
    }
  }

  /** Reads the values in the order in which they were written; for one thread. */
  public static final class Reader {
    private final byte[] bytes;

    /** Where the next value stands. */
    private int at;

    /** A reader of what {@link Writer#written} gave. */
    public Reader(byte[] bytes) {
      this(bytes, 0);
    }

    private Reader(byte[] bytes, int from) {
      this.bytes = bytes;
      at = from;
    }

    /**
     * A reader of the file {@code path} of the program, from the root of its classes.
     *
     * @throws IllegalStateException when the program was built without it
     */
    public static Reader of(String path) {
      return new Reader(ProgramFile.bytes(path));
    }

    /** A number. */
    public long number() {
      at += Long.BYTES;
      return little(bytes, at - Long.BYTES, Long.BYTES).getLong();
    }

    /** A small number. */
    public int integer() {
      int value = bytes[at++];
      if (value < 0) {
        value &= 0x7f;
        int shift = 7;
        for (int more = -1; more < 0; shift += 7) {
          more = bytes[at++];
          value |= (more & 0x7f) << shift;
        }
      }
      return (value >>> 1) ^ -(value & 1);
    }

    /** Bytes. */
    public byte[] bytes() {
      int length = integer();
      at += length;
      return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** Small numbers. */
    public int[] integers() {
      int[] values = new int[integer()];
      int length = values.length * Integer.BYTES;
      little(bytes, at, length).asIntBuffer().get(values);
      at += length;
      return values;
    }

    /** A text, or null. */
    public String text() {
      int form = integer();
      if (form == NULL) {
        return null;
      }
      int length = form >> 1;
      at += length;
      Charset charset = (form & 1) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
      return new String(bytes, at - length, length, charset);
    }

    /** One of {@code words}, all of an enumeration; or null. */
    public <E extends Enum<E>> E word(E[] words) {
      int ordinal = integer();
      return ordinal == NULL ? null : words[ordinal];
    }

    /** Several values, each read by {@code read}. */
    public <T> List<T> list(Function<Reader, T> read) {
      int size = integer();
      if (size == 0) {
        return List.of();
      }
      List<T> values = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        values.add(read.apply(this));
      }
      return values;
    }

    /** The texts that {@link Writer#texts} wrote. */
    public Set<String> texts() {
      List<String> texts = list(Reader::text);
      return texts.isEmpty() ? Set.of() : Set.copyOf(texts);
    }

    /** Several values, which are read when somebody first asks for them. */
    public <T> List<T> later(Function<Reader, T> read) {
      int length = integer();
      int from = at;
      at += length;
      return new Later<>(() -> new Reader(bytes, from).list(read));
    }
  }

  private static final class Later<T> extends AbstractList<T> {
    private final Supplier<List<T>> read;
    private volatile List<T> values;

    Later(Supplier<List<T>> read) {
      this.read = read;
    }

    private List<T> values() {
      if (values == null) {
        values = read.get();
      }
      return values;
    }

    @Override
    public T get(int i) {
      return values().get(i);
    }

    @Override
    public int size() {
      return values().size();
    }
  }
}
