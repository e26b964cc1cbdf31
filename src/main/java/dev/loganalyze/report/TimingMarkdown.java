package dev.loganalyze.report;

import dev.loganalyze.boot.Unit;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Instant;
import dev.loganalyze.timing.Timespan;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
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

  /** Mermaid draws at most 50,000 characters, and a person reads no longer chart. */
  private static final int MOST_UNITS = 40;

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
                "stalls", stalls.subList(0, Math.min(MOST_STALLS, stalls.size()))),
            writer);
        gantt(writer, words);
      }
    }
    writer.flush();
  }

  /**
   * A Gantt chart. Its language has no quotes: of names only letters, digits and what unit names
   * have is left. Times are milliseconds from the first; the axis counts seconds.
   *
   * @see <a href="https://mermaid.js.org/syntax/gantt.html">Mermaid: Gantt diagrams</a>
   */
  private static void gantt(Writer out, TimingWords words) throws IOException {
    List<Figure> parts = words.parts();
    List<UnitTime> units = words.blame();
    if (parts.isEmpty()) {
      return;
    }
    long zero = parts.get(0).start().micros();
    out.write("\n```mermaid\ngantt\n    dateFormat x\n    axisFormat %s\n    section phases\n");
    for (Figure part : parts) {
      task(out, part.name(), "", part.start(), part.end(), zero);
    }
    if (!units.isEmpty()) {
      out.write("    section units\n");
      for (UnitTime unit : units.subList(0, Math.min(MOST_UNITS, units.size()))) {
        String tag = unit.result() == Unit.Result.DONE ? "" : "crit, ";
        task(out, unit.name(), tag, unit.started(), unit.finished(), zero);
      }
    }
    out.write("```\n");
  }

  private static void task(
      Writer out, String name, String tag, Instant start, Instant end, long zero)
      throws IOException {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), 60); i++) {
      char c = name.charAt(i);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "._@/-".indexOf(c) >= 0);
      shown.append(plain ? c : '_');
    }
    long from = Math.max(0, start.micros() - zero) / 1000;
    long took = Math.max(1, (end.micros() - start.micros()) / 1000);
    String label = shown + " " + Timespan.format(Math.max(0, end.micros() - start.micros()));
    out.write("    " + label + " :" + tag + from + ", " + took + "ms\n");
  }
}
