package dev.loganalyze.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** Fields that were seen keep no more bytes than these from being thrown away. */
  private static final int PINNED = 32 << 20;

  /** An object that is longer is written piece by piece. */
  private static final int PIECE = 1 << 16;

  /** So many names are known; more have no honest entries. */
  private static final int NAMES = 1 << 12;

  private final byte[] before;
  private final byte[] after;
  private final byte[] cursor;
  private final byte[] realtime;
  private final byte[] monotonic;
  private final byte[] seqnum;
  private final byte[] seqnumId;
  private final byte[] bootId;
  private final boolean pretty;
  private final boolean seqnums;

  /** The object, as far as it is printed. */
  private byte[] bytes = new byte[1 << 13];

  private int end;

  /** Where the object goes. */
  private OutputStream out;

  /** How many entries were printed, this one included. */
  private long entries;

  private final Id ofSeqnums = new Id();
  private final Id ofBoot = new Id();
  private final Map<String, Name> names = new HashMap<>();

  // By slot: a field that was seen, what is known of its name, and how it is printed, comma and key
  // included, when it was seen twice.

  private final Field[] seen = new Field[SLOTS];
  private final Name[] named = new Name[SLOTS];
  private final byte[][] printed = new byte[SLOTS][];

  /** The buffer of the field that was seen last, and the bytes of all of them. */
  private byte[] buffer = {};

  private long pinned;

  /** The digits of an id, which many entries share. */
  private static final class Id {
    private Id128 id;
    private final byte[] digits = new byte[32];

    byte[] digits(Id128 of) {
      if (!of.equals(id)) {
        id = of;
        hex(of.high(), digits, 0, 16);
        hex(of.low(), digits, 16, 16);
      }
      return digits;
    }
  }

  /** What is known of the fields of one name. */
  private static final class Name {
    /** Null for fields that are not printed. */
    private final byte[] key;

    /** The entry in which it came last, by its number. */
    private long entry;

    Name(byte[] key) {
      this.key = key;
    }
  }

  /**
   * @param seqnums whether {@code __SEQNUM} and {@code __SEQNUM_ID} are printed, as journalctl does
   *     from version 254 on
   */
  JsonWriter(Style style, boolean seqnums) {
    pretty = style.pretty;
    this.seqnums = seqnums;
    before = ascii(style.before + "{");
    after = ascii((pretty ? "\n}" : "}") + style.after);
    // The first has no comma.
    cursor = ascii(key("__CURSOR").substring(1) + "\"s=");
    realtime = ascii(key("__REALTIME_TIMESTAMP"));
    monotonic = ascii(key("__MONOTONIC_TIMESTAMP"));
    seqnum = ascii(key("__SEQNUM"));
    seqnumId = ascii(key("__SEQNUM_ID"));
    bootId = ascii(key("_BOOT_ID"));
  }

  private String key(String name) {
    return pretty ? ",\n\t\"" + name + "\" : " : ",\"" + name + "\":";
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void write(JournalEntry entry, OutputStream into) throws IOException {
    out = into;
    end = 0;
    entries++;
    if (names.size() > NAMES) {
      names.clear();
      Arrays.fill(seen, null);
    }
    head(entry);
    members(entry);
    put(after);
    out.write(bytes, 0, end);
  }

  private void head(JournalEntry entry) {
    put(before);
    put(cursor);
    put(ofSeqnums.digits(entry.seqnumId()));
    put(';', 'i', entry.seqnum());
    put(';', 'b');
    put(ofBoot.digits(entry.bootId()));
    put(';', 'm', entry.monotonic());
    put(';', 't', entry.realtime());
    put(';', 'x', entry.xorHash());
    put('"');
    put(realtime);
    number(entry.realtime());
    put(monotonic);
    number(entry.monotonic());
    if (seqnums) {
      put(seqnum);
      number(entry.seqnum());
      put(seqnumId);
      id(ofSeqnums.digits(entry.seqnumId()));
    }
    put(bootId);
    id(ofBoot.digits(entry.bootId()));
  }

  private void number(long number) {
    put('"');
    put(ascii(Long.toString(number)));
    put('"');
  }

  private void id(byte[] digits) {
    put('"');
    put(digits);
    put('"');
  }

  // ---- members ----------------------------------------------------------------------------------

  private void members(JournalEntry entry) throws IOException {
    int begin = end;
    for (Field field : entry.fields()) {
      int slot = slot(field);
      Name name = seen[slot] == field ? named[slot] : name(field);
      if (name.entry == entries) {
        end = begin;
        repeating(entry);
        return;
      }
      name.entry = entries;
      member(field, name, slot);
    }
  }

  private Name name(Field field) {
    return names.computeIfAbsent(
        field.name(),
        name -> {
          boolean isPrinted = !name.equals("_BOOT_ID") && field.hasValidName();
          return new Name(isPrinted ? ascii(key(name)) : null);
        });
  }

  private void member(Field field, Name name, int slot) {
    boolean again = seen[slot] == field;
    if (again && printed[slot] != null) {
      put(printed[slot]);
      return;
    }
    int from = end;
    if (name.key != null) {
      put(name.key);
      value(field, 2);
    }
    boolean kept = again && end - from <= KEPT;
    printed[slot] = kept ? Arrays.copyOfRange(bytes, from, end) : null;
    seen(field, slot);
    named[slot] = name;
  }

  private void seen(Field field, int slot) {
    if (field.buffer() != buffer) {
      buffer = field.buffer();
      pinned += buffer.length;
      if (pinned > PINNED) {
        Arrays.fill(seen, null);
        pinned = buffer.length;
      }
    }
    seen[slot] = field;
  }

  /** Values of one name differ at their ends. */
  private static int slot(Field field) {
    int hash = 31 * field.name().hashCode() + field.length();
    if (field.length() >= Long.BYTES) {
      hash = 31 * hash + Long.hashCode(LittleEndian.u64(field.buffer(), field.to() - Long.BYTES));
    } else {
      for (int i = field.from(); i < field.to(); i++) {
        hash = 31 * hash + field.buffer()[i];
      }
    }
    return (hash ^ (hash >>> 12)) & (SLOTS - 1);
  }

  /** Fields of one name are a list, where the first of them stands. */
  private void repeating(JournalEntry entry) throws IOException {
    Map<Name, List<Field>> all = new LinkedHashMap<>();
    for (Field field : entry.fields()) {
      all.computeIfAbsent(name(field), n -> new ArrayList<>(1)).add(field);
    }
    for (Map.Entry<Name, List<Field>> of : all.entrySet()) {
      List<Field> values = of.getValue();
      if (values.size() == 1) {
        member(values.get(0), of.getKey(), slot(values.get(0)));
      } else if (of.getKey().key != null) {
        list(values, of.getKey());
      }
    }
  }

  /** The values may be one and the same, so that they take more than their journal. */
  private void list(List<Field> values, Name name) throws IOException {
    put(name.key);
    put('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        put(',');
      }
      newLine(2);
      value(values.get(i), 3);
      if (end > PIECE) {
        out.write(bytes, 0, end);
        end = 0;
      }
    }
    newLine(1);
    put(']');
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
    bytes[end++] = '"';
    int at = field.from();
    while (at < field.to()) {
      int special = JsonReader.special(from, at, field.to());
      System.arraycopy(from, at, bytes, end, special - at);
      end += special - at;
      at = special;
      if (at < field.to()) {
        byte b = from[at++];
        bytes[end++] = '\\';
        bytes[end++] = b == '\n' ? (byte) 'n' : b == '\t' ? (byte) 't' : b;
      }
    }
    bytes[end++] = '"';
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

  private void put(char one, char two) {
    put(one);
    put(two);
    put('=');
  }

  /** One part of a cursor; its number in hexadecimal digits, without leading zeros. */
  private void put(char one, char two, long number) {
    put(one, two);
    int count = Math.max(1, (67 - Long.numberOfLeadingZeros(number)) / 4);
    need(count);
    hex(number, bytes, end, count);
    end += count;
  }

  private static void hex(long number, byte[] into, int at, int count) {
    long left = number;
    for (int i = at + count - 1; i >= at; i--) {
      into[i] = DIGITS[(int) left & 15];
      left >>>= 4;
    }
  }

  private void put(byte[] text) {
    need(text.length);
    System.arraycopy(text, 0, bytes, end, text.length);
    end += text.length;
  }

  private void need(int more) {
    if (bytes.length - end < more) {
      long size = Math.max(2L * bytes.length, (long) end + more);
      if (size > Integer.MAX_VALUE) {
        throw new OutOfMemoryError("an entry of more than 1 GiB");
      }
      bytes = Arrays.copyOf(bytes, (int) size);
    }
  }
}
