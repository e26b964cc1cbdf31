package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the grammar made of each line, so that a wrong reading can be seen and reported. */
public final class EntriesReport {
  private EntriesReport() {}

  /** One line an entry: line number, seconds since the boot, speaker, shape, unit, text. */
  public static void text(Entries entries, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    for (Entry entry : entries) {
      String time = entry.micros() == Entry.NO_TIME ? "" : seconds(entry.micros());
      String unit = entry.unit().isBlank() ? "" : "<" + Printable.text(entry.unit().strip()) + "> ";
      writer.write(
          String.format(
              Locale.ROOT,
              "%6d %13s %-8s %-16s ",
              entry.line(),
              time,
              word(entry.origin()),
              word(entry.shape())));
      writer.write((unit + Printable.text(entry.message())).stripTrailing());
      writer.write('\n');
    }
    writer.flush();
  }

  /** One JSON object an entry; what is not known is left out. Times are seconds. */
  public static void jsonLines(Entries entries, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonText.generator(out)) {
      json.setRootValueSeparator(null);
      for (Entry entry : entries) {
        json.writeStartObject();
        json.writeNumberField("line", entry.line());
        time(json, "time", entry.micros());
        time(json, "wall", entry.wall());
        time(json, "arrival", entry.arrival());
        json.writeStringField("origin", word(entry.origin()));
        json.writeStringField("shape", word(entry.shape()));
        text(json, "identifier", entry.identifier());
        if (entry.pid() >= 0) {
          json.writeNumberField("pid", entry.pid());
        }
        text(json, "unit", entry.unit());
        text(json, "messageId", entry.field("MESSAGE_ID"));
        text(json, "message", entry.message());
        flag(json, "repeated", entry.repeated());
        flag(json, "interrupted", entry.interrupted());
        flag(json, "further", entry.further());
        flag(json, "beginsBoot", entry.beginsBoot());
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
  }

  private static void time(JsonGenerator json, String name, long micros) throws IOException {
    if (micros != Entry.NO_TIME) {
      json.writeFieldName(name);
      json.writeRawValue(seconds(micros));
    }
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  private static void flag(JsonGenerator json, String name, boolean value) throws IOException {
    if (value) {
      json.writeBooleanField(name, true);
    }
  }

  private static String seconds(long micros) {
    return String.format(Locale.ROOT, "%d.%06d", micros / 1_000_000, micros % 1_000_000);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
