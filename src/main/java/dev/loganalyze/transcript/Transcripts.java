package dev.loganalyze.transcript;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.loganalyze.journal.ExportReader;
import dev.loganalyze.journal.JournalEntry;
import dev.loganalyze.journal.JournalException;
import dev.loganalyze.journal.JournalFile;
import dev.loganalyze.journal.JournalFormat;
import dev.loganalyze.journal.JournalReader;
import dev.loganalyze.journal.JournalWriter;
import dev.loganalyze.journal.JsonReader;
import dev.loganalyze.journal.VerboseReader;
import dev.loganalyze.resource.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From the bytes of a source to its transcript. */
public final class Transcripts {
  /** So many bytes tell the format. */
  private static final int HEAD = 16_384;

  /**
   * So many bytes of an entry are told at most: each line of a message is indented, so that one of
   * many short lines becomes hundreds of times as long.
   */
  public static final int ENTRY_BYTES = 4 << 20;

  private Transcripts() {}

  /**
   * The transcript of {@code bytes}. What is of no known format is console bytes.
   *
   * @throws JournalException when it is a binary journal of a kind that is not known
   */
  public static Transcript of(byte[] bytes) throws JournalException {
    if (JournalFile.matches(bytes)) {
      return journal("journal", new JournalFile(bytes));
    }
    String head = new String(bytes, 0, Math.min(HEAD, bytes.length), StandardCharsets.ISO_8859_1);
    if (isJournalJson(bytes)) {
      return journal("journal-json", new JsonReader(bytes));
    }
    if (isJournalExport(bytes)) {
      return journal("journal-export", new ExportReader(bytes));
    }
    if (VerboseReader.matches(bytes)) {
      return journal("journal-verbose", new VerboseReader(bytes));
    }
    if (JunitXml.matches(head)) {
      return JunitXml.transcript(bytes);
    }
    Transcript json = json(bytes, head.stripLeading());
    return json == null ? Transcript.console(Escapes.restored(Margin.cut(bytes))) : json;
  }

