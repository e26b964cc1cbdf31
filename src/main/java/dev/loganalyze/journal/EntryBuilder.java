package dev.loganalyze.journal;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Makes a {@link JournalEntry} of the fields of a text form, where the numbers are fields too. */
final class EntryBuilder {
  /** So many bytes the values of an entry may have together. */
  private static final int MAX_SIZE = 2 * Field.MAX_BYTES;

  private final List<Field> fields = new ArrayList<>();
  private Id128 seqnumId = Id128.NULL;
  private long seqnum;
  private Id128 bootId = Id128.NULL;
  private long realtime;
  private long monotonic;
  private long xorHash;
  private boolean empty = true;
  private int size;

  /** So many of the fields have a value that is a copy. */
  private int copied;

  /** Notes that there is a field that nobody asks for. */
  void pass() {
    empty = false;
  }

  /** Copies the values, so that what they were views on need not be kept. */
  void copyValues() {
    for (; copied < fields.size(); copied++) {
      Field field = fields.get(copied);
      fields.set(copied, new Field(field.name(), field.value(), 0, field.length()));
    }
  }

  /** Whether nothing has been added. */
  boolean isEmpty() {
    return empty;
  }

  /**
   * Adds a field; those that begin with two underscores go into the numbers of the entry, and those
   * of them that are not known are left out.
   *
   * @return false when it cannot be a part of an entry
   */
  boolean add(Field field) {
    switch (field.name()) {
      case "__CURSOR" -> {
        return cursor(field);
      }
      case "__REALTIME_TIMESTAMP" -> {
        long micros = time(field);
        realtime = micros < 0 ? realtime : micros;
        return micros >= 0;
      }
      case "__MONOTONIC_TIMESTAMP" -> {
        long micros = time(field);
        monotonic = micros < 0 ? monotonic : micros;
        return micros >= 0;
      }
      case "__SEQNUM" -> {
        seqnum = field.number() < 0 ? seqnum : field.number();
        return field.number() >= 0;
      }
      case "__SEQNUM_ID" -> {
        Id128 id = Id128.parse(field.buffer(), field.from(), field.to());
        seqnumId = id == null ? seqnumId : id;
        return id != null;
      }
      default -> {
        return field.name().startsWith("__") || keep(field);
      }
    }
  }

  private boolean keep(Field field) {
    if (fields.size() == Field.MAX_FIELDS || size + field.length() > MAX_SIZE) {
      return false;
    }
    size += field.length();
    if (field.name().equals("_BOOT_ID")) {
      Id128 boot = Id128.parse(field.buffer(), field.from(), field.to());
      bootId = boot == null ? bootId : boot;
    }
    fields.add(field);
    empty = false;
    return true;
  }

  /** The time that the field holds, in microseconds; -1 when it is none. */
  private long time(Field field) {
    empty = false;
    long number = field.number();
    return number < JournalEntry.TIME_LIMIT ? number : -1;
  }

  /** {@code s=…;i=…;b=…;m=…;t=…;x=…}, numbers in hexadecimal. */
  private boolean cursor(Field cursor) {
    empty = false;
    byte[] bytes = cursor.buffer();
    boolean valid = true;
    for (int from = cursor.from(); from < cursor.to(); ) {
      int to = from;
      while (to < cursor.to() && bytes[to] != ';') {
        to++;
      }
      valid &= to - from > 2 && part(bytes[from], bytes, from + 2, to);
      from = to + 1;
    }
    return valid;
  }

  private boolean part(byte key, byte[] bytes, int from, int to) {
    if (key == 's' || key == 'b') {
      Id128 id = Id128.parse(bytes, from, to);
      if (id == null) {
        return false;
      }
      if (key == 's') {
        seqnumId = id;
      } else {
        bootId = id;
      }
      return true;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      if (!HexFormat.isHexDigit(bytes[i]) || number >>> 60 != 0) {
        return false;
      }
      number = number << 4 | HexFormat.fromHexDigit(bytes[i]);
    }
    boolean possible = number >= 0 && number < JournalEntry.TIME_LIMIT;
    switch (key) {
      case 'i' -> seqnum = number;
      case 'm' -> monotonic = possible ? number : monotonic;
      case 't' -> realtime = possible ? number : realtime;
      case 'x' -> xorHash = number;
      default -> {
        // A part of a later systemd.
      }
    }
    return true;
  }

  JournalEntry build() {
    return new JournalEntry(
        seqnumId, seqnum, bootId, realtime, monotonic, xorHash, List.copyOf(fields));
  }
}
