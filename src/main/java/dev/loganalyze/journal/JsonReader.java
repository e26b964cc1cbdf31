package dev.loganalyze.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads entries as journalctl prints them in JSON: one object a line, pretty over many lines,
 * {@code json-seq} (RFC 7464) and {@code json-sse} (each after {@code data: }).
 *
 * <p>Strings are text, arrays of numbers are bytes, arrays of those are a field that repeats. Null
 * stands for a value journalctl left out; such a field counts as lost.
 */
public final class JsonReader implements JournalReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] SSE = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final int RECORD_SEPARATOR = 0x1e;

  private final byte[] bytes;
  private final DamageLog damage = new DamageLog();
  private int at;

  /** The 1-based line that {@link #counted} lies in. */
  private int line = 1;

  private int counted;

  /** Reads {@code bytes}, which are kept and not copied. */
  public JsonReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether {@code bytes} begin with an object whose first key is the name of a field. */
  public static boolean matches(byte[] bytes) {
    int start = skipFraming(bytes, 0);
    if (start == bytes.length || bytes[start] != '{') {
      return false;
    }
    try (JsonParser parser = parser(bytes, start)) {
      parser.nextToken();
      return parser.nextToken() == JsonToken.FIELD_NAME && Field.validName(parser.currentName());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public JournalEntry next() {
    while (true) {
      int start = skipFraming(bytes, at);
      if (start == bytes.length) {
        return null;
      }
      if (bytes[start] != '{') {
        damage.entries(1, "a line is no JSON object: line ", line(start));
        at = nextLine(start);
        continue;
      }
      EntryBuilder entry = new EntryBuilder();
      try (JsonParser parser = parser(bytes, start)) {
        try {
          object(parser, entry, start);
          at = start + (int) parser.currentLocation().getByteOffset();
        } catch (IOException e) {
          damage.entries(1, "an entry is malformed or cut off: line ", line(start));
          at = resume(start, start + (int) Math.max(0, parser.currentLocation().getByteOffset()));
          continue;
        }
      } catch (IOException e) {
        throw new IllegalStateException("closing a parser of bytes reads nothing", e);
      }
      if (!entry.isEmpty()) {
        return entry.build();
      }
    }
  }

  private static JsonParser parser(byte[] bytes, int start) throws IOException {
    return JSON.createParser(bytes, start, bytes.length - start);
  }

  private void object(JsonParser parser, EntryBuilder entry, int start) throws IOException {
    parser.nextToken();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (!Field.validName(name)) {
        throw new IOException("no field is called so");
      }
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        array(parser, entry, name, start);
      } else {
        value(parser, entry, name, start);
      }
    }
  }

  /** An array of numbers is one value; any other is a list of values. */
  private void array(JsonParser parser, EntryBuilder entry, String name, int start)
      throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      add(entry, name, numbers(parser), start);
      return;
    }
    if (token == JsonToken.END_ARRAY) {
      add(entry, name, new byte[0], start);
    }
    for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      if (token == JsonToken.START_ARRAY) {
        parser.nextToken();
        add(entry, name, numbers(parser), start);
      } else {
        value(parser, entry, name, start);
      }
    }
  }

  private static byte[] numbers(JsonParser parser) throws IOException {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (JsonToken t = parser.currentToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      if (t != JsonToken.VALUE_NUMBER_INT) {
        throw new IOException("a list of bytes holds something else");
      }
      int number = parser.getIntValue();
      if (number < -128 || number > 255) {
        throw new IOException("no byte has this value");
      }
      value.write(number);
    }
    return value.toByteArray();
  }

  private void value(JsonParser parser, EntryBuilder entry, String name, int start)
      throws IOException {
    switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT ->
          add(entry, name, parser.getText().getBytes(StandardCharsets.UTF_8), start);
      case VALUE_NULL -> {
        String reason = "journalctl left out a long value (print with --all to have it): line ";
        damage.field(reason, line(start));
      }
      default -> throw new IOException("no field has such a value");
    }
  }

  private void add(EntryBuilder entry, String name, byte[] value, int start) {
    if (value.length > Field.MAX_BYTES) {
      damage.field("a field is larger than 64 MiB: line ", line(start));
    } else if (!entry.add(new Field(name, value, 0, value.length))) {
      damage.field("an entry has a number or a count it cannot have: line ", line(start));
    }
  }

  /** Skips white space, record separators and {@code data:}. */
  private static int skipFraming(byte[] bytes, int from) {
    int i = from;
    while (i < bytes.length) {
      byte b = bytes[i];
      if (b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == RECORD_SEPARATOR) {
        i++;
      } else if (b == SSE[0] && startsWith(bytes, i, SSE)) {
        i += SSE.length;
      } else {
        break;
      }
    }
    return i;
  }

  private static boolean startsWith(byte[] bytes, int at, byte[] prefix) {
    return bytes.length - at >= prefix.length
        && Arrays.equals(bytes, at, at + prefix.length, prefix, 0, prefix.length);
  }

  /**
   * After a fault at {@code fault} in the object at {@code start}: the next object that begins a
   * line, which may be the line of the fault itself.
   */
  private int resume(int start, int fault) {
    int i = nextLine(start);
    if (i < fault) {
      // The fault's own line: back to its beginning, and no further than where we looked before.
      int begin = Math.min(fault, bytes.length);
      while (begin > i && bytes[begin - 1] != '\n') {
        begin--;
      }
      i = begin;
    }
    while (i < bytes.length) {
      int first = i;
      while (first < bytes.length && (bytes[first] == RECORD_SEPARATOR || bytes[first] == ' ')) {
        first++;
      }
      if (startsWith(bytes, first, SSE)) {
        first = skipFraming(bytes, first);
      }
      if (first < bytes.length && bytes[first] == '{') {
        return i;
      }
      i = nextLine(i);
    }
    return i;
  }

  private int nextLine(int from) {
    int i = from;
    while (i < bytes.length && bytes[i] != '\n') {
      i++;
    }
    return Math.min(bytes.length, i + 1);
  }

  /** The line of {@code offset}; offsets asked for never fall. */
  private String line(int offset) {
    for (; counted < offset; counted++) {
      if (bytes[counted] == '\n') {
        line++;
      }
    }
    return Integer.toString(line);
  }

  @Override
  public List<Damage> damage() {
    return damage.list();
  }
}
