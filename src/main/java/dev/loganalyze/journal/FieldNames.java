package dev.loganalyze.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * The names of fields, each made once; and which fields are asked for. For one reader.
 *
 * <p>An entry has few names, and each of them a million times in a journal.
 */
final class FieldNames {
  private static final boolean[] IN_NAMES = inNames();

  /** A power of two; of more names than half of it the rest is made each time. */
  private static final int SLOTS = 1 << 12;

  /** Names that are never longer than {@link Field#MAX_NAME}. */
  private final byte[][] bytes = new byte[SLOTS][];

  private final String[] names = new String[SLOTS];
  private final boolean all;
  private int count;

  private FieldNames(boolean all) {
    this.all = all;
  }

  /** Asks for all fields. */
  static FieldNames all() {
    return new FieldNames(true);
  }

  /** Asks for the fields of these names; null for all. */
  static FieldNames of(Set<String> asked) {
    FieldNames names = new FieldNames(asked == null);
    if (asked != null) {
      for (String name : asked) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        names.add(names.slot(bytes, 0, bytes.length), bytes, name);
      }
    }
    return names;
  }

  /** Where the characters of a name end that begins at {@code from}; it may be none. */
  static int end(byte[] buffer, int from, int limit) {
    int end = from;
    while (end < limit && IN_NAMES[buffer[end] & 0xff]) {
      end++;
    }
    return end;
  }

  /** The name that these bytes are, each a character; null when nobody asks for it. */
  String of(byte[] buffer, int from, int to) {
    int slot = slot(buffer, from, to);
    if (names[slot] != null || !all) {
      return names[slot];
    }
    byte[] copy = Arrays.copyOfRange(buffer, from, to);
    String name = new String(copy, StandardCharsets.ISO_8859_1);
    if (2 * count < SLOTS) {
      add(slot, copy, name);
    }
    return name;
  }

  private void add(int slot, byte[] copy, String name) {
    bytes[slot] = copy;
    // The very string of a literal: most comparisons are over then.
    names[slot] = name.intern();
    count++;
  }

  /** The slot of the name, or the free one for it. */
  private int slot(byte[] buffer, int from, int to) {
    int slot = hash(buffer, from, to) & (SLOTS - 1);
    while (bytes[slot] != null
        && !Arrays.equals(buffer, from, to, bytes[slot], 0, bytes[slot].length)) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }

  /** Names are told apart by their length and ends; which of them are not, is compared. */
  private static int hash(byte[] buffer, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return 0;
    }
    int middle =
        buffer[from + (length >> 1)] + 7 * buffer[to - 1] + 31 * buffer[from + (length >> 2)];
    return 61 * length + 5 * middle + 17 * buffer[to - 1 - (length >> 2)];
  }

  private static boolean[] inNames() {
    boolean[] in = new boolean[256];
    Arrays.fill(in, 'A', 'Z' + 1, true);
    Arrays.fill(in, '0', '9' + 1, true);
    in['_'] = true;
    return in;
  }
}
