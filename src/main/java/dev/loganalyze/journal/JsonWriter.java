package dev.loganalyze.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code -o json} and its kin. The numbers of the entry come first, then the fields as stored;
 * journalctl prints the same keys in no order at all.
 *
 * <p>Entries share most of their fields, so those that came twice are kept as they are printed. For
 * one thread.
 */
@SuppressWarnings("ReferenceEquality") // A field that entries share is one and the same.
final class JsonWriter implements JournalWriter {
  /** How one object is framed. */
  enum Style {
    /** One object a line. */
    LINES("", "\n", false),
    /** Indented, one key a line. */
    PRETTY("", "\n", true),
    /** RFC 7464. */
    SEQUENCE("\u001e", "\n", false),
    /** Server-sent events. */
    EVENTS("data: ", "\n\n", false);

    private final String before;
    private final String after;
    private final boolean pretty;

    Style(String before, String after, boolean pretty) {
      this.before = before;
      this.after = after;
      this.pretty = pretty;
    }
  }

  /** Fields with as many bytes of name and value are printed as null. */
  private static final int THRESHOLD = 4096;

  private static final byte[] NULL = ascii("null");
  private static final byte[] DIGITS = ascii("0123456789abcdef");

  /** How many printed fields are kept, and the most that one may have: in all 1 MiB. */
  private static final int SLOTS = 1 << 12;

  private static final int KEPT = 256;

  private final byte[] before;
  private final byte[] after;
  private final byte[] beforeKey;
  private final byte[] afterKey;
  private final boolean pretty;
  private final boolean seqnums;

  /** The object, as far as it is printed. */
  private byte[] bytes = new byte[1 << 13];

  private int end;

  private final Field[] seen = new Field[SLOTS];

  /** Of those that were seen twice: the comma, key and value. */
  private final byte[][] printed = new byte[SLOTS][];

  private final Set<String> names = new HashSet<>();

  /**
   * @param seqnums whether {@code __SEQNUM} and {@code __SEQNUM_ID} are printed, as journalctl does
   *     from version 254 on
   */
  JsonWriter(Style style, boolean seqnums) {
    before = ascii(style.before + "{");
    after = ascii((style.pretty ? "\n}" : "}") + style.after);
    beforeKey = ascii(style.pretty ? "\n\t\"" : "\"");
    afterKey = ascii(style.pretty ? "\" : " : "\":");
    pretty = style.pretty;
    this.seqnums = seqnums;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void write(JournalEntry entry, OutputStream out) throws IOException {
    end = 0;
    put(before);
    cursor(entry);
    number("__REALTIME_TIMESTAMP", entry.realtime());
    number("__MONOTONIC_TIMESTAMP", entry.monotonic());
    if (seqnums) {
      number("__SEQNUM", entry.seqnum());
      id("__SEQNUM_ID", entry.seqnumId());
    }
    id("_BOOT_ID", entry.bootId());
    if (isRepeating(entry)) {
      repeating(entry);
    } else {
      for (Field field : entry.fields()) {
        if (isPrinted(field)) {
          member(field);
        }
      }
    }
    put(after);
    out.write(bytes, 0, end);
  }

  private static boolean isPrinted(Field field) {
    return !field.name().equals("_BOOT_ID") && field.hasValidName();
  }

  // ---- members ----------------------------------------------------------------------------------

  private void cursor(JournalEntry entry) {
    key("__CURSOR");
    put('"', 's', '=');
    id(entry.seqnumId());
    put(';', 'i', '=');
    hex(entry.seqnum());
    put(';', 'b', '=');
    id(entry.bootId());
    put(';', 'm', '=');
    hex(entry.monotonic());
    put(';', 't', '=');
    hex(entry.realtime());
    put(';', 'x', '=');
    hex(entry.xorHash());
    put('"');
  }

  private void number(String name, long number) {
    put(',');
    key(name);
    put('"');
    put(ascii(Long.toString(number)));
    put('"');
  }

  private void id(String name, Id128 id) {
    put(',');
    key(name);
    put('"');
    id(id);
    put('"');
  }

  private void member(Field field) {
    int slot = slot(field);
    boolean again = seen[slot] == field;
    if (again && printed[slot] != null) {
      put(printed[slot]);
      return;
    }
    int from = end;
    put(',');
    key(field.name());
    value(field, 2);
    boolean kept = again && end - from <= KEPT;
    printed[slot] = kept ? Arrays.copyOfRange(bytes, from, end) : null;
    seen[slot] = field;
  }

  /** Values of one name differ at their ends. */
  private static int slot(Field field) {
    int hash = 31 * field.name().hashCode() + field.length();
    for (int i = Math.max(field.from(), field.to() - 6); i < field.to(); i++) {
      hash = 31 * hash + field.buffer()[i];
    }
    return (hash ^ (hash >>> 12)) & (SLOTS - 1);
  }

  private boolean isRepeating(JournalEntry entry) {
    names.clear();
    for (Field field : entry.fields()) {
      if (!names.add(field.name())) {
        return true;
      }
    }
    return false;
  }

  /** Fields of one name are a list, where the first of them stands. */
  private void repeating(JournalEntry entry) {
    Map<String, List<Field>> members = new LinkedHashMap<>();
    for (Field field : entry.fields()) {
      if (isPrinted(field)) {
        members.computeIfAbsent(field.name(), n -> new ArrayList<>(1)).add(field);
      }
    }
    members.values().forEach(this::member);
  }

  private void member(List<Field> values) {
    if (values.size() == 1) {
      member(values.get(0));
      return;
    }
    put(',');
    key(values.get(0).name());
    put('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        put(',');
      }
      newLine(2);
      value(values.get(i), 3);
    }
    newLine(1);
    put(']');
  }

