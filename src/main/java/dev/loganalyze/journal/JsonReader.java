package dev.loganalyze.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.loganalyze.bytes.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Reads entries as journalctl prints them in JSON: one object a line, pretty over many lines,
 * {@code json-seq} (RFC 7464) and {@code json-sse} (each after {@code data: }).
 *
 * <p>Strings are text, arrays of numbers are bytes, arrays of those are a field that repeats. Null
 * stands for a value journalctl left out; such a field counts as lost.
 */
public final class JsonReader extends TextReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] SSE = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final int RECORD_SEPARATOR = 0x1e;

  private static final long QUOTES = Words.ONES * '"';
  private static final long BACKSLASHES = Words.ONES * '\\';
  private static final long BLANKS = Words.ONES * ' ';

  /** What may stand behind a backslash, and what it means (RFC 8259, 7). */
  private static final String ESCAPED = "\"\\/bfnrt";

  private static final String MEANT = "\"\\/\b\f\n\r\t";

  /** An object of more bytes is not read. */
  private static final int MOST = 2 * Field.MAX_BYTES;

  /** A parser that fails this near to the end may have failed for want of more. */
  private static final int NEAR = 64;

  /** Why fields of the object that is parsed are lost; it may be parsed again, with more. */
  private final List<String> lost = new ArrayList<>();

  /** The 1-based line that it stands in. */
  private long line = 1;

  /** Up to this place in the stream the line is known to go on. */
  private long lineEnd;

  /** Reads {@code bytes}, which are kept and not copied. */
  public JsonReader(byte[] bytes) {
    super(StreamWindow.of(bytes), FieldNames.all());
  }

  /**
   * Reads {@code in} as entries are asked for, and holds no more of it than one object; it is not
   * closed.
   *
   * @param asked names of the fields to be read; null for all
   */
  public JsonReader(InputStream in, Set<String> asked) {
    super(StreamWindow.of(in), FieldNames.of(asked));
  }

  /** Whether {@code bytes} begin with an object whose first key is the name of a field. */
  public static boolean matches(byte[] bytes) {
    int start = 0;
    while (start < bytes.length && framing(bytes, start, bytes.length) > 0) {
      start += framing(bytes, start, bytes.length);
    }
    if (start == bytes.length || bytes[start] != '{') {
      return false;
    }
    try (JsonParser parser = JSON.createParser(bytes, start, bytes.length - start)) {
      parser.nextToken();
      return parser.nextToken() == JsonToken.FIELD_NAME && Field.validName(parser.currentName());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public JournalEntry next() {
    while (skipFraming()) {
      if (window.bytes[at] != '{') {
        damage.entries(1, "a line is no JSON object: line ", Long.toString(line));
        toNextLine();
        continue;
      }
      EntryBuilder entry = plain();
      if (entry == null) {
        entry = object();
      }
      if (entry != null && !entry.isEmpty()) {
        return entry.build();
      }
    }
    return null;
  }

  // ---- an object on one line, without escapes ---------------------------------------------------

  /** The object that begins here; null, and nothing is read, when it is not that simple. */
  private EntryBuilder plain() {
    int end = lineEnd();
    byte[] bytes = window.bytes;
    EntryBuilder entry = new EntryBuilder();
    int i = at;
    do {
      // Of each member: "NAME":, then its value; what is unlike that is left to a parser.
      int name = i + 2;
      int nameEnd = FieldNames.end(bytes, name, end);
      if (nameEnd + 2 >= end
          || nameEnd == name
          || nameEnd - name > Field.MAX_NAME
          || bytes[name] <= '9'
          || bytes[i + 1] != '"'
          || bytes[nameEnd] != '"'
          || bytes[nameEnd + 1] != ':') {
        return null;
      }
      String field = names.of(bytes, name, nameEnd);
      int value = nameEnd + 2;
      i = field == null ? passed(bytes, value, end) : added(entry, field, bytes, value, end);
      if (i < 0 || i >= end) {
        return null;
      }
    } while (bytes[i] == ',');
    if (bytes[i] != '}') {
      return null;
    }
    entry.pass();
    at = i + 1;
    return entry;
  }

  /** Where the line ends, or what may be read of it. */
  private int lineEnd() {
    // Many objects may be in one line.
    int seen = (int) Math.max(0, lineEnd - window.place(at));
    int end = window.lineEnd(at + seen);
    while (end == window.end && end - at < MOST) {
      seen = end - at;
      if (!readOn()) {
        break;
      }
      end = window.lineEnd(at + seen);
    }
    lineEnd = window.place(end);
    return end;
  }

  /** Adds the string that begins here; where its member ends, -1 when it has to be parsed. */
  private static int added(EntryBuilder entry, String name, byte[] bytes, int from, int end) {
    if (bytes[from] != '"') {
      return -1;
    }
    int to = special(bytes, from + 1, end);
    if (to < end && bytes[to] == '\\') {
      return unescaped(entry, name, bytes, from + 1, end);
    }
    if (to == end || bytes[to] != '"' || to - from > Field.MAX_BYTES) {
      return -1;
    }
    return entry.add(new Field(name, bytes, from + 1, to)) ? to + 1 : -1;
  }

  /** As {@link #added}, of a string with backslashes before single characters. */
  private static int unescaped(EntryBuilder entry, String name, byte[] bytes, int from, int end) {
    int after = passed(bytes, from - 1, end);
    if (after < 0 || after - from > Field.MAX_BYTES) {
      return -1;
    }
    byte[] value = new byte[after - from];
    int length = 0;
    int at = from;
    while (true) {
      int to = special(bytes, at, end);
      System.arraycopy(bytes, at, value, length, to - at);
      length += to - at;
      if (bytes[to] == '"') {
        return entry.add(new Field(name, value, 0, length)) ? after : -1;
      }
      int meant = ESCAPED.indexOf(bytes[to + 1]);
      if (meant < 0) {
        return -1;
      }
      value[length++] = (byte) MEANT.charAt(meant);
      at = to + 2;
    }
  }

  /** Where the member ends whose value begins here; -1 when it has to be parsed. */
  private static int passed(byte[] bytes, int from, int end) {
    int at = from + 1;
    if (bytes[from] == '[') {
      // Bytes that are no text.
      while (at < end && (bytes[at] == ',' || (bytes[at] >= '0' && bytes[at] <= '9'))) {
        at++;
      }
      return at < end && bytes[at] == ']' ? at + 1 : -1;
    }
    if (bytes[from] != '"') {
      return -1;
    }
    at = special(bytes, at, end);
    while (at + 1 < end && bytes[at] == '\\') {
      at = special(bytes, at + 2, end);
    }
    return at < end && bytes[at] == '"' ? at + 1 : -1;
  }

  /** Where the first quote, backslash or control character stands; {@code end} when none does. */
  static int special(byte[] bytes, int from, int end) {
    int at = from;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long word = LittleEndian.u64(bytes, at);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      // Of each byte that is one the highest bit, and perhaps of bytes behind the first one.
      long found =
          (((quote - Words.ONES) & ~quote)
                  | ((backslash - Words.ONES) & ~backslash)
                  | ((word - BLANKS) & ~word))
              & Words.HIGHS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < end && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] & 0xe0) != 0) {
      at++;
    }
    return at;
  }

  // ---- any object -------------------------------------------------------------------------------

  private void countLost() {
    lost.forEach(reason -> damage.field(reason, Long.toString(line)));
  }

  /** The object that begins here; null, and counted, when it is none. */
  private EntryBuilder object() {
    while (true) {
      EntryBuilder entry = new EntryBuilder();
      lost.clear();
      int length = window.end - at;
      try (JsonParser parser = JSON.createParser(window.bytes, at, length)) {
        try {
          object(parser, entry);
          countLost();
          pass((int) parser.currentLocation().getByteOffset());
          return entry;
        } catch (IOException e) {
          int fault = (int) Math.max(0, parser.currentLocation().getByteOffset());
          boolean cut = e instanceof JsonEOFException || length - fault < NEAR;
          if (!cut || length >= MOST || !readOn()) {
            countLost();
            damage.entries(1, "an entry is malformed or cut off: line ", Long.toString(line));
            resume(fault);
            return null;
          }
        }
      } catch (IOException e) {
        throw new IllegalStateException("closing a parser of bytes reads nothing", e);
      }
    }
  }

  private void object(JsonParser parser, EntryBuilder entry) throws IOException {
    parser.nextToken();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (!Field.validName(name)) {
        throw new IOException("no field is called so");
      }
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        array(parser, entry, name);
      } else {
        value(parser, entry, name);
      }
    }
  }

  /** An array of numbers is one value; any other is a list of values. */
  private void array(JsonParser parser, EntryBuilder entry, String name) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      add(entry, name, numbers(parser));
      return;
    }
    if (token == JsonToken.END_ARRAY) {
      add(entry, name, new byte[0]);
    }
    for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      if (token == JsonToken.START_ARRAY) {
        parser.nextToken();
        add(entry, name, numbers(parser));
      } else {
        value(parser, entry, name);
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

  private void value(JsonParser parser, EntryBuilder entry, String name) throws IOException {
    switch (parser.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT ->
          add(entry, name, parser.getText().getBytes(StandardCharsets.UTF_8));
      case VALUE_NULL -> {
        String reason = "journalctl left out a long value (print with --all to have it): line ";
        lost.add(reason);
      }
      default -> throw new IOException("no field has such a value");
    }
  }

  private void add(EntryBuilder entry, String field, byte[] value) {
    byte[] bytes = field.getBytes(StandardCharsets.ISO_8859_1);
    String name = names.of(bytes, 0, bytes.length);
    if (name == null) {
      entry.pass();
    } else if (value.length > Field.MAX_BYTES) {
      lost.add("a field is larger than 64 MiB: line ");
    } else if (!entry.add(new Field(name, value, 0, value.length))) {
      lost.add("an entry has a number or a count it cannot have: line ");
    }
  }

  // ---- what stands between objects --------------------------------------------------------------

  /** Skips white space, record separators and {@code data:}; whether there is more behind them. */
  private boolean skipFraming() {
    while (true) {
      if (window.end - at < SSE.length && readOn()) {
        continue;
      }
      if (at == window.end) {
        return false;
      }
      int length = framing(window.bytes, at, window.end);
      if (length == 0) {
        return true;
      }
      line += window.bytes[at] == '\n' ? 1 : 0;
      at += length;
    }
  }

  /** The length of a piece of framing that begins at {@code at}; 0 when none does. */
  private static int framing(byte[] bytes, int at, int end) {
    byte b = bytes[at];
    if (b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == RECORD_SEPARATOR) {
      return 1;
    }
    boolean sse =
        b == SSE[0]
            && end - at >= SSE.length
            && Arrays.equals(bytes, at, at + SSE.length, SSE, 0, SSE.length);
    return sse ? SSE.length : 0;
  }

  /**
   * After a fault so many bytes behind the beginning of an object: to the next object that begins a
   * line, which may be the line of the fault itself.
   */
  private void resume(int fault) {
    int last = Math.min(window.end, at + fault);
    int begin = last;
    while (begin > at && window.bytes[begin - 1] != '\n') {
      begin--;
    }
    if (begin > at) {
      pass(begin - at);
    } else {
      toNextLine();
    }
    while (!beginsObject()) {
      if (at == window.end && !readOn()) {
        return;
      }
      toNextLine();
    }
  }

  /** Whether an object begins the line that begins here. */
  private boolean beginsObject() {
    while (window.end - at < NEAR && readOn()) {
      // Until framing and object would be there.
    }
    int first = at;
    while (first < window.end && framing(window.bytes, first, window.end) > 0) {
      // An object in another one, printed pretty, stands behind a tab.
      if (window.bytes[first] == '\n' || window.bytes[first] == '\t') {
        return false;
      }
      first += framing(window.bytes, first, window.end);
    }
    return first < window.end && window.bytes[first] == '{';
  }

  private void toNextLine() {
    int end = window.lineEnd(at);
    while (end == window.end) {
      at = end;
      if (!readOn()) {
        return;
      }
      end = window.lineEnd(at);
    }
    at = end + 1;
    line++;
  }

  /** Goes on behind {@code count} bytes. */
  private void pass(int count) {
    int to = at + count;
    for (; at < to; at++) {
      line += window.bytes[at] == '\n' ? 1 : 0;
    }
  }
}
