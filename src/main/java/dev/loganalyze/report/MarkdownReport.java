package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.rules.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Markdown for a job page, a note or an issue: GitHub's flavour, no more of it than tables.
 *
 * <p>One run takes at most {@value #MOST_BYTES} bytes; the report says how much was left out.
 */
final class MarkdownReport implements Report {
  /** Bytes of one run's part; a page of this size is still shown and read. */
  static final int MOST_BYTES = 60_000;

  private static final int MOST_ROWS = 128;

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    if (runs.size() != 1) {
      Map<String, ?> model =
          Map.of("tally", Answer.tally(runs), "answers", runs.stream().map(Answer::new).toList());
      Templates.write("overview.md.ftl", model, writer);
    }
    for (Run run : runs) {
      if (runs.size() > 1) {
        writer.write("\n");
      }
      writer.write(section(new Answer(run)));
    }
    writer.flush();
  }

  /** Halves the rows of every table until the section is small enough. */
  private static String section(Answer answer) throws IOException {
    for (int rows = MOST_ROWS; ; rows /= 2) {
      StringWriter section = new StringWriter();
      Map<String, ?> model =
          Map.of(
              "answer",
              answer,
              "rows",
              rows,
              "fence",
              new Fence(),
              "tool",
              Tool.NAME + " " + Tool.VERSION);
      Templates.write("report.md.ftl", model, section);
      if (rows == 1 || section.toString().getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
        return section.toString();
      }
    }
  }

  /** Gives templates the fence of a code block. */
  public static final class Fence {
    /** Backticks, at least three and one more than any run of them in the evidence. */
    public String around(Finding finding) {
      int longest = 2;
      for (Finding.Evidence evidence : finding.evidence()) {
        int run = 0;
        for (int i = 0; i < evidence.text().length(); i++) {
          run = evidence.text().charAt(i) == '`' ? run + 1 : 0;
          longest = Math.max(longest, run);
        }
      }
      return "`".repeat(longest + 1);
    }
  }
}
