package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.Usual;
import dev.loganalyze.diagnosis.Verdict;
import dev.loganalyze.input.Contents;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.report.Printable;
import dev.loganalyze.report.ReportOptions;
import dev.loganalyze.report.Tool;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.timing.UnitFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
    description =
        "Reads what a machine said while it booted and tells how far it got, what went wrong,"
            + " and which fault came first.",
    footer =
        """

        Examples:
          # What went wrong in one boot
          $ loganalyze serial.log
          # Many boots: each in short, and a table of those that did not pass
          $ loganalyze 'runs/**/*.log'
          # What a machine said that is up
          $ ssh box dmesg | loganalyze -
          # In CI: text for people, files for machines
          $ loganalyze --format text --format sarif=boot.sarif serial.log

        Exit status:
          0  booted, and nothing at or above --fail-on
          1  the boot failed, or there are such findings
          2  wrong usage, or an input that could not be read
          3  undecided: no boot in the log, or it stops before an end""")
final class AnalyzeCommand implements Callable<Integer> {
  private static final int MOST_JOBS = 256;

  private final OutputStream out;
  private final Sentences err;
  private final Tty tty;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "Logs: files (also gzip, xz, bzip2, zstd), archives (tar, zip, 7z, cpio), folders,"
              + " quoted globs, - for standard input.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--like",
      paramLabel = "GOOD.LOG",
      description = "Show the lines that this log of a healthy boot does not have.")
  private String like;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "Work with N threads; else with one for each processor.")
  private Integer jobs;

  @Mixin private SettingsOptions options;

  @Mixin private Reporting reporting;

  @Option(names = "--debug", description = "Show the stack trace of a fault of loganalyze itself.")
  private boolean debug;

  AnalyzeCommand(OutputStream out, Sentences err, Tty tty) {
    this.out = out;
    this.err = err;
    this.tty = tty;
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
    if (jobs != null && (jobs < 1 || jobs > MOST_JOBS)) {
      throw new ParameterException(
          spec.commandLine(), "--jobs takes a number from 1 to " + MOST_JOBS + ", not " + jobs);
    }
    Settings settings = options.read(err);
    settings = jobs == null ? settings : settings.withJobs(jobs);
    ReportOptions asked = reporting.read(settings, tty);
    Runs found =
        Runs.of(
            paths,
            new Analyzer(
                settings.rules(),
                settings
                    .asked(usual(), settings.budgets(), UnitFacts.NONE)
                    .withLines(reporting.wantsLines())
                    .withHashes(reporting.wantsHashes())),
            err,
            tty);
    reporting.report(found.all(), asked.without(found.unread()), out);
    return reporting.judge(found, settings, err).status;
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

  /** {@code loganalyze 0.1.0}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"loganalyze " + Tool.VERSION};
    }
  }
}
