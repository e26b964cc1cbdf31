package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.timing.Timing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Times for a job page or an issue: the figures, a Gantt chart in Mermaid's language, the stalls.
 */
final class TimingMarkdown implements Report {
  private static final int MOST_STALLS = 10;

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    String gap = "";
    for (Run run : runs) {
      for (Timing timing : run.timings()) {
        TimingWords words = new TimingWords(timing);
        List<String> stalls = words.stalls().stream().map(words::sentence).toList();
        writer.write(gap);
        gap = "\n";
        Templates.write(
            "timing.md.ftl",
            Map.of(
                "name", run.name(),
                "boot", timing.boot(),
                "words", words,
                "gantt", new Gantt(timing),
                "stalls", stalls.subList(0, Math.min(MOST_STALLS, stalls.size()))),
            writer);
      }
    }
    writer.flush();
  }
}
