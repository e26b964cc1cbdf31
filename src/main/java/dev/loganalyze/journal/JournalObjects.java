package dev.loganalyze.journal;

/**
 * The objects of a binary journal, each looked at only after its place, type and size have been
 * checked.
 *
 * <p>Layout (systemd {@code src/libsystemd/sd-journal/journal-def.h}): type (1 byte), flags (1),
 * reserved (6), size (8), then by type:
 *
 * <ul>
 *   <li>DATA: payload from byte 64 (compact: 72)
 *   <li>ENTRY: seqnum at 16, realtime at 24, monotonic at 32, boot id at 40, xor hash at 56, items
 *       from 64: offset and hash in 16 bytes (compact: the offset in 4)
 *   <li>ENTRY_ARRAY: offset of the next one at 16, items from 24 in 8 bytes (compact: 4), 0 for
 *       those not used yet
 * </ul>
 */
final class JournalObjects {
  static final int DATA = 1;
  static final int ENTRY = 3;
  static final int ENTRY_ARRAY = 6;
  static final int LAST_TYPE = 7;

  static final int OBJECT_HEADER = 16;
  static final int ENTRY_ITEMS = 64;
  static final int ARRAY_ITEMS = 24;

  private static final int COMPRESSION_FLAGS = 7;

  final JournalBytes bytes;
  final long first;
  final int payload;
  final int entryItem;
  private final int arrayItem;

  JournalObjects(JournalBytes bytes, JournalHeader header) {
    this.bytes = bytes;
    this.first = header.firstObject(bytes.length());
    this.payload = header.compact() ? 72 : 64;
    this.entryItem = header.compact() ? 4 : 16;
    this.arrayItem = header.compact() ? 4 : 8;
  }

  /** Size in bytes of the object at {@code offset}; -1 when no object can be there. */
  long size(long offset) {
    if (offset < first || offset > bytes.length() - OBJECT_HEADER || (offset & 7) != 0) {
      return -1;
    }
    int type = bytes.u8(offset);
    long size = bytes.u64(offset + 8);
    return type >= DATA
            && type <= LAST_TYPE
            && size >= OBJECT_HEADER
            && size <= bytes.length() - offset
        ? size
        : -1;
  }

  private boolean is(int type, long offset, int least) {
    return is(type, offset, size(offset), least);
  }

  private boolean is(int type, long offset, long size, int least) {
    return size >= least && bytes.u8(offset) == type;
  }

  boolean isData(long offset) {
    return is(DATA, offset, payload);
  }

  boolean isArray(long offset) {
    return is(ENTRY_ARRAY, offset, ARRAY_ITEMS);
  }

  /** Whether an entry with possible numbers lies there; what its items lead to is not looked at. */
  boolean isEntry(long offset) {
    long size = size(offset);
    if (!is(ENTRY, offset, size, ENTRY_ITEMS) || (size - ENTRY_ITEMS) % entryItem != 0) {
      return false;
    }
    long realtime = realtime(offset);
    long monotonic = monotonic(offset);
    return seqnum(offset) > 0
        && realtime > 0
        && realtime < JournalEntry.TIME_LIMIT
        && monotonic >= 0
        && monotonic < JournalEntry.TIME_LIMIT;
  }

  int compression(long data) {
    return bytes.u8(data + 1) & COMPRESSION_FLAGS;
  }

  long seqnum(long entry) {
    return bytes.u64(entry + 16);
  }

  long realtime(long entry) {
    return bytes.u64(entry + 24);
  }

  long monotonic(long entry) {
    return bytes.u64(entry + 32);
  }

  Id128 bootId(long entry) {
    return new Id128(
        Long.reverseBytes(bytes.u64(entry + 40)), Long.reverseBytes(bytes.u64(entry + 48)));
  }

  long xorHash(long entry) {
    return bytes.u64(entry + 56);
  }

  long itemCount(long entry) {
    return (size(entry) - ENTRY_ITEMS) / entryItem;
  }

  /** Offset of the DATA object that item {@code i} of an entry leads to; unchecked. */
  long item(long entry, long i) {
    return offset(entry + ENTRY_ITEMS + i * entryItem, entryItem);
  }

  long nextArray(long array) {
    return bytes.u64(array + 16);
  }

  long arrayCount(long array) {
    return (size(array) - ARRAY_ITEMS) / arrayItem;
  }

  /** Offset of the entry that item {@code i} of an array leads to; unchecked, 0 for none. */
  long arrayItem(long array, long i) {
    return offset(array + ARRAY_ITEMS + i * arrayItem, arrayItem);
  }

  private long offset(long at, int width) {
    return width == 4 ? bytes.u32(at) : bytes.u64(at);
  }
}
