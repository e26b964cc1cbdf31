package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.history.Comparison;
import dev.loganalyze.history.RunRecord;
import dev.loganalyze.report.ComparisonReport;
import dev.loganalyze.timing.UnitFacts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What changed between runs. */
@Command(
    name = "compare",
    sortOptions = false,
    description = "Tell what changed between runs: findings, how far they came, units, times.",
    footer =
        """

        Examples:
          # What is new in the boot that failed
          $ loganalyze compare good.log --to bad.log
          # Three runs a side or more also tell what got slower
          $ loganalyze compare main/*.log --to branch/*.log

        Exit status:
          0  nothing got worse
          1  a new error, or something is slower for sure
          2  a log could not be read""")
final class CompareCommand implements Callable<Integer> {
  private final OutputStream out;
  private final Sentences err;
  private final Tty tty;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "BASE", arity = "1..*", description = "Logs of the runs before.")
  private List<String> base;

  @Option(
      names = "--to",
      paramLabel = "NEW",
      arity = "1..*",
      required = true,
      description = "Logs of the runs now; several may follow.")
  private List<String> fresh;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "text (default), markdown or json.")
  private String format;

  @Mixin private SettingsOptions options;

  CompareCommand(OutputStream out, Sentences err, Tty tty) {
    this.out = out;
    this.err = err;
    this.tty = tty;
  }

  @Override
  public Integer call() throws IOException {
    if (!List.of("text", "markdown", "json").contains(format)) {
      throw new ParameterException(
          spec.commandLine(), "--format takes text, markdown, json here, not '" + format + "'");
    }
    Settings settings = options.read(err);
    Analyzer analyzer =
        new Analyzer(settings.rules(), settings.asked(null, settings.budgets(), UnitFacts.NONE));
    Runs before = Runs.of(base, analyzer, err, tty);
    Runs now = Runs.of(fresh, analyzer, err, tty);
    if (before.all().isEmpty() || now.all().isEmpty()) {
      throw new CommandException(
          "there is no run "
              + (before.all().isEmpty() ? "before" : "after")
              + " --to, so nothing can be compared; name logs or run folders on both sides");
    }
    Comparison comparison = Comparison.of(records(before), records(now));
    OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    switch (format) {
      case "markdown" -> ComparisonReport.markdown(comparison, buffered);
      case "json" -> ComparisonReport.json(comparison, buffered);
      default -> ComparisonReport.text(comparison, tty.width(), buffered);
    }
    buffered.flush();
    if (before.unreadable() || now.unreadable()) {
      return ExitCode.UNUSABLE.status;
    }
    return (comparison.isWorse() ? ExitCode.FINDINGS : ExitCode.OK).status;
  }

  private static List<RunRecord> records(Runs runs) {
    return runs.all().stream().map(run -> RunRecord.of(run, "")).toList();
  }
}
