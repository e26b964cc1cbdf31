package dev.loganalyze.journal;

import java.util.Arrays;
import java.util.List;

/**
 * Fields by the offset of their DATA object. Entries share these objects, so the fields read last
 * are kept.
 */
@SuppressWarnings("ReferenceEquality") // A field that nobody asks for is one and the same.
final class DataFields {
  /** How many fields are kept: a power of two. */
  private static final int SLOTS = 1 << 15;

  /** When the kept fields hold more bytes of their own than this, they are let go. */
  private static final int KEPT_BYTES = 16 << 20;

  /** What a kept field costs besides its value. */
  private static final int OVERHEAD = 64;

  /** Stands for a field that nobody asks for. */
  private static final Field UNASKED = new Field("", new byte[0], 0, 0);

  private final JournalObjects objects;
  private final FieldNames names;
  private final Decompressor decompressor;
  private final DamageLog damage;

  /** Without their last three bits, which are zero. */
  private final int[] offsets = new int[SLOTS];

  private final Field[] kept = new Field[SLOTS];
  private long keptBytes;

  /** How many bytes of values may still be given out. */
  private long budget;

  /**
   * A journal of an honest writer is far below these limits; one byte that stands for thousands in
   * each of thousands of entries is not.
   */
  DataFields(JournalObjects objects, FieldNames names, DamageLog damage) {
    this.objects = objects;
    this.names = names;
    this.damage = damage;
    long length = objects.bytes.length();
    this.decompressor = new Decompressor(Field.MAX_BYTES + 8 * length);
    this.budget = Field.MAX_BYTES + 16 * length;
  }

  /**
   * Adds the field that the DATA object at {@code offset} holds, if somebody asks for it; counts
   * one that cannot be read.
   */
  void add(long offset, List<Field> fields) {
    int key = (int) (offset >>> 3);
    int slot = key & (SLOTS - 1);
    // What is kept was looked at before.
    if (key == 0 || offsets[slot] != key || (offset & 7) != 0 || offset >>> 34 != 0) {
      if (!objects.isData(offset)) {
        damage.field("an entry names a field where there is none: byte ", unsigned(offset));
        return;
      }
      Field read = read(offset);
      kept[slot] = read;
      offsets[slot] = key;
    }
    Field field = kept[slot];
    if (field == UNASKED) {
      return;
    }
    if (field == null) {
      damage.field("a field cannot be read: byte ", unsigned(offset));
    } else if (field.length() > budget) {
      damage.field(
          "its fields are larger than a journal of this size can have: byte ", unsigned(offset));
    } else {
      budget -= field.length();
      fields.add(field);
    }
  }

  /** Lets go of the fields that are kept. */
  void forget() {
    Arrays.fill(offsets, 0);
    Arrays.fill(kept, null);
    keptBytes = 0;
  }

  /** Null when it cannot be read; the reason, which entries share, is noted here once. */
  private Field read(long at) {
    JournalBytes bytes = objects.bytes;
    long payload = at + objects.payload;
    long size = objects.size(at) - objects.payload;
    if (size > Field.MAX_BYTES + Field.MAX_NAME + 1) {
      return none("a field is larger than 64 MiB: byte ", at);
    }
    int compression = objects.compression(at);
    if (keptBytes > KEPT_BYTES) {
      forget();
    }
    if (compression == 0 && bytes.isArray()) {
      return field(bytes.array(), (int) payload, (int) (payload + size), at);
    }
    if (compression == 0) {
      // The whole of it only if somebody asks.
      int head = (int) Math.min(size, Field.MAX_NAME + 1);
      Field begin = field(bytes.copy(payload, head), 0, head, at);
      if (begin == null || begin == UNASKED || head == size) {
        return begin;
      }
      int value = (int) size - begin.name().length() - 1;
      keptBytes += value;
      return new Field(
          begin.name(), bytes.copy(payload + begin.name().length() + 1, value), 0, value);
    }
    byte[] packed = bytes.isArray() ? bytes.array() : bytes.copy(payload, (int) size);
    int from = bytes.isArray() ? (int) payload : 0;
    try {
      byte[] value = decompressor.decompress(compression, packed, from, from + (int) size);
      keptBytes += value.length;
      return field(value, 0, value.length, at);
    } catch (Decompressor.Failure e) {
      return none(e.getMessage() + ": byte ", at);
    }
  }

  private Field field(byte[] buffer, int from, int to, long at) {
    keptBytes += OVERHEAD;
    int equals = from;
    int limit = Math.min(to, from + Field.MAX_NAME + 1);
    while (equals < limit && buffer[equals] != '=') {
      equals++;
    }
    if (equals == limit) {
      return none("a field has no name of at most 64 bytes: byte ", at);
    }
    if (to - equals - 1 > Field.MAX_BYTES) {
      return none("a field is larger than 64 MiB: byte ", at);
    }
    String name = names.of(buffer, from, equals);
    return name == null ? UNASKED : new Field(name, buffer, equals + 1, to);
  }

  private Field none(String reason, long at) {
    damage.entries(0, reason, unsigned(at));
    return null;
  }

  private static String unsigned(long offset) {
    return Long.toUnsignedString(offset);
  }
}
