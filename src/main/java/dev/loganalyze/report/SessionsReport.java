package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.loganalyze.session.Exchange;
import dev.loganalyze.session.Fact;
import dev.loganalyze.session.Facts;
import dev.loganalyze.session.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The conversations of a log: as a clean transcript, or as JSON. */
public final class SessionsReport {
  private SessionsReport() {}

  /**
   * Each session under a heading, each command behind its prompt, each answer below it. What others
   * said meanwhile stands behind a bar; what is known besides stands behind a {@code #}.
   */
  public static void text(List<Session> sessions, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    for (Session session : sessions) {
      for (String line : transcript(session)) {
        writer.write(Printable.line(line));
        writer.write('\n');
      }
      writer.write('\n');
    }
    writer.flush();
  }

  /** One JSON object a session. */
  public static void jsonLines(List<Session> sessions, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonText.generator(out)) {
      json.setRootValueSeparator(null);
      for (Session session : sessions) {
        json(json, session);
        json.writeRaw('\n');
      }
    }
  }

  /** Who, where and how long, in one line. */
  static String heading(Session session) {
    String who = session.user() + (session.host().isEmpty() ? "" : "@" + session.host());
    return "lines "
        + session.firstLine()
        + "-"
        + session.lastLine()
        + ": "
        + session.place().name().toLowerCase(Locale.ROOT)
        + (who.isEmpty() ? "" : " of " + Printable.text(who))
        + (session.root() ? ", as root" : "");
  }

  /** The lines of a transcript, safe to show. */
  static List<String> transcript(Session session) {
    List<String> lines = new ArrayList<>();
    lines.add("== " + heading(session));
    for (Exchange exchange : session.exchanges()) {
      String prompt = exchange.prompt().isEmpty() ? "" : exchange.prompt() + " ";
      for (String line : exchange.command().split("\n", -1)) {
        lines.add(Printable.text(prompt + line).stripTrailing());
        prompt = "> ";
      }
      for (Exchange.Said said : exchange.output()) {
        lines.add((said.spliced() ? "    | " : "") + Printable.text(said.text()));
      }
      String notes = notes(exchange);
      if (!notes.isEmpty()) {
        lines.add("    # " + notes);
      }
    }
    for (Session.Escalation escalation : session.escalations()) {
      lines.add(
          "    # line "
              + escalation.line()
              + ": "
              + Printable.text(escalation.command())
              + (escalation.reached() ? " reached root" : " did not show to reach root"));
    }
    for (String never : session.neverRun()) {
      lines.add("    # typed, and not run: " + Printable.text(never));
    }
    return lines;
  }

  private static String notes(Exchange exchange) {
    StringBuilder notes = new StringBuilder();
    if (exchange.asked() > 1) {
      String answer =
          exchange.answer().isEmpty() ? "no answer each time" : "the same answer each time";
      notes.append("asked ").append(exchange.asked()).append(" times, ").append(answer);
      if (exchange.polled() != Exchange.UNKNOWN) {
        notes.append(", in ").append(Seconds.rounded(exchange.polled()));
      }
    }
    if (exchange.exitStatus() != Exchange.UNKNOWN) {
      notes.append(notes.length() == 0 ? "" : "; ").append("exit status ");
      notes.append(exchange.exitStatus());
    }
    if (exchange.micros() != Exchange.UNKNOWN) {
      notes.append(notes.length() == 0 ? "" : "; ").append("took ");
      notes.append(Seconds.exact(exchange.micros())).append(" s");
    }
    if (exchange.lost() > 0) {
      notes.append(notes.length() == 0 ? "" : "; ").append("lost ").append(exchange.lost());
      notes.append(" of the characters sent");
    }
    return notes.toString();
  }

  /** A session as docs/schemas describes it. */
  static void json(JsonGenerator json, Session session) throws IOException {
    json.writeStartObject();
    json.writeNumberField("boot", session.boot());
    json.writeStringField("place", session.place().name().toLowerCase(Locale.ROOT));
    text(json, "user", session.user());
    text(json, "host", session.host());
    json.writeBooleanField("root", session.root());
    json.writeNumberField("firstLine", session.firstLine());
    json.writeNumberField("lastLine", session.lastLine());
    json.writeArrayFieldStart("commands");
    for (Exchange exchange : session.exchanges()) {
      json(json, exchange);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("escalations");
    for (Session.Escalation escalation : session.escalations()) {
      json.writeStartObject();
      json.writeStringField("command", escalation.command());
      json.writeNumberField("line", escalation.line());
      json.writeBooleanField("reached", escalation.reached());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("neverRun");
    for (String never : session.neverRun()) {
      json.writeString(never);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("facts");
    for (Fact fact : Facts.of(List.of(session))) {
      json(json, fact);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void json(JsonGenerator json, Fact fact) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", fact.kind().word());
    text(json, "subject", fact.subject());
    json.writeNumberField("line", fact.line());
    json.writeObjectFieldStart("fields");
    for (Map.Entry<String, String> field : new TreeMap<>(fact.fields()).entrySet()) {
      text(json, field.getKey(), field.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void json(JsonGenerator json, Exchange exchange) throws IOException {
    json.writeStartObject();
    text(json, "command", exchange.command());
    text(json, "prompt", exchange.prompt());
    json.writeNumberField("firstLine", exchange.firstLine());
    json.writeNumberField("lastLine", exchange.lastLine());
    json.writeNumberField("asked", exchange.asked());
    if (exchange.exitStatus() != Exchange.UNKNOWN) {
      json.writeNumberField("exitStatus", exchange.exitStatus());
    }
    if (exchange.micros() != Exchange.UNKNOWN) {
      json.writeFieldName("duration");
      json.writeRawValue(Seconds.exact(exchange.micros()));
    }
    if (exchange.asked() > 1 && exchange.polled() != Exchange.UNKNOWN) {
      json.writeFieldName("askedFor");
      json.writeRawValue(Seconds.exact(exchange.polled()));
    }
    if (exchange.lost() > 0) {
      json.writeNumberField("lostCharacters", exchange.lost());
    }
    json.writeArrayFieldStart("output");
    for (Exchange.Said said : exchange.output()) {
      json.writeStartObject();
      json.writeNumberField("line", said.line());
      json.writeStringField("text", said.text());
      if (said.spliced()) {
        json.writeBooleanField("spliced", true);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }
}
