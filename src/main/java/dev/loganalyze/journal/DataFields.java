package dev.loganalyze.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Fields by the offset of their DATA object. Entries share these objects, so the fields read last
 * are kept.
 */
final class DataFields {
  /** How many fields are kept: a power of two. */
  private static final int SLOTS = 1 << 12;

  /** When the kept fields hold more decompressed bytes than this, they are let go. */
  private static final int KEPT_BYTES = 16 << 20;

  private final JournalObjects objects;
  private final Decompressor decompressor;
  private final DamageLog damage;
  private final int[] offsets = new int[SLOTS];
  private final Field[] kept = new Field[SLOTS];
  private long keptBytes;

  /** How many bytes of values may still be given out. */
  private long budget;

  /**
   * A journal of an honest writer is far below these limits; one byte that stands for thousands in
   * each of thousands of entries is not.
   */
  DataFields(JournalObjects objects, DamageLog damage) {
    this.objects = objects;
    this.damage = damage;
    long length = objects.bytes.length;
    this.decompressor = new Decompressor(Field.MAX_BYTES + 8 * length);
    this.budget = Field.MAX_BYTES + 16 * length;
  }

  /** The field that the DATA object at {@code offset} holds; null, and counted, when none. */
  Field at(long offset) {
    if (!objects.isData(offset)) {
      damage.field("an entry names a field where there is none: byte ", unsigned(offset));
      return null;
    }
    int at = (int) offset;
    int slot = (at >>> 3) & (SLOTS - 1);
    if (offsets[slot] != at) {
      kept[slot] = read(at);
      offsets[slot] = at;
    }
    Field field = kept[slot];
    if (field == null) {
      damage.field("a field cannot be read: byte ", unsigned(offset));
      return null;
    }
    if (field.length() > budget) {
      damage.field(
          "its fields are larger than a journal of this size can have: byte ", unsigned(offset));
      return null;
    }
    budget -= field.length();
    return field;
  }

  /** Null when it cannot be read; the reason, which entries share, is noted here once. */
  private Field read(int at) {
    byte[] buffer = objects.bytes;
    int from = at + objects.payload;
    int to = at + objects.size(at);
    int compression = objects.compression(at);
    if (compression != 0) {
      if (keptBytes > KEPT_BYTES) {
        Arrays.fill(offsets, 0);
        Arrays.fill(kept, null);
        keptBytes = 0;
      }
      try {
        buffer = decompressor.decompress(compression, buffer, from, to);
      } catch (Decompressor.Failure e) {
        damage.entries(0, e.getMessage() + ": byte ", unsigned(at));
        return null;
      }
      keptBytes += buffer.length;
      from = 0;
      to = buffer.length;
    }
    int equals = from;
    int limit = Math.min(to, from + Field.MAX_NAME + 1);
    while (equals < limit && buffer[equals] != '=') {
      equals++;
    }
    if (equals == limit) {
      damage.entries(0, "a field has no name of at most 64 bytes: byte ", unsigned(at));
      return null;
    }
    if (to - equals - 1 > Field.MAX_BYTES) {
      damage.entries(0, "a field is larger than 64 MiB: byte ", unsigned(at));
      return null;
    }
    String name = new String(buffer, from, equals - from, StandardCharsets.ISO_8859_1);
    return new Field(name, buffer, equals + 1, to);
  }

  private static String unsigned(long offset) {
    return Long.toUnsignedString(offset);
  }
}
