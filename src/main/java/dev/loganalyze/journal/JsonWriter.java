package dev.loganalyze.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code -o json} and its kin. The numbers of the entry come first, then the fields as stored;
 * journalctl prints the same keys in no order at all.
 */
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

  private final Style style;
  private final boolean seqnums;

  /**
   * @param seqnums whether {@code __SEQNUM} and {@code __SEQNUM_ID} are printed, as journalctl does
   *     from version 254 on
   */
  JsonWriter(Style style, boolean seqnums) {
    this.style = style;
    this.seqnums = seqnums;
  }

  @Override
  public void write(JournalEntry entry, OutputStream out) throws IOException {
    Map<String, List<Field>> members = new LinkedHashMap<>();
    for (Field field : entry.fields()) {
      if (!field.name().equals("_BOOT_ID") && field.hasValidName()) {
        members.computeIfAbsent(field.name(), n -> new ArrayList<>(1)).add(field);
      }
    }
    StringBuilder text = new StringBuilder(1024).append(style.before).append('{');
    key("__CURSOR", text).append('"').append(entry.cursor()).append('"');
    number("__REALTIME_TIMESTAMP", entry.realtime(), text.append(','));
    number("__MONOTONIC_TIMESTAMP", entry.monotonic(), text.append(','));
    if (seqnums) {
      number("__SEQNUM", entry.seqnum(), text.append(','));
      key("__SEQNUM_ID", text.append(',')).append('"').append(entry.seqnumId()).append('"');
    }
    key("_BOOT_ID", text.append(',')).append('"').append(entry.bootId()).append('"');
    for (Map.Entry<String, List<Field>> member : members.entrySet()) {
      key(member.getKey(), text.append(','));
      if (member.getValue().size() == 1) {
        value(member.getValue().get(0), "\t\t", text);
      } else {
        list(member.getValue(), text);
      }
    }
    text.append(style.pretty ? "\n}" : "}").append(style.after);
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private StringBuilder key(String name, StringBuilder text) {
    text.append(style.pretty ? "\n\t\"" : "\"").append(name);
    return text.append(style.pretty ? "\" : " : "\":");
  }

  private void number(String name, long number, StringBuilder text) {
    key(name, text).append('"').append(number).append('"');
  }

  private void list(List<Field> values, StringBuilder text) {
    text.append('[');
    for (int i = 0; i < values.size(); i++) {
      text.append(i > 0 ? "," : "").append(style.pretty ? "\n\t\t" : "");
      value(values.get(i), "\t\t\t", text);
    }
    text.append(style.pretty ? "\n\t]" : "]");
  }

  private void value(Field field, String indent, StringBuilder text) {
    if (field.name().length() + 1 + field.length() >= THRESHOLD) {
      text.append("null");
    } else if (Printable.isText(field)) {
      string(field.text(), text);
    } else {
      text.append('[');
      for (int i = field.from(); i < field.to(); i++) {
        text.append(i > field.from() ? "," : "").append(style.pretty ? "\n" + indent : "");
        text.append(field.buffer()[i] & 0xff);
      }
      text.append(style.pretty ? "\n" + indent.substring(1) : "").append(']');
    }
  }

  private static void string(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        default -> text.append(c);
      }
    }
    text.append('"');
  }
}
