package dev.loganalyze.journal;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the Journal Export Format.
 *
 * @see <a href="https://systemd.io/JOURNAL_EXPORT_FORMATS/">Journal export formats</a>
 */
public final class ExportReader implements JournalReader {
  private final byte[] bytes;
  private final DamageLog damage = new DamageLog();
  private int at;

  /** Reads {@code bytes}, which are kept and not copied. */
  public ExportReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether {@code bytes} begin with a line {@code FIELD=value}, as this format does. */
  public static boolean matches(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && bytes[at] == '\n') {
      at++;
    }
    for (int i = at; i < bytes.length && i - at <= Field.MAX_NAME; i++) {
      if (bytes[i] == '=' || bytes[i] == '\n') {
        return Field.validName(name(bytes, at, i));
      }
    }
    return false;
  }

  @Override
  public JournalEntry next() {
    while (at < bytes.length) {
      int start = at;
      EntryBuilder entry = new EntryBuilder();
      boolean whole = true;
      while (whole && at < bytes.length && bytes[at] != '\n') {
        whole = field(entry);
      }
      if (!whole) {
        toNextEntry();
      }
      at = Math.min(bytes.length, at + 1);
      if (!entry.isEmpty()) {
        return entry.build();
      }
      if (!whole) {
        damage.entries(1, "an entry cannot be read: byte ", Integer.toString(start));
      }
    }
    return null;
  }

  /** Reads one field; false when where the next one begins is not known. */
  private boolean field(EntryBuilder entry) {
    int start = at;
    int equals = -1;
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      if (equals < 0 && bytes[end] == '=') {
        equals = end;
      }
      end++;
    }
    String name = name(bytes, start, equals < 0 ? end : equals);
    boolean named = Field.validName(name);
    if (!named) {
      damage.field("a line is no field: byte ", Integer.toString(start));
      at = Math.min(bytes.length, end + 1);
      return true;
    }
    if (end == bytes.length) {
      damage.field("it ends inside a field: byte ", Integer.toString(start));
      at = end;
      return false;
    }
    if (equals >= 0) {
      at = end + 1;
      add(entry, name, equals + 1, end);
      return true;
    }
    return binary(entry, name, start, end + 1);
  }

  /** {@code NAME LF}, then the size as 64-bit little-endian number, the value, LF. */
  private boolean binary(EntryBuilder entry, String name, int start, int sizeAt) {
    long left = bytes.length - (long) sizeAt - Long.BYTES - 1;
    long size = left < 0 ? -1 : LittleEndian.u64(bytes, sizeAt);
    if (size < 0 || size > left || bytes[(int) (sizeAt + Long.BYTES + size)] != '\n') {
      damage.field("a binary field has a wrong size or is cut off: byte ", Integer.toString(start));
      at = sizeAt;
      return false;
    }
    int from = sizeAt + Long.BYTES;
    at = (int) (from + size + 1);
    add(entry, name, from, (int) (from + size));
    return true;
  }

  private void add(EntryBuilder entry, String name, int from, int to) {
    if (to - from > Field.MAX_BYTES) {
      damage.field("a field is larger than 64 MiB: byte ", Integer.toString(from));
    } else if (!entry.add(new Field(name, bytes, from, to))) {
      damage.field(
          "an entry has a number or a count it cannot have: byte ", Integer.toString(from));
    }
  }

  /** Goes to the LF that ends this entry: one after an LF. */
  private void toNextEntry() {
    while (at < bytes.length && !(bytes[at] == '\n' && bytes[at - 1] == '\n')) {
      at++;
    }
  }

  @Override
  public List<Damage> damage() {
    return damage.list();
  }

  private static String name(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + Field.MAX_NAME + 1);
    return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
  }
}
