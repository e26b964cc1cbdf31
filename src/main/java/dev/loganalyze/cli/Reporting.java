package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.report.Format;
import dev.loganalyze.report.Report;
import dev.loganalyze.report.ReportOptions;
import dev.loganalyze.report.Screen;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how runs are reported, and from what on they count as failed. */
final class Reporting {
  /** In less even the table of one run has no room. */
  private static final int LEAST_BYTES = 1000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "NAME[=FILE]",
      converter = FormatOption.Converter.class,
      completionCandidates = Words.Formats.class,
      description =
          "text (default), json, jsonl, markdown, html, sarif, junit, github, gitlab, trace, svg"
              + " or csv; repeats, and one may go to standard output.")
  private List<FormatOption> formats = new ArrayList<>();

  @Mixin private FailOnOption failOn;

  @Option(
      names = "--max-bytes",
      paramLabel = "BYTES",
      description = "Markdown may have no more bytes; it says what it left out.")
  private Integer maxBytes;

  @Mixin private ColorOption color;

  /**
   * Finds out whether the options make sense, before work is done that would be lost.
   *
   * @param tty what standard output is connected to
   */
  ReportOptions read(Settings settings, Tty tty) {
    failOn.least(settings);
    requirePlaces();
    return new ReportOptions(
        color.screen(tty), maxBytes(), settings.rules().rules(), settings.budgets(), List.of());
  }

  /** Two reports in one place spoil each other. */
  private void requirePlaces() {
    Set<String> places = new HashSet<>();
    for (FormatOption format : formats) {
      String place =
          format.file() == null ? "standard output" : format.file().normalize().toString();
      if (!places.add(place)) {
        throw new ParameterException(
            spec.commandLine(),
            "--format: two reports cannot go to "
                + place
                + "; name a file for one, as in json=FILE");
      }
    }
  }

  /** Whether some report shows the lines of the logs. */
  boolean wantsLines() {
    return formats.stream().anyMatch(f -> f.format() == Format.HTML);
  }

  /** Whether some report tells the hashes of the logs. */
  boolean wantsHashes() {
    // A job's summary is Markdown.
    return GithubJob.isHere() || formats.stream().anyMatch(f -> f.format().tellsHashes());
  }

  /**
   * Writes the reports of {@code runs}.
   *
   * @param asked as {@link #read} says
   */
  void report(List<Run> runs, ReportOptions asked, OutputStream out) throws IOException {
    List<FormatOption> wanted =
        formats.isEmpty() ? List.of(new FormatOption(Format.TEXT, null)) : formats;
    // Files first: who reads standard output may go away.
    for (FormatOption format : wanted) {
      if (format.file() != null) {
        WholeFile.write(format.format().report(asked.on(Screen.PLAIN)), runs, format.file());
      }
    }
    for (FormatOption format : wanted) {
      if (format.file() == null) {
        print(format.format().report(asked), runs, out);
      }
    }
    boolean forPeople =
        wanted.stream().allMatch(f -> f.file() != null || f.format() == Format.TEXT);
    if (GithubJob.isHere() && forPeople) {
      print(Format.GITHUB.report(asked), runs, out);
      GithubJob.summarize(runs, asked);
    }
  }

  private static void print(Report report, List<Run> runs, OutputStream out) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    report.write(runs, buffered);
    buffered.flush();
  }

  /** The exit status that {@code runs} deserve; says why where it is undecided. */
  ExitCode judge(Runs runs, Settings settings, PrintStream err) {
    ExitCode code =
        runs.unreadable()
            ? ExitCode.UNUSABLE
            : AnalyzeCommand.judged(runs.all(), failOn.least(settings));
    if (code == ExitCode.UNDECIDED) {
      err.println("loganalyze: " + AnalyzeCommand.undecided(runs.all()));
    }
    return code;
  }

  private int maxBytes() {
    if (maxBytes != null && maxBytes < LEAST_BYTES) {
      throw new ParameterException(
          spec.commandLine(), "--max-bytes takes " + LEAST_BYTES + " or more, not " + maxBytes);
    }
    return maxBytes == null ? Integer.MAX_VALUE : maxBytes;
  }
}
