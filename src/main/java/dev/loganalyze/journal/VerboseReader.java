package dev.loganalyze.journal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads what {@code journalctl -o verbose} prints (systemd {@code src/shared/logs-show.c}, {@code
 * output_verbose}): a line with the time and the cursor, then the fields, each behind four blanks;
 * further lines of a value stand below its beginning.
 */
public final class VerboseReader implements JournalReader {
  private static final int INDENT = 4;

  private final byte[] bytes;
  private final DamageLog damage = new DamageLog();
  private int at;

  /** Reads {@code bytes}, which are kept and not copied. */
  public VerboseReader(byte[] bytes) {
    this.bytes = bytes;
    at = nextHeader(0);
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
    if (at >= bytes.length) {
      return null;
    }
    EntryBuilder entry = new EntryBuilder();
    int end = end(bytes, at);
    int cursor = cursor(bytes, at, end);
    if (!entry.add(new Field("__CURSOR", bytes, cursor, end - 1))) {
      damage.field("a cursor cannot be read: byte ", Integer.toString(cursor));
    }
    at = Math.min(bytes.length, end + 1);
    while (at < bytes.length && isField(at, end(bytes, at))) {
      field(entry);
    }
    int next = nextHeader(at);
    if (next > at && !isAnnotation(at)) {
      damage.field("a line is no field: byte ", Integer.toString(at));
    }
    at = next;
    return entry.build();
  }

  private void field(EntryBuilder entry) {
    int end = end(bytes, at);
    int equals = at + INDENT;
    while (bytes[equals] != '=') {
      equals++;
    }
    String name = new String(bytes, at + INDENT, equals - at - INDENT, StandardCharsets.ISO_8859_1);
    int column = equals + 1 - at;
    int from = equals + 1;
    at = Math.min(bytes.length, end + 1);
    if (!isContinuation(at, column)) {
      add(entry, new Field(name, bytes, from, end));
      return;
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(bytes, from, end - from);
    while (isContinuation(at, column)) {
      end = end(bytes, at);
      value.write('\n');
      value.write(bytes, at + column, end - at - column);
      at = Math.min(bytes.length, end + 1);
    }
    add(entry, new Field(name, value.toByteArray(), 0, value.size()));
  }

  private void add(EntryBuilder entry, Field field) {
    if (!entry.add(field)) {
      damage.field("an entry has a number or a count it cannot have: byte ", Integer.toString(at));
    }
  }

  private boolean isContinuation(int start, int column) {
    if (start + column > bytes.length) {
      return false;
    }
    for (int i = start; i < start + column; i++) {
      if (bytes[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  private boolean isField(int start, int end) {
    int name = start + INDENT;
    if (end <= name || !isContinuation(start, INDENT)) {
      return false;
    }
    for (int i = name; i < end && i - name <= Field.MAX_NAME; i++) {
      if (bytes[i] == '=') {
        return Field.validName(new String(bytes, name, i - name, StandardCharsets.ISO_8859_1));
      }
    }
    return false;
  }

  private boolean isAnnotation(int start) {
    return start >= bytes.length || bytes[start] == '-' || bytes[start] == '\n';
  }

  private int nextHeader(int from) {
    int line = from;
    while (line < bytes.length && cursor(bytes, line, end(bytes, line)) < 0) {
      line = end(bytes, line) + 1;
    }
    return Math.min(line, bytes.length);
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

  @Override
  public List<Damage> damage() {
    return damage.list();
  }
}
