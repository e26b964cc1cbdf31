package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Milestone;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.Unusual;
import dev.loganalyze.diagnosis.View;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.session.Session;
import dev.loganalyze.timing.Timing;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * JSON after docs/schemas/analysis-v1.schema.json.
 *
 * <p>Absent values are left out; lists are always there, empty or not. Times are seconds on the
 * boot's clock.
 */
final class JsonReport implements Report {
  static final String SCHEMA_VERSION = "1";
  private final boolean aLineEach;
  private final List<String> unread;

  private JsonReport(boolean aLineEach, List<String> unread) {
    this.aLineEach = aLineEach;
    this.unread = unread;
  }

  /** One document with all runs, indented, and the sentences {@code unread}. */
  static JsonReport document(List<String> unread) {
    return new JsonReport(false, unread);
  }

  /** One object a run, each on its own line. */
  static JsonReport lines() {
    return new JsonReport(true, List.of());
  }

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    try (JsonGenerator json = aLineEach ? JsonText.generator(out) : JsonText.indented(out)) {
      if (aLineEach) {
        json.setRootValueSeparator(null);
        for (Run run : runs) {
          json.writeStartObject();
          head(json);
          run(json, run);
          json.writeEndObject();
          json.writeRaw('\n');
        }
      } else {
        json.writeStartObject();
        head(json);
        if (!unread.isEmpty()) {
          json.writeArrayFieldStart("unreadable");
          for (String sentence : unread) {
            json.writeString(Printable.text(sentence));
          }
          json.writeEndArray();
        }
        json.writeArrayFieldStart("runs");
        for (Run run : runs) {
          json.writeStartObject();
          run(json, run);
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
  }

  private static void head(JsonGenerator json) throws IOException {
    json.writeStringField("schemaVersion", SCHEMA_VERSION);
    json.writeObjectFieldStart("tool");
    json.writeStringField("name", Tool.NAME);
    json.writeStringField("version", Tool.VERSION);
    json.writeEndObject();
  }

  private static void run(JsonGenerator json, Run run) throws IOException {
    json.writeStringField("name", run.name());
    json.writeArrayFieldStart("inputs");
    for (Run.Input input : run.inputs()) {
      json.writeStartObject();
      json.writeStringField("path", input.path());
      json.writeStringField("role", input.role().word());
      text(json, "format", input.format());
      text(json, "compression", input.compression());
      json.writeNumberField("bytes", input.bytes());
      json.writeNumberField("lines", input.lines());
      if (input.omitted() > 0) {
        json.writeNumberField("omittedLines", input.omitted());
      }
      json.writeStringField("sha256", input.sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (!run.values().isEmpty()) {
      json.writeObjectFieldStart("values");
      for (Map.Entry<String, String> value : run.values().entrySet()) {
        json.writeStringField(value.getKey(), value.getValue());
      }
      json.writeEndObject();
    }
    json.writeStringField("verdict", run.verdict().word());
    json.writeArrayFieldStart("boots");
    for (int b = 0; b < run.boots().size(); b++) {
      boot(json, run.boots().get(b), b < run.timings().size() ? run.timings().get(b) : null);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("findings");
    for (Run.Diagnosed diagnosed : run.findings()) {
      finding(json, run, diagnosed);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("rootCauses");
    for (Run.RootCause cause : run.rootCauses()) {
      json.writeString(cause.id());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("chains");
    for (Run.RootCause cause : run.rootCauses()) {
      json.writeStartObject();
      json.writeStringField("finding", cause.id());
      strings(json, "chain", cause.chain());
      text(json, "sentence", cause.sentence());
      strings(json, "fell", cause.fell());
      text(json, "collect", cause.collect());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (!run.views().isEmpty()) {
      views(json, run);
    }
    if (!run.sessions().isEmpty()) {
      json.writeArrayFieldStart("sessions");
      for (Session session : run.sessions()) {
        SessionsReport.json(json, session);
      }
      json.writeEndArray();
    }
    if (!run.unusual().lines().isEmpty()) {
      unusual(json, run.unusual());
    }
  }

  private static void unusual(JsonGenerator json, Unusual unusual) throws IOException {
    json.writeObjectFieldStart("unusual");
    text(json, "like", unusual.like());
    if (unusual.progress() > 0) {
      json.writeNumberField("progress", unusual.progress());
    }
    json.writeArrayFieldStart("lines");
    for (Unusual.Line line : unusual.lines()) {
      json.writeStartObject();
      json.writeNumberField("line", line.line());
      json.writeStringField("text", line.text());
      json.writeStringField("why", line.why());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void views(JsonGenerator json, Run run) throws IOException {
    json.writeArrayFieldStart("views");
    for (View view : run.views()) {
      json.writeStartObject();
      if (view.boot() > 0) {
        json.writeNumberField("boot", view.boot());
      }
      json.writeStringField("input", run.inputs().get(view.input()).path());
      lines(json, view.firstLine(), view.lastLine());
      strings(json, "onlyHere", view.onlyHere());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void boot(JsonGenerator json, Boot boot, Timing timing) throws IOException {
    json.writeStartObject();
    json.writeNumberField("index", boot.index());
    lines(json, boot.firstLine(), boot.lastLine());
    json.writeStringField("reached", boot.reached().word());
    json.writeStringField("ended", boot.ended().word());
    text(json, "kernelVersion", boot.kernelVersion());
    text(json, "commandLine", boot.commandLine());
    text(json, "os", boot.os());
    json.writeArrayFieldStart("phases");
    for (Phase phase : boot.phases()) {
      json.writeStartObject();
      json.writeStringField("name", phase.kind().word());
      lines(json, phase.firstLine(), phase.lastLine());
      time(json, "start", phase.start());
      time(json, "end", phase.end());
      duration(json, phase.start(), phase.end());
      json.writeStringField("certainty", phase.certainty().word());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("milestones");
    for (Milestone milestone : boot.milestones()) {
      json.writeStartObject();
      json.writeStringField("name", milestone.name());
      if (milestone.line() > 0) {
        json.writeNumberField("line", milestone.line());
      }
      time(json, "time", milestone.micros());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("units");
    for (Unit unit : boot.units()) {
      json.writeStartObject();
      json.writeStringField("name", unit.name());
      text(json, "description", unit.description());
      if (unit.ambiguous()) {
        json.writeBooleanField("ambiguous", true);
      }
      json.writeStringField("result", unit.result().word());
      if (unit.firstLine() > 0) {
        lines(json, unit.firstLine(), unit.lastLine());
      }
      time(json, "started", unit.started());
      time(json, "finished", unit.finished());
      duration(json, unit.started(), unit.finished());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (timing != null) {
      TimingJson.write(json, timing);
    }
    json.writeEndObject();
  }

  private static void finding(JsonGenerator json, Run run, Run.Diagnosed diagnosed)
      throws IOException {
    Finding finding = diagnosed.finding();
    json.writeStartObject();
    json.writeStringField("id", diagnosed.id());
    json.writeStringField("rule", finding.rule().id());
    json.writeStringField("severity", finding.severity().word());
    json.writeStringField("title", finding.title());
    text(json, "subject", finding.subject());
    if (finding.boot() > 0) {
      json.writeNumberField("boot", finding.boot());
    }
    if (finding.phase() != null) {
      json.writeStringField("phase", finding.phase().word());
    }
    if (finding.input() > 0) {
      json.writeStringField("input", run.inputs().get(finding.input()).path());
    }
    lines(json, finding.firstLine(), finding.lastLine());
    time(json, "time", finding.micros());
    json.writeNumberField("occurrences", finding.occurrences());
    if (finding.recalled()) {
      json.writeBooleanField("recalled", true);
    }
    json.writeStringField("signature", diagnosed.signature());
    text(json, "function", finding.names().getOrDefault("function", ""));
    if (finding.crash() != null) {
      strings(json, "altTitles", finding.crash().altTitles());
      json.writeBooleanField("truncated", finding.crash().isTruncated());
      text(json, "truncatedReason", finding.crash().truncated());
      CrashJson.write(json, finding.crash());
    }
    json.writeArrayFieldStart("evidence");
    for (Finding.Evidence evidence : finding.evidence()) {
      json.writeStartObject();
      json.writeNumberField("line", evidence.line());
      json.writeStringField("text", evidence.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    strings(json, "causedBy", diagnosed.causedBy());
    text(json, "because", diagnosed.because());
    text(json, "suppressed", diagnosed.suppressed());
    text(json, "explain", finding.rule().explain());
    text(json, "advice", finding.advice());
    strings(json, "references", finding.rule().references());
    json.writeEndObject();
  }

  private static void lines(JsonGenerator json, int first, int last) throws IOException {
    json.writeNumberField("firstLine", first);
    json.writeNumberField("lastLine", last);
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (value != null && !value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  private static void time(JsonGenerator json, String name, long micros) throws IOException {
    if (micros != Entry.NO_TIME) {
      json.writeFieldName(name);
      json.writeNumber(Seconds.exact(micros));
    }
  }

  private static void duration(JsonGenerator json, long start, long end) throws IOException {
    if (start != Entry.NO_TIME && end != Entry.NO_TIME) {
      time(json, "duration", end - start);
    }
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
