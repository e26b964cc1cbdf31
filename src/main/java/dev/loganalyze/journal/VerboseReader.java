package dev.loganalyze.journal;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Set;

/**
 * Reads what {@code journalctl -o verbose} prints (systemd {@code src/shared/logs-show.c}, {@code
 * output_verbose}): a line with the time and the cursor, then the fields, each behind four blanks;
 * further lines of a value stand below its beginning.
 */
public final class VerboseReader extends TextReader {
  private static final int INDENT = 4;

  /** Reads {@code bytes}, which are kept and not copied. */
  public VerboseReader(byte[] bytes) {
    super(StreamWindow.of(bytes), FieldNames.all());
  }

  /**
   * Reads {@code in} as entries are asked for, and holds no more of it than one field; it is not
   * closed.
   *
   * @param asked names of the fields to be read; null for all
   */
  public VerboseReader(InputStream in, Set<String> asked) {
    super(StreamWindow.of(in), FieldNames.of(asked));
  }

  /** Whether {@code bytes} begin, perhaps after a {@code -- …} line, with an entry's first line. */
  public static boolean matches(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && (bytes[at] == '-' || bytes[at] == '\n')) {
      at = Math.min(bytes.length, end(bytes, at) + 1);
    }
    return at < bytes.length && cursor(bytes, at, end(bytes, at)) >= 0;
  }

  @Override
  public JournalEntry next() {
    EntryBuilder entry = new EntryBuilder();
    int end = header(entry);
    if (end < 0) {
      return null;
    }
    int cursor = cursor(window.bytes, at, end);
    if (!entry.add(new Field("__CURSOR", window.bytes, cursor, end - 1))) {
      damage.field("a cursor cannot be read: byte ", Long.toString(window.place(cursor)));
    }
    at = after(end);
    for (end = lineEnd(entry); isField(end); end = lineEnd(entry)) {
      field(entry, end);
    }
    if (end >= 0 && cursor(window.bytes, at, end) < 0 && !isAnnotation()) {
      damage.field("a line is no field: byte ", place());
    }
    return entry.build();
  }

  /** Goes to the next first line of an entry; where that ends, or -1 when there is none. */
  private int header(EntryBuilder entry) {
    int end = lineEnd(entry);
    while (end >= 0 && cursor(window.bytes, at, end) < 0) {
      at = after(end);
      end = lineEnd(entry);
    }
    return end;
  }

  private void field(EntryBuilder entry, int end) {
    byte[] bytes = window.bytes;
    int from = at + INDENT;
    while (bytes[from] != '=') {
      from++;
    }
    String name = names.of(bytes, at + INDENT, from);
    from++;
    int column = from - at;
    at = after(end);
    if (!isContinuation(entry, column)) {
      add(entry, name, bytes, from, end);
      return;
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(bytes, from, end - from);
    while (isContinuation(entry, column)) {
      int next = lineEnd(entry);
      // What is too long is refused below; no more of it need be held.
      if (value.size() <= Field.MAX_BYTES) {
        value.write('\n');
        value.write(window.bytes, at + column, next - at - column);
      }
      at = after(next);
    }
    add(entry, name, value.toByteArray(), 0, value.size());
  }

  private void add(EntryBuilder entry, String name, byte[] bytes, int from, int to) {
    if (name == null) {
      entry.pass();
    } else if (to - from > Field.MAX_BYTES) {
      damage.field("a field is larger than 64 MiB: byte ", place());
    } else if (!entry.add(new Field(name, bytes, from, to))) {
      damage.field("an entry has a number or a count it cannot have: byte ", place());
    }
  }

  /** Whether the next line begins with so many blanks. */
  private boolean isContinuation(EntryBuilder entry, int column) {
    while (window.end - at < column && readOn(entry)) {
      // Until they are there.
    }
    return window.end - at >= column && isBlank(column);
  }

  private boolean isBlank(int column) {
    for (int i = at; i < at + column; i++) {
      if (window.bytes[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  private boolean isField(int end) {
    int name = at + INDENT;
    if (end <= name || !isBlank(INDENT)) {
      return false;
    }
    int equals = FieldNames.end(window.bytes, name, end);
    return equals < end
        && window.bytes[equals] == '='
        && Field.validName(window.bytes, name, equals);
  }

  private boolean isAnnotation() {
    return window.bytes[at] == '-' || window.bytes[at] == '\n';
  }

  /** Where the line ends that begins at {@link #at}, before its LF; -1 when there is none. */
  private int lineEnd(EntryBuilder entry) {
    if (at == window.end && !readOn(entry)) {
      return -1;
    }
    int end = window.lineEnd(at);
    // Of a longer line, which is no field, the next piece is taken for a line.
    while (end == window.end && end - at <= Field.MAX_BYTES + Field.MAX_NAME + INDENT) {
      int seen = end - at;
      if (!readOn(entry)) {
        return end;
      }
      end = window.lineEnd(at + seen);
    }
    return end;
  }

  /** Where the line begins that follows one that ends there. */
  private int after(int end) {
    return Math.min(window.end, end + 1);
  }

  /** Where the cursor of a first line begins: after its last {@code [}; -1 for any other line. */
  private static int cursor(byte[] bytes, int start, int end) {
    if (end - start < 30 || bytes[start] == ' ' || bytes[end - 1] != ']') {
      return -1;
    }
    for (int i = start; i + 2 < Math.min(end, start + 80); i++) {
      if (bytes[i] == '[') {
        return bytes[i + 1] == 's' && bytes[i + 2] == '=' ? i + 1 : -1;
      }
    }
    return -1;
  }

  private static int end(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }
}