  private void key(String name) {
    put(beforeKey);
    put(name.getBytes(StandardCharsets.ISO_8859_1));
    put(afterKey);
  }

  // ---- values -----------------------------------------------------------------------------------

  private void value(Field field, int indent) {
    if (field.name().length() + 1 + field.length() >= THRESHOLD) {
      put(NULL);
    } else if (Printable.isText(field)) {
      string(field);
    } else {
      put('[');
      for (int i = field.from(); i < field.to(); i++) {
        if (i > field.from()) {
          put(',');
        }
        newLine(indent);
        put(ascii(Integer.toString(field.buffer()[i] & 0xff)));
      }
      newLine(indent - 1);
      put(']');
    }
  }

  /** The text of {@code field}, which has no control characters but tab and LF. */
  private void string(Field field) {
    need(2 * field.length() + 2);
    byte[] from = field.buffer();
    byte[] into = bytes;
    int at = end;
    into[at++] = '"';
    for (int i = field.from(); i < field.to(); i++) {
      byte b = from[i];
      if (b == '"' || b == '\\' || (b < 0x20 && b >= 0)) {
        into[at++] = '\\';
        b = b == '\n' ? (byte) 'n' : b == '\t' ? (byte) 't' : b;
      }
      into[at++] = b;
    }
    into[at++] = '"';
    end = at;
  }

  private void id(Id128 id) {
    digits(id.high(), 16);
    digits(id.low(), 16);
  }

  /** Without leading zeros. */
  private void hex(long number) {
    digits(number, Math.max(1, (67 - Long.numberOfLeadingZeros(number)) / 4));
  }

  private void digits(long number, int count) {
    need(count);
    for (int i = count - 1; i >= 0; i--) {
      bytes[end++] = DIGITS[(int) (number >>> (4 * i)) & 15];
    }
  }

  private void newLine(int tabs) {
    if (pretty) {
      put('\n');
      for (int i = 0; i < tabs; i++) {
        put('\t');
      }
    }
  }

  private void put(char one) {
    need(1);
    bytes[end++] = (byte) one;
  }

  private void put(char one, char two, char three) {
    put(one);
    put(two);
    put(three);
  }

  private void put(byte[] text) {
    need(text.length);
    System.arraycopy(text, 0, bytes, end, text.length);
    end += text.length;
  }

  private void need(int more) {
    if (bytes.length - end < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + more));
    }
  }
}
