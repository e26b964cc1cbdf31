package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The code quality report that GitLab shows in merge requests: a list of issues, those with equal
 * fingerprints shown once. Accepted findings are none of them.
 */
final class GitlabReport implements Report {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    Places places = new Places();
    try (JsonGenerator json = FACTORY.createGenerator(writer)) {
      DefaultIndenter indent = new DefaultIndenter("  ", "\n");
      json.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(indent).withArrayIndenter(indent));
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
    writer.flush();
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
