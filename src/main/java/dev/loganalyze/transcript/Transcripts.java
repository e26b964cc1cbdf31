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
import dev.loganalyze.stamp.StampFormat;
import dev.loganalyze.stamp.StampReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** From the bytes of a source to its transcript. */
public final class Transcripts {
  /** So many bytes tell the format. */
  private static final int HEAD = 16_384;

  /**
   * So many bytes of an entry are told at most: each line of a message is indented, so that one of
   * many short lines becomes hundreds of times as long.
   */
  public static final int ENTRY_BYTES = 4 << 20;

  /** So many lines of a journal are told whole; of an entry behind them only the first is. */
  private static final int LINES = 1 << 20;

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
    JournalWriter writer = JournalFormat.SHORT.writer(ZoneOffset.UTC, false);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    List<JournalEntry> records = new ArrayList<>();
    try {
      for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
        Counted counted = new Counted(text, records.size() < LINES ? Integer.MAX_VALUE : 1);
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

  /** Counts the lines of an entry that go through; of one that has too much the rest does not. */
  private static final class Counted extends OutputStream {
    private final ByteArrayOutputStream out;
    private final int most;
    private int lines;
    private int bytes;

    Counted(ByteArrayOutputStream out, int most) {
      this.out = out;
      this.most = most;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] text, int from, int length) {
      if (bytes > ENTRY_BYTES || lines == most) {
        return;
      }
      int some = 0;
      while (some < length && bytes + some < ENTRY_BYTES && lines < most) {
        lines += text[from + some] == '\n' ? 1 : 0;
        some++;
      }
      out.write(text, from, some);
      bytes += some;
      if (some < length && lines < most) {
        // What follows is another entry's.
        out.write('\n');
        lines++;
        bytes = ENTRY_BYTES + 1;
      }
    }
  }

  // ---- JSON that holds lines --------------------------------------------------------------------

  private static boolean isJson(String head) {
    return DmesgJson.matches(head) || Metadata.matches(head) || isLava(head) || isContainer(head);
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
    if (DmesgJson.matches(head)) {
      return DmesgJson.transcript(bytes);
    }
    if (Metadata.matches(head)) {
      return Metadata.transcript(bytes);
    }
    if (isLava(head)) {
      return lines("lava", bytes, "dt", "msg", true);
    }
    return isContainer(head) ? lines("container-json", bytes, "time", "log", false) : null;
  }

  /**
   * One object a line, with a time and a text: LAVA's {@code output.yaml}, of which each is a line,
   * and the log driver of container engines, where a text without a line end goes on in the next.
   *
   * @param time the key of the time, and {@code text} that of the text
   * @param whole whether each is a line
   */
  private static Transcript lines(
      String format, byte[] bytes, String time, String text, boolean whole) {
    TranscriptLines lines = new TranscriptLines();
    String[] raw = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    List<StampReader> stamps =
        StampFormat.named(StampFormat.Kind.CAPTURE, "iso").stream().map(StampReader::new).toList();
    boolean target = false;
    for (String line : raw) {
      target |= line.contains("\"lvl\": \"target\"") || line.contains("\"lvl\":\"target\"");
    }
    StringBuilder begun = new StringBuilder();
    int begunLine = 0;
    long arrival = 0;
    for (int i = 0; i < raw.length; i++) {
      JsonNode object = object(raw[i].startsWith("- ") ? raw[i].substring(2) : raw[i]);
      boolean console = !target || object.path("lvl").asText().equals("target");
      if (console && object.path(text).isTextual()) {
        begunLine = begun.isEmpty() ? i + 1 : begunLine;
        arrival = micros(stamps, object.path(time).asText());
        begun.append(object.path(text).asText());
        if (whole || endsLine(begun) || begun.length() > ENTRY_BYTES) {
          add(lines, begun, begunLine, arrival);
        }
      }
    }
    if (!begun.isEmpty()) {
      add(lines, begun, begunLine, arrival);
    }
    return lines.transcript(format, true);
  }

  private static boolean endsLine(StringBuilder text) {
    return !text.isEmpty() && text.charAt(text.length() - 1) == '\n';
  }

  /** Adds the lines of {@code text}, which is emptied. */
  private static void add(TranscriptLines lines, StringBuilder text, int line, long arrival) {
    String said = endsLine(text) ? text.substring(0, text.length() - 1) : text.toString();
    for (String part : said.split("\n", -1)) {
      lines.add(part, line, arrival);
    }
    text.setLength(0);
  }

  private static JsonNode object(String line) {
    try {
      return Json.read(line);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** ISO 8601 with or without a zone; 0 when it is none. */
  private static long micros(List<StampReader> stamps, String time) {
    for (StampReader stamp : stamps) {
      for (String zoned : List.of(time, time + "Z")) {
        byte[] bytes = zoned.getBytes(StandardCharsets.UTF_8);
        if (stamp.read(bytes, 0, bytes.length)) {
          return stamp.micros();
        }
      }
    }
    return 0;
  }
}
