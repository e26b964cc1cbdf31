package dev.loganalyze.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes a {@link JournalEntry} of the fields of a text form, where the numbers are fields too. */
final class EntryBuilder {
  private final List<Field> fields = new ArrayList<>();
  private Id128 seqnumId = Id128.NULL;
  private long seqnum;
  private Id128 bootId = Id128.NULL;
  private long realtime;
  private long monotonic;
  private long xorHash;
  private boolean empty = true;

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
        return cursor(field.text());
      }
      case "__REALTIME_TIMESTAMP" -> {
        realtime = time(field, realtime);
        return isTime(field);
      }
      case "__MONOTONIC_TIMESTAMP" -> {
        monotonic = time(field, monotonic);
        return isTime(field);
      }
      case "__SEQNUM" -> {
        seqnum = field.number() < 0 ? seqnum : field.number();
        return field.number() >= 0;
      }
      case "__SEQNUM_ID" -> {
        Id128 id = Id128.parse(field.text());
        seqnumId = id == null ? seqnumId : id;
        return id != null;
      }
      default -> {
        return field.name().startsWith("__") || keep(field);
      }
    }
  }

  private boolean keep(Field field) {
    if (fields.size() == Field.MAX_FIELDS) {
      return false;
    }
    if (field.name().equals("_BOOT_ID")) {
      Id128 boot = Id128.parse(field.text());
      bootId = boot == null ? bootId : boot;
    }
    fields.add(field);
    empty = false;
    return true;
  }

  private static boolean isTime(Field field) {
    return field.number() >= 0 && field.number() < JournalEntry.TIME_LIMIT;
  }

  private long time(Field field, long before) {
    empty = false;
    return isTime(field) ? field.number() : before;
  }

  /** {@code s=…;i=…;b=…;m=…;t=…;x=…}, numbers in hexadecimal. */
  private boolean cursor(String cursor) {
    empty = false;
    boolean valid = true;
    for (int from = 0; from < cursor.length(); ) {
      int semicolon = cursor.indexOf(';', from);
      int to = semicolon < 0 ? cursor.length() : semicolon;
      valid &= to - from > 2 && part(cursor.charAt(from), cursor.substring(from + 2, to));
      from = to + 1;
    }
    return valid;
  }

  private boolean part(char key, String value) {
    if (key == 's' || key == 'b') {
      Id128 id = Id128.parse(value);
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
    long number;
    try {
      number = Long.parseUnsignedLong(value, 16);
    } catch (NumberFormatException e) {
      return false;
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
        seqnumId,
        seqnum,
        bootId,
        realtime,
        monotonic,
        xorHash,
        Collections.unmodifiableList(fields));
  }
}
