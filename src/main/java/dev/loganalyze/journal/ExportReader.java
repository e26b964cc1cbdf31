package dev.loganalyze.journal;

import java.io.InputStream;
import java.util.Set;

/**
 * Reads the Journal Export Format.
 *
 * @see <a href="https://systemd.io/JOURNAL_EXPORT_FORMATS/">Journal export formats</a>
 */
public final class ExportReader extends TextReader {
  /** The largest value that systemd-journal-remote takes (DATA_SIZE_MAX): 768 MiB. */
  private static final long MOST = 768L << 20;

  /** Reads {@code bytes}, which are kept and not copied. */
  public ExportReader(byte[] bytes) {
    super(StreamWindow.of(bytes), FieldNames.all());
  }

  /**
   * Reads {@code in} as entries are asked for, and holds no more of it than one field; it is not
   * closed.
   *
   * @param asked names of the fields to be read; null for all
   */
  public ExportReader(InputStream in, Set<String> asked) {
    super(StreamWindow.of(in), FieldNames.of(asked));
  }

  /** Whether {@code bytes} begin with a line {@code FIELD=value}, as this format does. */
  public static boolean matches(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && bytes[at] == '\n') {
      at++;
    }
    for (int i = at; i < bytes.length && i - at <= Field.MAX_NAME; i++) {
      if (bytes[i] == '=' || bytes[i] == '\n') {
        return Field.validName(bytes, at, i);
      }
    }
    return false;
  }

  @Override
  public JournalEntry next() {
    while (isMore()) {
      long start = window.place(at);
      EntryBuilder entry = new EntryBuilder();
      boolean whole = true;
      while (whole && isMore(entry) && window.bytes[at] != '\n') {
        whole = field(entry);
      }
      if (!whole) {
        toNextEntry();
      }
      at = Math.min(window.end, at + 1);
      if (!entry.isEmpty()) {
        return entry.build();
      }
      if (!whole) {
        damage.entries(1, "an entry cannot be read: byte ", Long.toString(start));
      }
    }
    return null;
  }

  private boolean isMore() {
    return at < window.end || readOn();
  }

  private boolean isMore(EntryBuilder entry) {
    return at < window.end || readOn(entry);
  }

  /** Reads one field; false when where the next one begins is not known. */
  private boolean field(EntryBuilder entry) {
    int end = window.lineEnd(at);
    while (end == window.end) {
      int seen = end - at;
      if (seen > Field.MAX_BYTES + Field.MAX_NAME) {
        return tooLong();
      }
      if (!readOn(entry)) {
        return ends();
      }
      end = window.lineEnd(at + seen);
    }
    byte[] bytes = window.bytes;
    int equals = at;
    int limit = Math.min(end, at + Field.MAX_NAME + 1);
    while (equals < limit && bytes[equals] != '=') {
      equals++;
    }
    if (!Field.validName(bytes, at, equals)) {
      damage.field("a line is no field: byte ", place());
      at = end + 1;
      return true;
    }
    String name = names.of(bytes, at, equals);
    if (equals == end) {
      return binary(entry, name, end + 1 - at);
    }
    int from = equals + 1;
    add(entry, name, from, end);
    at = end + 1;
    return true;
  }

  /** What is left has no LF. */
  private boolean ends() {
    int equals = at;
    while (equals < window.end && window.bytes[equals] != '=') {
      equals++;
    }
    boolean named = Field.validName(window.bytes, at, equals);
    damage.field(named ? "it ends inside a field: byte " : "a line is no field: byte ", place());
    at = window.end;
    return !named;
  }

  private boolean tooLong() {
    damage.field("a field is larger than 64 MiB: byte ", place());
    while (at == window.end || window.bytes[at] != '\n') {
      at = window.lineEnd(at);
      if (at == window.end && !readOn()) {
        return true;
      }
    }
    at++;
    return true;
  }

  /** {@code NAME LF}, then the size as 64-bit little-endian number, the value, LF. */
  private boolean binary(EntryBuilder entry, String name, int head) {
    String start = place();
    while (window.end - at < head + Long.BYTES && readOn(entry)) {
      // Until the size is there.
    }
    long size =
        window.end - at < head + Long.BYTES ? -1 : LittleEndian.u64(window.bytes, at + head);
    if (size > MOST || (size >= 0 && !window.mayHave(at, head + Long.BYTES + size + 1))) {
      size = -1;
    }
    if (size >= 0 && (name == null || size > Field.MAX_BYTES)) {
      return passed(entry, name, head, size, start);
    }
    long whole = head + Long.BYTES + size + 1;
    while (size >= 0 && window.end - at < whole && readOn(entry)) {
      // Until the value is there.
    }
    if (size < 0 || window.end - at < whole || window.bytes[at + (int) whole - 1] != '\n') {
      damage.field("a binary field has a wrong size or is cut off: byte ", start);
      at += head;
      return false;
    }
    int from = at + head + Long.BYTES;
    add(entry, name, from, (int) (from + size));
    at = (int) (from + size + 1);
    return true;
  }

  /** Passes a value that is not to be read. */
  private boolean passed(EntryBuilder entry, String name, int head, long size, String start) {
    entry.copyValues();
    at = window.skip(at + head + Long.BYTES, size);
    if (!isMore() || window.bytes[at] != '\n') {
      damage.field("a binary field has a wrong size or is cut off: byte ", start);
      return false;
    }
    if (name != null) {
      damage.field("a field is larger than 64 MiB: byte ", start);
    }
    entry.pass();
    at++;
    return true;
  }

  private void add(EntryBuilder entry, String name, int from, int to) {
    if (name == null) {
      entry.pass();
    } else if (to - from > Field.MAX_BYTES) {
      damage.field("a field is larger than 64 MiB: byte ", Long.toString(window.place(from)));
    } else if (!entry.add(new Field(name, window.bytes, from, to))) {
      damage.field(
          "an entry has a number or a count it cannot have: byte ",
          Long.toString(window.place(from)));
    }
  }

  /** Goes to the LF that ends this entry: one after an LF. */
  private void toNextEntry() {
    boolean before = true;
    while (isMore()) {
      boolean ends = window.bytes[at] == '\n';
      if (ends && before) {
        return;
      }
      before = ends;
      at++;
    }
  }
}
