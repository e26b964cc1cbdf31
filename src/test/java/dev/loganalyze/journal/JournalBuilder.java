package dev.loganalyze.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes small binary journals, sound ones and others. */
public final class JournalBuilder {
  static final Id128 SEQNUM_ID = new Id128(1, 2);
  static final Id128 BOOT_ID = new Id128(3, 4);
  static final long REALTIME = 1_795_000_001_500_000L;

  private static final int HEADER = 272;

  private final boolean compact;
  private final ByteBuffer file;
  private final List<Long> entries = new ArrayList<>();
  private final Map<String, Long> shared = new HashMap<>();

  JournalBuilder(boolean compact) {
    this(compact, 4 << 20);
  }

  private JournalBuilder(boolean compact, int capacity) {
    this.compact = compact;
    file = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    file.position(HEADER);
  }

  /** A compact file with the entries of {@code journal}, of at most {@code capacity} bytes. */
  public static byte[] of(JournalReader journal, int capacity) {
    JournalBuilder builder = new JournalBuilder(true, capacity);
    for (JournalEntry entry = journal.next(); entry != null; entry = journal.next()) {
      long[] items =
          entry.fields().stream()
              .mapToLong(f -> builder.shared.computeIfAbsent(f.toString(), builder::data))
              .toArray();
      int at = (int) builder.entry(items);
      builder.file.putLong(at + 24, entry.realtime()).putLong(at + 32, entry.monotonic());
      builder.file.order(ByteOrder.BIG_ENDIAN);
      builder.file.putLong(at + 40, entry.bootId().high()).putLong(at + 48, entry.bootId().low());
      builder.file.order(ByteOrder.LITTLE_ENDIAN);
    }
    return builder.build();
  }

  private int object(int type, int flags, int size) {
    int at = file.position();
    file.put(at, (byte) type).put(at + 1, (byte) flags).putLong(at + 8, size);
    file.position((at + size + 7) & ~7);
    return at;
  }

  /** Adds a DATA object; gives its offset. */
  long data(String text) {
    return data(text.getBytes(StandardCharsets.UTF_8), 0);
  }

  /** Adds a DATA object whose payload is packed as {@code flag} says; gives its offset. */
  long data(byte[] payload, int flag) {
    int head = compact ? 72 : 64;
    int at = object(JournalObjects.DATA, flag, head + payload.length);
    file.put(at + head, payload);
    return at;
  }

  /** Adds an ENTRY object and names it in the array that {@link #build} writes. */
  long entry(long... items) {
    return entryFrom(Arrays.stream(items).boxed().toList());
  }

  private long entryFrom(List<Long> items) {
    int item = compact ? 4 : 16;
    int at = object(JournalObjects.ENTRY, 0, 64 + items.size() * item);
    int number = entries.size() + 1;
    file.putLong(at + 16, number).putLong(at + 24, REALTIME + number).putLong(at + 32, number);
    file.order(ByteOrder.BIG_ENDIAN);
    file.putLong(at + 40, BOOT_ID.high()).putLong(at + 48, BOOT_ID.low());
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(at + 56, 99);
    for (int i = 0; i < items.size(); i++) {
      if (compact) {
        file.putInt(at + 64 + i * item, items.get(i).intValue());
      } else {
        file.putLong(at + 64 + i * item, items.get(i));
      }
    }
    entries.add((long) at);
    return at;
  }

  /** Names {@code offset} in the array of entries, whatever is there. */
  void nameEntry(long offset) {
    entries.add(offset);
  }

  /** Adds an ENTRY_ARRAY object; gives its offset. */
  int array(long next, List<Long> items) {
    int item = compact ? 4 : 8;
    int at = object(JournalObjects.ENTRY_ARRAY, 0, 24 + items.size() * item);
    file.putLong(at + 16, next);
    for (int i = 0; i < items.size(); i++) {
      if (compact) {
        file.putInt(at + 24 + i * item, items.get(i).intValue());
      } else {
        file.putLong(at + 24 + i * item, items.get(i));
      }
    }
    return at;
  }

  /** The file with one array of all entries. */
  byte[] build() {
    int array = array(0, entries);
    return build(array, entries.size());
  }

  /** The file with the chain of arrays that begins at {@code array}. */
  byte[] build(long array, long count) {
    file.put(0, "LPKSHHRH".getBytes(StandardCharsets.US_ASCII));
    file.putInt(12, 4 | (compact ? 16 : 0));
    file.order(ByteOrder.BIG_ENDIAN);
    file.putLong(72, SEQNUM_ID.high()).putLong(80, SEQNUM_ID.low());
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(88, HEADER).putLong(96, file.position() - HEADER).putLong(152, count);
    file.putLong(176, array);
    return Arrays.copyOf(file.array(), file.position());
  }
}
