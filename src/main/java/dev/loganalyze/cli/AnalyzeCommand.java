package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.Usual;
import dev.loganalyze.diagnosis.Verdict;
import dev.loganalyze.input.Contents;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.report.Format;
import dev.loganalyze.report.Printable;
import dev.loganalyze.report.Report;
import dev.loganalyze.report.ReportOptions;
import dev.loganalyze.report.Tool;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.timing.UnitFacts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The main job: analyse logs and report. */
@Command(
    name = "loganalyze",
    mixinStandardHelpOptions = true,
    versionProvider = AnalyzeCommand.Version.class,
    sortOptions = false,
    description = {
      "Reads what a machine said while it booted and tells how far it got, what went wrong,",
      "and which fault came first."
    },
    footer = {
      "",
      "Exit status: 0 booted, nothing at or above --fail-on; 1 the boot failed or there are such",
      "findings; 2 wrong usage or unreadable input; 3 undecided (no boot, or the log stops early)."
    })
final class AnalyzeCommand implements Callable<Integer> {
  /** In less even the table of one run has no room. */
  private static final int LEAST_BYTES = 1000;

  private final OutputStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = {
        "Logs: files (also gzip, xz, bzip2, zstd), archives (tar, zip, 7z, cpio), folders,",
        "quoted globs, - for stdin."
      })
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "NAME[=FILE]",
      converter = FormatOption.Converter.class,
      description = {
        "text (default), json, jsonl, markdown, html, sarif, junit, github, gitlab, trace,",
        "svg or csv; repeats, one may go to stdout."
      })
  private List<FormatOption> formats = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit 1 from this severity on: info, warning, error (default), critical, never.")
  private String failOn;

  @Option(
      names = "--like",
      paramLabel = "GOOD.LOG",
      description = "Show the lines that this log of a healthy boot does not have.")
  private String like;

  @Option(
      names = "--max-bytes",
      paramLabel = "BYTES",
      description = "Markdown may have no more bytes; it says what it left out.")
  private Integer maxBytes;

  @Mixin private SettingsOptions options;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto (default), always or never; NO_COLOR is honoured.")
  private String color;

  @Option(names = "--debug", description = "Show the stack trace of a fault of loganalyze itself.")
  private boolean debug;

  AnalyzeCommand(OutputStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Whether {@code --debug} was given. */
  boolean debug() {
    return debug;
  }

  @Override
  public Integer call() throws IOException {
    if (paths.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "name a log, a folder of logs, or - for stdin");
    }
    Settings settings = options.read(err);
    Severity least = severity(settings);
    boolean colour = colour();
    Runs found =
        Runs.of(
            paths,
            new Analyzer(
                settings.rules(),
                settings
                    .asked(usual(), settings.budgets(), UnitFacts.NONE)
                    .withLines(formats.stream().anyMatch(f -> f.format() == Format.HTML))),
            err);
    List<Run> runs = found.all();
    report(
        runs,
        new ReportOptions(
            width(),
            colour,
            maxBytes(),
            settings.rules().rules(),
            settings.budgets(),
            found.unread()));
    ExitCode code = found.unreadable() ? ExitCode.UNUSABLE : judged(runs, least);
    if (code == ExitCode.UNDECIDED) {
      err.println("loganalyze: " + undecided(runs));
    }
    return code.status;
  }

  private void report(List<Run> runs, ReportOptions asked) throws IOException {
    List<FormatOption> wanted =
        formats.isEmpty() ? List.of(new FormatOption(Format.TEXT, null)) : formats;
    for (FormatOption format : wanted) {
      if (format.file() != null) {
        WholeFile.write(format.format().report(asked.on(80, false)), runs, format.file());
      } else {
        print(format.format().report(asked), runs);
      }
    }
    boolean forPeople =
        wanted.stream().allMatch(f -> f.file() != null || f.format() == Format.TEXT);
    if (GithubJob.isHere() && forPeople) {
      print(Format.GITHUB.report(asked), runs);
      GithubJob.summarize(runs, asked);
    }
  }

  private void print(Report report, List<Run> runs) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    report.write(runs, buffered);
    buffered.flush();
  }

  private int maxBytes() {
    if (maxBytes != null && maxBytes < LEAST_BYTES) {
      throw new ParameterException(
          spec.commandLine(), "--max-bytes takes " + LEAST_BYTES + " or more, not " + maxBytes);
    }
    return maxBytes == null ? Integer.MAX_VALUE : maxBytes;
  }

  /** The exit status that the runs deserve; the worst of them counts. */
  static ExitCode judged(List<Run> runs, Severity least) {
    ExitCode code = ExitCode.OK;
    for (Run run : runs) {
      boolean weighty =
          least != null
              && (run.verdict() == Verdict.FAILED
                  || run.findings().stream()
                      .filter(f -> !f.isSuppressed())
                      .anyMatch(f -> f.finding().severity().compareTo(least) >= 0));
      if (weighty) {
        return ExitCode.FINDINGS;
      }
      if (run.verdict() == Verdict.INCOMPLETE || run.verdict() == Verdict.UNKNOWN) {
        code = ExitCode.UNDECIDED;
      }
    }
    return runs.isEmpty() ? ExitCode.UNDECIDED : code;
  }

  static String undecided(List<Run> runs) {
    for (Run run : runs) {
      if (run.verdict() == Verdict.UNKNOWN) {
        return Printable.text(run.name()) + ": no boot was found in it";
      }
      if (run.verdict() == Verdict.INCOMPLETE) {
        return Printable.text(run.name()) + ": the log stops before the boot came to an end";
      }
    }
    return "there was nothing to read";
  }

  private Severity severity(Settings settings) {
    return severity(failOn == null ? settings.failOn() : failOn, spec);
  }

  /** The severity that {@code --fail-on} names; error when it was not given, null for never. */
  static Severity severity(String failOn, CommandSpec spec) {
    String word = failOn == null ? "error" : failOn;
    if (word.equals("never")) {
      return null;
    }
    for (Severity severity : Severity.values()) {
      if (severity.word().equals(word)) {
        return severity;
      }
    }
    throw new ParameterException(
        spec.commandLine(),
        "--fail-on takes info, warning, error, critical or never, not '" + word + "'");
  }

  /** What the healthy log says, or null when none was named. */
  private Usual usual() {
    if (like == null) {
      return null;
    }
    Contents contents = Inputs.open(new Inputs.Located(like, Path.of(like), true));
    if (contents.logs().size() != 1) {
      throw new CommandException(
          contents.failures().isEmpty()
              ? "--like takes one log, and " + like + " holds " + contents.logs().size()
              : contents.failures().get(0).getMessage());
    }
    try {
      return Usual.of(like, Analyzer.entries(contents.logs().get(0)));
    } catch (InputException e) {
      throw new CommandException(e.getMessage());
    }
  }

  private boolean colour() {
    return switch (color) {
      case "always" -> true;
      case "never" -> false;
      case "auto" -> Ansi.AUTO.enabled();
      default ->
          throw new ParameterException(
              spec.commandLine(), "--color takes auto, always or never, not '" + color + "'");
    };
  }

  /** The width of the terminal as the shell tells it, between 40 and 200 columns. */
  static int width() {
    String columns = System.getenv("COLUMNS");
    if (columns != null && columns.matches("[0-9]{1,4}")) {
      return Math.max(40, Math.min(200, Integer.parseInt(columns)));
    }
    return 80;
  }

  /** {@code loganalyze 0.1.0}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"loganalyze " + Tool.VERSION};
    }
  }
}