  /** Whether the source that begins with {@code head} is console bytes, or lines of a journal. */
  public static boolean isConsole(byte[] head) {
    if (JournalFile.matches(head)) {
      return false;
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return !isJournalJson(head)
        && !isJournalExport(head)
        && !VerboseReader.matches(head)
        && !JunitXml.matches(text)
        && !isJson(text.stripLeading());
  }

  /** Whether the source that begins with {@code head} is a journal of JSON objects. */
  public static boolean isJournalJson(byte[] head) {
    return isStamped(head) && JsonReader.matches(head);
  }

  /** Whether the source that begins with {@code head} is a journal in the export format. */
  public static boolean isJournalExport(byte[] head) {
    return isStamped(head) && !JsonReader.matches(head) && ExportReader.matches(head);
  }

  private static boolean isStamped(byte[] head) {
    return new String(head, 0, Math.min(HEAD, head.length), StandardCharsets.ISO_8859_1)
        .contains("__REALTIME_TIMESTAMP");
  }

  /**
   * The transcript of lines of a source that are a log themselves: a journal that somebody printed.
   * What of it cannot be read was lost on the way, and is no damage of the journal.
   *
   * @param bytes the lines, each ended by LF
   * @param lineOf the 1-based line of the source that each is
   */
  public static Transcript within(byte[] bytes, int[] lineOf) {
    Printed printed = Printed.of(bytes, lineOf);
    Transcript log;
    try {
      log = of(printed.bytes());
    } catch (JournalException e) {
      log = Transcript.console(printed.bytes());
    }
    return new Transcript(
        log.format(),
        log.text(),
        printed.linesOf(log),
        log.records(),
        log.arrival(),
        null,
        List.of());
  }

  /** The transcript of {@code journal}, which is read to its end. */
  public static Transcript journal(JournalReader journal) {
    return journal("journal", journal);
  }

  private static Transcript journal(String format, JournalReader reader) {
    JournalWriter writer = JournalFormat.of("short").writer(ZoneOffset.UTC, false);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    List<JournalEntry> records = new ArrayList<>();
    try {
      for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
        Counted counted = new Counted(text);
        writer.write(entry, counted);
        for (int line = 0; line < counted.lines; line++) {
          records.add(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written to", e);
    }
    return new Transcript(
        format, text.toByteArray(), null, records, null, null, List.copyOf(reader.damage()));
  }

  /** Counts the lines of an entry that go through; of one that is too long the rest does not. */
  private static final class Counted extends java.io.OutputStream {
    private final ByteArrayOutputStream out;
    private int lines;
    private int bytes;

    Counted(ByteArrayOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] text, int from, int length) {
      if (bytes > ENTRY_BYTES) {
        return;
      }
      int some = Math.min(length, ENTRY_BYTES - bytes);
      for (int i = from; i < from + some; i++) {
        lines += text[i] == '\n' ? 1 : 0;
      }
      out.write(text, from, some);
      bytes += some;
      if (some < length) {
        // What follows is another entry's.
        out.write('\n');
        lines++;
        bytes = ENTRY_BYTES + 1;
      }
    }
  }

  // ---- JSON that holds lines --------------------------------------------------------------------

  private static boolean isJson(String head) {
    return isDmesg(head) || Metadata.matches(head) || isLava(head) || isContainer(head);
  }

  private static boolean isDmesg(String head) {
    return head.startsWith("{") && head.contains("\"dmesg\"");
  }

  private static boolean isLava(String head) {
    return (head.startsWith("- {") || head.startsWith("{"))
        && head.contains("\"lvl\"")
        && head.contains("\"msg\"");
  }

  private static boolean isContainer(String head) {
    return head.startsWith("{\"log\":") && head.contains("\"stream\"") && head.contains("\"time\"");
  }

  private static Transcript json(byte[] bytes, String head) {
    if (isDmesg(head)) {
      return dmesg(bytes);
    }
    if (Metadata.matches(head)) {
      return Metadata.transcript(bytes);
    }
    if (isLava(head)) {
      return lines("lava", bytes, "dt", "msg");
    }
    return isContainer(head) ? lines("container-json", bytes, "time", "log") : null;
  }

  /** {@code dmesg -J}: {"dmesg": [{"pri": 5, "time": 0.000000, "msg": "…"}]}. */
  private static Transcript dmesg(byte[] bytes) {
    TranscriptLines lines = new TranscriptLines();
    try {
      for (JsonNode message : Json.read(bytes).path("dmesg")) {
        double seconds = message.path("time").asDouble();
        String stamp =
            String.format(Locale.ROOT, "<%d>[%12.6f] ", message.path("pri").asInt(), seconds);
        for (String line : message.path("msg").asText().split("\n", -1)) {
          lines.add(stamp + line, lines.count() + 1, 0);
        }
      }
    } catch (IOException e) {
      return null;
    }
    return lines.transcript("dmesg-json", false);
  }

  /**
   * One object a line, with a time and a text; LAVA's {@code output.yaml} and the log driver of
   * container engines. A text without a line end goes on in the next object.
   */
  private static Transcript lines(String format, byte[] bytes, String time, String text) {
    TranscriptLines lines = new TranscriptLines();
    String[] raw = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    boolean target = false;
    for (String line : raw) {
      target |= line.contains("\"lvl\": \"target\"") || line.contains("\"lvl\":\"target\"");
    }
    for (int i = 0; i < raw.length; i++) {
      JsonNode object = object(raw[i].startsWith("- ") ? raw[i].substring(2) : raw[i]);
      boolean console = !target || object.path("lvl").asText().equals("target");
      if (console && object.path(text).isTextual()) {
        long arrival = micros(object.path(time).asText());
        String said = object.path(text).asText();
        for (String line : said.stripTrailing().split("\n", -1)) {
          lines.add(line, i + 1, arrival);
        }
      }
    }
    return lines.transcript(format, true);
  }

  private static JsonNode object(String line) {
    try {
      return Json.read(line);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** ISO 8601 with or without a zone; 0 when it is none. */
  private static long micros(String time) {
    for (var format : dev.loganalyze.stamp.StampFormat.all()) {
      if (format.name().equals("iso")) {
        var reader = new dev.loganalyze.stamp.StampReader(format);
        for (String zoned : List.of(time, time + "Z")) {
          byte[] bytes = zoned.getBytes(StandardCharsets.UTF_8);
          if (reader.read(bytes, 0, bytes.length)) {
            return reader.micros();
          }
        }
      }
    }
    return 0;
  }
}
