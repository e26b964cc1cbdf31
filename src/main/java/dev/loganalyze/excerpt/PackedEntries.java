package dev.loganalyze.excerpt;

import dev.loganalyze.journal.Field;
import dev.loganalyze.journal.Id128;
import dev.loganalyze.journal.JournalEntry;
import dev.loganalyze.parse.JournalFacts;
import dev.loganalyze.parse.Level;
import dev.loganalyze.parse.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Journal entries without their messages, packed, and which of them each line is of. Of the fields
 * those are there that {@link JournalFacts} reads.
 */
final class PackedEntries {
  private static final String[] NAMES =
      JournalFacts.FIELDS.stream().sorted().toArray(String[]::new);

  /** The number of each name. */
  private static final Map<String, Integer> NUMBERS = numbers();

  private static final int MESSAGE_ID = NUMBERS.get("MESSAGE_ID");

  /** A longer value is nothing that any field of these holds; it is left out. */
  private static final int MOST = 4096;

  /** Realtime, monotonic, both halves of the boot's id. */
  private static final int HEAD = 4 * Long.BYTES;

  /** The number of a name, the length of its value. */
  private static final int FIELD = 1 + Short.BYTES;

  private byte[] bytes = new byte[1 << 12];
  private ByteBuffer numbers = ByteBuffer.wrap(bytes);
  private int length;
  private int count;

  /** Where each entry begins. */
  private int[] from = new int[256];

  /** Whether it tells what sort of message it is. */
  private boolean[] catalogued = new boolean[256];

  private Telling[] telling = new Telling[256];

  private int lines;

  /** The entry of each line, and whether it is the first line of it. */
  private int[] of = new int[256];

  private boolean[] begins = new boolean[256];

  private static Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < NAMES.length; i++) {
      numbers.put(NAMES[i], i);
    }
    return numbers;
  }

  void clear() {
    length = 0;
    count = 0;
    lines = 0;
  }

  /** How many bytes they take. */
  int size() {
    return length;
  }

  /** How many entries there are. */
  int count() {
    return count;
  }

  /**
   * Adds an entry and gives its number.
   *
   * @param what is known of it without its words; may be null
   */
  int add(JournalEntry entry, Telling what) {
    int i = add(what);
    reserve(HEAD);
    numbers.putLong(length, entry.realtime());
    numbers.putLong(length + 8, entry.monotonic());
    numbers.putLong(length + 16, entry.bootId().high());
    numbers.putLong(length + 24, entry.bootId().low());
    length += HEAD;
    List<Field> fields = entry.fields();
    for (int f = 0; f < fields.size(); f++) {
      Field field = fields.get(f);
      Integer name = NUMBERS.get(field.name());
      if (name != null && field.length() <= MOST) {
        reserve(FIELD + field.length());
        catalogued[i] |= name == MESSAGE_ID;
        bytes[length] = name.byteValue();
        numbers.putShort(length + 1, (short) field.length());
        System.arraycopy(field.buffer(), field.from(), bytes, length + FIELD, field.length());
        length += FIELD + field.length();
      }
    }
    return i;
  }

  /** Adds an entry as {@link #copy} gave it, and gives its number; to be read again and no more. */
  int add(byte[] packed, int size) {
    int i = add((Telling) null);
    reserve(size);
    System.arraycopy(packed, 0, bytes, length, size);
    length += size;
    return i;
  }

  /** Copies entry {@code i} into {@code packed}, or a larger array, which is given. */
  byte[] copy(int i, byte[] packed) {
    int size = size(i);
    byte[] into = packed.length < size ? new byte[size + size / 4] : packed;
    System.arraycopy(bytes, from[i], into, 0, size);
    return into;
  }

  /** How many bytes entry {@code i} takes. */
  int size(int i) {
    return end(i) - from[i];
  }

  private int add(Telling what) {
    if (count == from.length) {
      from = Arrays.copyOf(from, 2 * count);
      catalogued = Arrays.copyOf(catalogued, 2 * count);
      telling = Arrays.copyOf(telling, 2 * count);
    }
    from[count] = length;
    catalogued[count] = false;
    telling[count] = what;
    return count++;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + (bytes.length >> 1)));
      numbers = ByteBuffer.wrap(bytes);
    }
  }

  /** Adds the next line, which is one of entry {@code i}. */
  void addLine(int i, boolean first) {
    if (lines == of.length) {
      of = Arrays.copyOf(of, 2 * lines);
      begins = Arrays.copyOf(begins, 2 * lines);
    }
    begins[lines] = first;
    of[lines++] = i;
  }

  /** The entry of a line, counted from 0. */
  int of(int line) {
    return of[line];
  }

  /** Whether a line, counted from 0, is the first of its entry. */
  boolean begins(int line) {
    return begins[line];
  }

  /** What sort of sentence a line is that is {@code words} by its words. */
  Shape shape(int line, Shape words) {
    return begins[line] && catalogued[of[line]]
        ? JournalFacts.surer(JournalFacts.shape(get(of[line])), words)
        : words;
  }

  /** The level of a line, if it is one of the kernel; or null. */
  Level level(int line) {
    return Level.of(get(of[line]));
  }

  /** What is known of a line without its words; may be null. */
  Telling telling(int line) {
    return begins[line] ? telling[of[line]] : null;
  }

  private int end(int i) {
    return i + 1 < count ? from[i + 1] : length;
  }

  /** Entry {@code i}, without the fields that were left out. */
  JournalEntry get(int i) {
    int at = from[i];
    List<Field> fields = new ArrayList<>();
    for (int f = at + HEAD; f < end(i); ) {
      int size = numbers.getShort(f + 1);
      fields.add(new Field(NAMES[bytes[f]], bytes, f + FIELD, f + FIELD + size));
      f += FIELD + size;
    }
    return new JournalEntry(
        Id128.NULL,
        0,
        new Id128(numbers.getLong(at + 16), numbers.getLong(at + 24)),
        numbers.getLong(at),
        numbers.getLong(at + 8),
        0,
        Collections.unmodifiableList(fields));
  }
}
