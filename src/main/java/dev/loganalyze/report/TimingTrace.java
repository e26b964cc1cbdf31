package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Instant;
import dev.loganalyze.timing.Span;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Chrome trace events (Trace Event Format, the JSON object form): a process a boot, a thread a
 * unit, microseconds.
 */
final class TimingTrace implements Report {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    try (JsonGenerator json = FACTORY.createGenerator(writer)) {
      json.writeStartObject();
      json.writeStringField("displayTimeUnit", "ms");
      json.writeArrayFieldStart("traceEvents");
      int process = 0;
      for (Run run : runs) {
        for (Timing timing : run.timings()) {
          process++;
          name(json, "process_name", process, 0, run.name() + " boot " + timing.boot());
          boot(json, process, timing);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
    writer.flush();
  }

  private static void boot(JsonGenerator json, int process, Timing timing) throws IOException {
    name(json, "thread_name", process, 1, "phases");
    for (Figure figure : timing.figures()) {
      event(json, process, 1, "phase", figure.name(), figure.start(), figure.end());
    }
    name(json, "thread_name", process, 2, "stalls");
    for (Stall stall : timing.stalls()) {
      event(json, process, 2, stall.kind().word(), stall.waitingFor(), stall.start(), stall.end());
    }
    int thread = 3;
    for (Span.Kind kind : Span.Kind.values()) {
      name(json, "thread_name", process, thread, kind.word());
      for (Span span : timing.spans()) {
        if (span.kind() == kind) {
          event(json, process, thread, kind.word(), span.name(), span.start(), span.end());
        }
      }
      thread++;
    }
    for (UnitTime unit : timing.units()) {
      Instant start = unit.started().isKnown() ? unit.started() : unit.finished();
      if (start.isKnown() && unit.finished().isKnown()) {
        name(json, "thread_name", process, thread, unit.name());
        event(json, process, thread, unit.result().word(), unit.name(), start, unit.finished());
        thread++;
      }
    }
  }

  private static void name(JsonGenerator json, String what, int process, int thread, String name)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", what);
    json.writeStringField("ph", "M");
    json.writeNumberField("pid", process);
    json.writeNumberField("tid", thread);
    json.writeObjectFieldStart("args");
    json.writeStringField("name", Printable.text(name));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void event(
      JsonGenerator json,
      int process,
      int thread,
      String category,
      String name,
      Instant start,
      Instant end)
      throws IOException {
    if (!start.isKnown() || !end.isKnown()) {
      return;
    }
    json.writeStartObject();
    json.writeStringField("name", Printable.text(name));
    json.writeStringField("cat", category);
    json.writeStringField("ph", "X");
    json.writeNumberField("ts", start.micros());
    json.writeNumberField("dur", Math.max(0, end.micros() - start.micros()));
    json.writeNumberField("pid", process);
    json.writeNumberField("tid", thread);
    json.writeObjectFieldStart("args");
    json.writeStringField("certainty", end.certainty().word());
    json.writeEndObject();
    json.writeEndObject();
  }
}
