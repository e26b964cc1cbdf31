package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.loganalyze.parse.Timespan;
import dev.loganalyze.timing.Clocks;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Instant;
import dev.loganalyze.timing.Span;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Step;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The members of a boot in JSON that tell where its time went. Times are seconds. */
final class TimingJson {
  private TimingJson() {}

  /** Writes the members {@code stalls}, {@code criticalChain} and {@code timing}. */
  static void write(JsonGenerator json, Timing timing) throws IOException {
    json.writeArrayFieldStart("stalls");
    for (Stall stall : timing.stalls()) {
      stall(json, stall);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("criticalChain");
    for (Step step : timing.chain()) {
      json.writeStartObject();
      json.writeStringField("name", step.name());
      json.writeStringField("result", step.result().word());
      time(json, "time", step.at());
      seconds(json, "duration", step.took());
      json.writeStringField("edge", step.certain() ? "certain" : "inferred");
      json.writeStringField("certainty", step.at().certainty().word());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("timing");
    json.writeBooleanField("finished", timing.finished());
    clocks(json, timing.clocks());
    figures(json, "figures", timing.figures());
    if (timing.startup() != null) {
      json.writeObjectFieldStart("startupFinished");
      for (Map.Entry<String, Long> part : timing.startup().parts().entrySet()) {
        seconds(json, part.getKey(), part.getValue());
      }
      seconds(json, "total", timing.startup().total());
      json.writeEndObject();
    }
    figures(json, "targets", timing.targets());
    json.writeArrayFieldStart("units");
    for (UnitTime unit : timing.units()) {
      unit(json, unit);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("spans");
    for (Span span : timing.spans()) {
      span(json, span);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notes");
    for (String note : timing.notes()) {
      json.writeString(note);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void stall(JsonGenerator json, Stall stall) throws IOException {
    json.writeStartObject();
    json.writeStringField("class", stall.kind().word());
    if (!stall.waitingFor().isEmpty()) {
      json.writeStringField("waitingFor", stall.waitingFor());
    }
    time(json, "start", stall.start());
    time(json, "end", stall.end());
    if (stall.duration() >= 0) {
      seconds(json, "duration", stall.duration());
    }
    time(json, "queued", stall.queued());
    if (stall.elapsed() != Timespan.NONE) {
      seconds(json, "elapsed", stall.elapsed());
    }
    if (stall.limit() != Timespan.NONE) {
      seconds(json, "limit", stall.limit());
    } else if (!stall.limited()) {
      json.writeBooleanField("noLimit", true);
    }
    if (stall.result() != null) {
      json.writeStringField("result", stall.result().word());
    }
    if (stall.times() > 0) {
      json.writeNumberField("times", stall.times());
    }
    json.writeBooleanField("open", stall.open());
    json.writeArrayFieldStart("fell");
    for (String unit : stall.fell()) {
      json.writeString(unit);
    }
    json.writeEndArray();
    json.writeStringField("certainty", stall.end().certainty().word());
    lines(json, stall.firstLine(), stall.lastLine());
    json.writeEndObject();
  }

  private static void clocks(JsonGenerator json, Clocks clocks) throws IOException {
    json.writeObjectFieldStart("clocks");
    json.writeStringField("zero", clocks.zero().name().toLowerCase(java.util.Locale.ROOT));
    if (clocks.anchors() > 0) {
      json.writeNumberField("anchors", clocks.anchors());
      seconds(json, "offset", clocks.offset());
      seconds(json, "error", clocks.error());
      json.writeNumberField("driftPpm", clocks.driftPpm());
    }
    if (clocks.hidden() >= 0) {
      seconds(json, "hidden", clocks.hidden());
    }
    if (clocks.epoch() >= 0) {
      seconds(json, "epoch", clocks.epoch());
      seconds(json, "epochError", clocks.epochError());
      json.writeStringField("epochBy", clocks.epochBy());
    }
    json.writeArrayFieldStart("steps");
    for (Clocks.ClockStep step : clocks.steps()) {
      json.writeStartObject();
      json.writeStringField("clock", step.clock());
      json.writeNumberField("line", step.line());
      seconds(json, "by", step.by());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void figures(JsonGenerator json, String name, List<Figure> figures)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Figure figure : figures) {
      json.writeStartObject();
      json.writeStringField("name", figure.name());
      if (!figure.within().isEmpty()) {
        json.writeStringField("within", figure.within());
      }
      time(json, "start", figure.start());
      time(json, "end", figure.end());
      if (figure.isKnown()) {
        seconds(json, "duration", figure.duration());
        seconds(json, "error", figure.error());
      }
      json.writeStringField("certainty", figure.certainty().word());
      lines(json, figure.firstLine(), figure.lastLine());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void unit(JsonGenerator json, UnitTime unit) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", unit.name());
    json.writeStringField("result", unit.result().word());
    time(json, "queued", unit.queued());
    time(json, "started", unit.started());
    time(json, "finished", unit.finished());
    if (unit.started().isKnown() && unit.finished().isKnown()) {
      seconds(json, "running", unit.running());
    }
    if (unit.limit() != Timespan.NONE) {
      seconds(json, "limit", unit.limit());
    }
    if (unit.slack() >= 0) {
      seconds(json, "slack", unit.slack());
    }
    json.writeStringField("certainty", unit.finished().certainty().word());
    json.writeEndObject();
  }

  private static void span(JsonGenerator json, Span span) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", span.kind().word());
    json.writeStringField("name", span.name());
    text(json, "detail", span.detail());
    text(json, "speaker", span.speaker());
    text(json, "outcome", span.outcome());
    json.writeNumberField("depth", span.depth());
    time(json, "start", span.start());
    time(json, "end", span.end());
    if (span.told() >= 0) {
      seconds(json, "told", span.told());
    }
    lines(json, span.firstLine(), span.lastLine());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  private static void time(JsonGenerator json, String name, Instant instant) throws IOException {
    if (instant.isKnown()) {
      seconds(json, name, instant.micros());
    }
  }

  private static void seconds(JsonGenerator json, String name, long micros) throws IOException {
    json.writeFieldName(name);
    json.writeNumber(Seconds.exact(micros));
  }

  private static void lines(JsonGenerator json, int first, int last) throws IOException {
    json.writeNumberField("firstLine", first);
    json.writeNumberField("lastLine", last);
  }
}
