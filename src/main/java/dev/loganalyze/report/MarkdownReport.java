package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.rules.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Markdown for a job page, a note or an issue: GitHub's flavour, no more of it than tables.
 *
 * <p>One run takes at most {@value #MOST_BYTES} bytes, and all of them what the user allows; the
 * report says how much was left out.
 */
final class MarkdownReport implements Report {
  /** Bytes of one run's part; a page of this size is still shown and read. */
  static final int MOST_BYTES = 60_000;

  private static final int MOST_ROWS = 128;

  /** Who has room for fewer rows has none for a chart. */
  private static final int FEW_ROWS = 8;

  /** Bytes of the sentence that tells how much is left out. */
  private static final int LEFT_OUT = 200;

  /** So many sentences tell what could not be read. */
  private static final int MOST_UNREAD = 20;

  private final int maxBytes;
  private final List<String> unread;

  /** A report of at most {@code maxBytes} bytes in all, with the sentences {@code unread}. */
  MarkdownReport(int maxBytes, List<String> unread) {
    this.maxBytes = maxBytes;
    this.unread = unread;
  }

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    List<String> sections = new ArrayList<>();
    String notRead = notRead();
    int room =
        maxBytes
            - bytes(notRead)
            - (runs.size() == 1 ? 0 : bytes(overview(runs, 0, runs.size())) + LEFT_OUT);
    for (Run run : runs) {
      String section = section(new Answer(run), Math.min(room, MOST_BYTES));
      if (bytes(section) + 1 > room) {
        break;
      }
      room -= bytes(section) + 1;
      sections.add(section);
    }
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    if (runs.size() != 1 || sections.isEmpty()) {
      writer.write(overview(runs, sections.size(), rowsThatFit(runs, sections.size())));
    }
    for (String section : sections) {
      if (runs.size() > 1) {
        writer.write("\n");
      }
      writer.write(section);
    }
    writer.write(notRead);
    writer.flush();
  }

  /** What could not be read, or empty. */
  private String notRead() throws IOException {
    StringWriter sentences = new StringWriter();
    if (!unread.isEmpty()) {
      int shown = Math.min(MOST_UNREAD, unread.size());
      Templates.write(
          "unread.md.ftl",
          Map.of("unread", unread.subList(0, shown), "more", unread.size() - shown),
          sentences);
    }
    return sentences.toString();
  }

  /** The table of all runs, of which {@code shown} follow in full. */
  private static String overview(List<Run> runs, int shown, int rows) throws IOException {
    StringWriter overview = new StringWriter();
    Map<String, ?> model =
        Map.of(
            "tally",
            Answer.tally(runs),
            "answers",
            runs.stream().limit(rows).map(Answer::new).toList(),
            "runs",
            runs.size(),
            "shown",
            shown);
    Templates.write("overview.md.ftl", model, overview);
    return overview.toString();
  }

  /** How many rows of the overview there is room for. */
  private int rowsThatFit(List<Run> runs, int shown) throws IOException {
    int rows = runs.size();
    while (shown == 0 && rows > 0 && bytes(overview(runs, shown, rows)) > maxBytes) {
      rows /= 2;
    }
    return rows;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Halves the rows of every table until the section is small enough. */
  private static String section(Answer answer, int most) throws IOException {
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
              "gantt",
              rows < FEW_ROWS ? List.of() : gantt(answer.run()),
              "tool",
              Tool.NAME + " " + Tool.VERSION);
      Templates.write("report.md.ftl", model, section);
      if (rows == 1 || bytes(section.toString()) <= most) {
        return section.toString();
      }
    }
  }

  /** The chart of the last boot, where its times are known. */
  private static List<Gantt> gantt(Run run) {
    return run.timings().stream()
        .skip(Math.max(0, run.timings().size() - 1))
        .map(Gantt::new)
        .filter(gantt -> !gantt.isEmpty())
        .toList();
  }

  /** Gives templates the fence of a code block. */
  public static final class Fence {
    /** Backticks that no line of the evidence closes. */
    public String around(Finding finding) {
      return around(finding.evidence().stream().map(Finding.Evidence::text));
    }

    /** Backticks, at least three and one more than any run of them in {@code lines}. */
    static String around(Stream<String> lines) {
      int longest = 2;
      for (String line : (Iterable<String>) lines::iterator) {
        int run = 0;
        for (int i = 0; i < line.length(); i++) {
          run = line.charAt(i) == '`' ? run + 1 : 0;
          longest = Math.max(longest, run);
        }
      }
      return "`".repeat(longest + 1);
    }
  }
}
