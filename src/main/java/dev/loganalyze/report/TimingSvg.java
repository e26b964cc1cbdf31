package dev.loganalyze.report;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.timing.Timing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Each boot along its time, as HTML pages draw it: one picture that needs nothing else. */
final class TimingSvg implements Report {
  /**
   * A boot.
   *
   * @param name of its run, and its index
   * @param height pixels that its drawing takes
   */
  public record Picture(String name, Timeline timeline, int height) {}

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    List<Picture> pictures = new ArrayList<>();
    for (Run run : runs) {
      for (int i = 0; i < run.timings().size(); i++) {
        Boot boot = run.boots().get(i);
        Timing timing = run.timings().get(i);
        Timeline timeline = new Timeline(boot, timing);
        String name = run.name() + ", boot " + timing.boot();
        pictures.add(new Picture(name, timeline, timeline.isEmpty() ? 24 : timeline.height()));
      }
    }
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    Templates.write(
        "timeline.svg.ftlh", Map.of("pictures", pictures, "style", "timeline.css"), writer);
    writer.flush();
  }
}
