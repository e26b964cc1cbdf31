package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.fault.Reason;
import dev.loganalyze.report.Format;
import dev.loganalyze.report.ReportOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The job of GitHub Actions that the program runs in, if it does. */
final class GithubJob {
  /**
   * A job's page takes 1 MiB of each step and nothing of a larger summary; others may add to it.
   */
  private static final int MOST_BYTES = 900 * 1024;

  private GithubJob() {}

  /** Whether the program runs in one. */
  static boolean isHere() {
    return "true".equals(System.getenv("GITHUB_ACTIONS"));
  }

  /**
   * Appends the Markdown report of {@code runs} to the page of the job.
   *
   * @throws CommandException when it cannot be written
   */
  static void summarize(List<Run> runs, ReportOptions options) throws IOException {
    String file = System.getenv("GITHUB_STEP_SUMMARY");
    if (file == null || file.isEmpty()) {
      return;
    }
    ByteArrayOutputStream summary = new ByteArrayOutputStream();
    int room = Math.min(MOST_BYTES, options.maxBytes());
    Format.MARKDOWN.report(options.within(room)).write(runs, summary);
    try {
      Files.write(
          Path.of(file),
          summary.toByteArray(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new CommandException(
          "GITHUB_STEP_SUMMARY: " + file + " could not be written (" + Reason.of(e) + ")");
    }
  }
}
