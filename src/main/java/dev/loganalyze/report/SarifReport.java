package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Rule;
import dev.loganalyze.rules.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * SARIF 2.1.0 (OASIS, 2020) as code scanning takes it: relative URIs, all rules declared whether
 * they found something or not, a fingerprint that outlives moved lines, accepted findings as
 * suppressions, the chain of a root cause as a code flow.
 */
final class SarifReport implements Report {
  /** Code scanning takes no more results of a run. */
  static final int MOST_RESULTS = 25_000;

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final String ROOT = "%SRCROOT%";
  private final List<Rule> expected;
  private final List<String> unread;

  /**
   * A report that declares the rules {@code expected}, besides those that found something, and
   * tells with the sentences {@code unread} what could not be read.
   */
  SarifReport(List<Rule> expected, List<String> unread) {
    this.expected = expected;
    this.unread = unread;
  }

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonText.indented(out)) {
      json.writeStartObject();
      json.writeStringField("$schema", SCHEMA);
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      new Log(json, runs).write();
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /** The one run of a SARIF log that all runs of machines are. */
  private final class Log {
    private final JsonGenerator json;
    private final List<Run> runs;
    private final List<Rule> rules;
    private final Map<String, Integer> ruleIndex = new HashMap<>();
    private final Places places = new Places();

    Log(JsonGenerator json, List<Run> runs) {
      this.json = json;
      this.runs = runs;
      Map<String, Rule> byId = new TreeMap<>();
      expected.forEach(rule -> byId.put(rule.id(), rule));
      runs.forEach(
          run ->
              run.findings().forEach(f -> byId.put(f.finding().rule().id(), f.finding().rule())));
      rules = new ArrayList<>(byId.values());
      rules.forEach(rule -> ruleIndex.put(rule.id(), ruleIndex.size()));
    }

    void write() throws IOException {
      json.writeStartObject();
      json.writeObjectFieldStart("tool");
      json.writeObjectFieldStart("driver");
      json.writeStringField("name", Tool.NAME);
      json.writeStringField("version", Tool.VERSION);
      json.writeArrayFieldStart("rules");
      for (Rule rule : rules) {
        rule(rule);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
      json.writeObjectFieldStart("originalUriBaseIds");
      json.writeObjectFieldStart(ROOT);
      message("description", "The folder in which loganalyze was run.");
      json.writeEndObject();
      json.writeEndObject();
      invocation();
      json.writeArrayFieldStart("artifacts");
      Set<String> paths = new HashSet<>();
      for (Run run : runs) {
        for (Run.Input input : run.inputs()) {
          if (paths.add(input.path())) {
            artifact(input);
          }
        }
      }
      json.writeEndArray();
      json.writeArrayFieldStart("results");
      int results = 0;
      for (Run run : runs) {
        for (Run.Diagnosed diagnosed : run.findings()) {
          if (results++ < MOST_RESULTS) {
            result(run, diagnosed);
          }
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }

    private void invocation() throws IOException {
      int results = runs.stream().mapToInt(run -> run.findings().size()).sum();
      json.writeArrayFieldStart("invocations");
      json.writeStartObject();
      json.writeBooleanField("executionSuccessful", unread.isEmpty());
      List<String[]> told = new ArrayList<>();
      unread.forEach(sentence -> told.add(new String[] {"error", sentence}));
      if (results > MOST_RESULTS) {
        String more =
            (results - MOST_RESULTS)
                + " of "
                + results
                + " findings are left out, as code scanning takes no more than "
                + MOST_RESULTS
                + "; the JSON report has all.";
        told.add(new String[] {"warning", more});
      }
      if (!told.isEmpty()) {
        json.writeArrayFieldStart("toolExecutionNotifications");
        for (String[] one : told) {
          json.writeStartObject();
          json.writeStringField("level", one[0]);
          message("message", one[1]);
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
      json.writeEndArray();
    }

    private void rule(Rule rule) throws IOException {
      json.writeStartObject();
      json.writeStringField("id", rule.id());
      message("shortDescription", rule.headline());
      if (!rule.explain().isBlank()) {
        message("fullDescription", rule.explain().strip());
      }
      StringBuilder help = new StringBuilder(rule.advice().strip());
      rule.falsepositives().forEach(f -> help.append("\nHarmless: ").append(f));
      rule.references().forEach(r -> help.append("\nSee ").append(r));
      message("help", help.length() == 0 ? rule.headline() : help.toString());
      json.writeObjectFieldStart("defaultConfiguration");
      json.writeStringField("level", level(rule.severity()));
      json.writeEndObject();
      json.writeObjectFieldStart("properties");
      json.writeArrayFieldStart("tags");
      json.writeString(rule.family());
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    }

    private void artifact(Run.Input input) throws IOException {
      json.writeStartObject();
      location(input.path(), "location");
      if (input.bytes() >= 0) {
        json.writeNumberField("length", input.bytes());
      }
      json.writeObjectFieldStart("hashes");
      json.writeStringField("sha-256", input.sha256());
      json.writeEndObject();
      json.writeEndObject();
    }

    private void result(Run run, Run.Diagnosed diagnosed) throws IOException {
      Finding finding = diagnosed.finding();
      json.writeStartObject();
      json.writeStringField("ruleId", finding.rule().id());
      json.writeNumberField("ruleIndex", ruleIndex.get(finding.rule().id()));
      json.writeStringField("level", level(finding.severity()));
      message("message", text(run, diagnosed));
      json.writeArrayFieldStart("locations");
      place(run, finding, "");
      json.writeEndArray();
      if (!diagnosed.causedBy().isEmpty()) {
        json.writeArrayFieldStart("relatedLocations");
        for (String id : diagnosed.causedBy()) {
          Finding cause = run.finding(id).finding();
          place(run, cause, "Caused by: " + cause.title());
        }
        json.writeEndArray();
      }
      for (Run.RootCause cause : run.rootCauses()) {
        if (cause.id().equals(diagnosed.id()) && cause.chain().size() > 1) {
          flow(run, cause);
        }
      }
      json.writeObjectFieldStart("partialFingerprints");
      json.writeStringField("loganalyze/v1", places.fingerprint(run, diagnosed));
      json.writeEndObject();
      if (diagnosed.isSuppressed()) {
        json.writeArrayFieldStart("suppressions");
        json.writeStartObject();
        json.writeStringField("kind", "external");
        json.writeStringField("justification", Printable.text(diagnosed.suppressed()));
        json.writeEndObject();
        json.writeEndArray();
      }
      properties(run, finding);
      json.writeEndObject();
    }

    private String text(Run run, Run.Diagnosed diagnosed) {
      StringBuilder text = new StringBuilder(diagnosed.finding().title());
      for (Run.RootCause cause : run.rootCauses()) {
        if (cause.id().equals(diagnosed.id()) && cause.chain().size() > 1) {
          text.append("\nWhat followed: ").append(cause.sentence());
        }
      }
      if (!diagnosed.finding().advice().isBlank()) {
        text.append('\n').append(diagnosed.finding().advice().strip());
      }
      return text.toString();
    }

    private void properties(Run run, Finding finding) throws IOException {
      json.writeObjectFieldStart("properties");
      json.writeStringField("run", Printable.text(run.name()));
      if (!finding.subject().isEmpty()) {
        json.writeStringField("subject", Printable.text(finding.subject()));
      }
      if (finding.boot() > 0) {
        json.writeNumberField("boot", finding.boot());
      }
      if (finding.phase() != null) {
        json.writeStringField("phase", finding.phase().word());
      }
      json.writeNumberField("occurrences", finding.occurrences());
      json.writeEndObject();
    }

    private void flow(Run run, Run.RootCause cause) throws IOException {
      json.writeArrayFieldStart("codeFlows");
      json.writeStartObject();
      json.writeArrayFieldStart("threadFlows");
      json.writeStartObject();
      json.writeArrayFieldStart("locations");
      for (String id : cause.chain()) {
        Finding step = run.finding(id).finding();
        json.writeStartObject();
        json.writeFieldName("location");
        place(run, step, step.title());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
    }

    private void place(Run run, Finding finding, String says) throws IOException {
      json.writeStartObject();
      json.writeObjectFieldStart("physicalLocation");
      location(Places.path(run, finding), "artifactLocation");
      json.writeObjectFieldStart("region");
      json.writeNumberField("startLine", finding.firstLine());
      if (finding.occurrences() == 1 && finding.lastLine() > finding.firstLine()) {
        json.writeNumberField("endLine", finding.lastLine());
      }
      if (!finding.evidence().isEmpty()) {
        message("snippet", finding.evidence().get(0).text());
      }
      json.writeEndObject();
      json.writeEndObject();
      if (!says.isEmpty()) {
        message("message", says);
      }
      json.writeEndObject();
    }

    private void location(String path, String name) throws IOException {
      json.writeObjectFieldStart(name);
      json.writeStringField("uri", Places.uri(path));
      if (!path.startsWith("/")) {
        json.writeStringField("uriBaseId", ROOT);
      }
      json.writeEndObject();
    }

    /** {@code {"text": …}}, as SARIF has all texts. */
    private void message(String name, String text) throws IOException {
      json.writeObjectFieldStart(name);
      json.writeStringField("text", lines(text));
      json.writeEndObject();
    }
  }

  /** {@code text} with its line ends, and whatever else steers written out. */
  private static String lines(String text) {
    return String.join("\n", text.lines().map(Printable::text).toList());
  }

  private static String level(Severity severity) {
    return switch (severity) {
      case CRITICAL, ERROR -> "error";
      case WARNING -> "warning";
      case INFO -> "note";
    };
  }
}
