package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The code quality report that GitLab shows in merge requests: a list of issues, those with equal
 * fingerprints shown once. Accepted findings are none of them.
 */
final class GitlabReport implements Report {
  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    Places places = new Places();
    try (JsonGenerator json = JsonText.indented(out)) {
      json.writeStartArray();
      for (Run run : runs) {
        for (Run.Diagnosed diagnosed : run.findings()) {
          if (!diagnosed.isSuppressed()) {
            issue(json, run, diagnosed, places.fingerprint(run, diagnosed));
          }
        }
      }
      json.writeEndArray();
      json.writeRaw('\n');
    }
  }

  private static void issue(
      JsonGenerator json, Run run, Run.Diagnosed diagnosed, String fingerprint) throws IOException {
    Finding finding = diagnosed.finding();
    String path = Places.path(run, finding);
    json.writeStartObject();
    json.writeStringField("type", "issue");
    json.writeStringField("description", Printable.text(finding.title()));
    json.writeStringField("check_name", finding.rule().id());
    json.writeStringField("fingerprint", Printable.text(path) + ":" + fingerprint);
    json.writeStringField("severity", severity(finding.severity()));
    json.writeObjectFieldStart("location");
    json.writeStringField("path", Printable.text(path));
    json.writeObjectFieldStart("lines");
    json.writeNumberField("begin", finding.firstLine());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "blocker";
      case ERROR -> "critical";
      case WARNING -> "minor";
      case INFO -> "info";
    };
  }
}
