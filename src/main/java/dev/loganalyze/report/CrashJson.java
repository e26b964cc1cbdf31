package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.loganalyze.crash.CrashReport;
import dev.loganalyze.crash.Frame;
import java.io.IOException;
import java.util.List;

/** The {@code crash} object of a finding: what a report of the kernel holds. */
final class CrashJson {
  private final JsonGenerator json;

  private CrashJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes the field {@code crash}. */
  static void write(JsonGenerator json, CrashReport crash) throws IOException {
    json.writeObjectFieldStart("crash");
    CrashJson writer = new CrashJson(json);
    writer.task(crash.task());
    if (crash.selfTest()) {
      json.writeBooleanField("selfTest", true);
    }
    json.writeArrayFieldStart("stacks");
    for (CrashReport.Stack stack : crash.stacks()) {
      writer.stack(stack);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void task(CrashReport.Task task) throws IOException {
    number("cpu", task.cpu());
    number("pid", task.pid());
    text("comm", task.comm());
    text("taint", task.taint());
    text("kernelVersion", task.kernel());
    text("hardware", task.hardware());
    text("place", task.place());
    text("code", task.code());
    texts("registers", task.registers());
    texts("modules", task.modules());
  }

  private void stack(CrashReport.Stack stack) throws IOException {
    json.writeStartObject();
    json.writeStringField("context", stack.context().word());
    text("name", stack.name());
    json.writeArrayFieldStart("frames");
    for (Frame frame : stack.frames()) {
      json.writeStartObject();
      json.writeStringField("function", frame.function());
      number("offset", frame.offset());
      text("module", frame.module());
      json.writeBooleanField("reliable", frame.reliable());
      if (frame.inlined()) {
        json.writeBooleanField("inlined", true);
      }
      text("source", frame.source());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void number(String name, long value) throws IOException {
    if (value >= 0) {
      json.writeNumberField(name, value);
    }
  }

  private void text(String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  private void texts(String name, List<String> values) throws IOException {
    if (!values.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }
}
