package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.input.Contents;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.report.TimingFormat;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.timing.Budgets;
import dev.loganalyze.timing.UnitFacts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where the time of a boot went. */
@Command(
    name = "timing",
    sortOptions = false,
    description = "Show where the time went: phases, stalls, blame, critical chain.",
    footer =
        """

        Examples:
          # Where the time of a boot went
          $ loganalyze timing serial.log
          # A test: login within 40 s
          $ loganalyze timing --budget login=40s serial.log
          # A trace for ui.perfetto.dev
          $ loganalyze timing --format trace serial.log > boot.json

        Exit status:
          as of loganalyze itself; a budget that is not kept is an error""")
final class TimingCommand implements Callable<Integer> {
  private final OutputStream out;
  private final Sentences err;
  private final Tty tty;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Logs, as for the main command.")
  private List<String> paths;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "text",
      completionCandidates = Words.TimingFormats.class,
      description = "text (default), svg, trace, csv, json or markdown.")
  private String format;

  @Option(
      names = "--budget",
      paramLabel = "NAME=TIME",
      description =
          "What a figure, target or unit may take: login=40s, kernel=3s,"
              + " multi-user.target='1min 30s'; repeats.")
  private List<String> budgets = new ArrayList<>();

  @Option(
      names = "--units",
      paramLabel = "FILE",
      description =
          "What the machine printed of its units: systemctl show '*' with Id, After and the"
              + " monotonic timestamps, or systemd-analyze dot; repeats.")
  private List<String> units = new ArrayList<>();

  @Mixin private FailOnOption failOn;

  @Mixin private SettingsOptions options;

  TimingCommand(OutputStream out, Sentences err, Tty tty) {
    this.out = out;
    this.err = err;
    this.tty = tty;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = options.read(err);
    Severity least = failOn.least(settings);
    TimingFormat wanted;
    Budgets limits;
    try {
      wanted = TimingFormat.of(format);
      limits = budgets.isEmpty() ? settings.budgets() : Budgets.of(budgets);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    Analyzer analyzer = new Analyzer(settings.rules(), settings.asked(null, limits, facts()));
    Runs analyzed = Runs.of(paths, analyzer, err, tty);
    List<Run> runs = analyzed.all();
    OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    wanted.report(tty.screen("auto")).write(runs, buffered);
    buffered.flush();
    ExitCode code = analyzed.unreadable() ? ExitCode.UNUSABLE : AnalyzeCommand.judged(runs, least);
    if (code == ExitCode.UNDECIDED) {
      err.println("loganalyze: " + AnalyzeCommand.undecided(runs));
    }
    return code.status;
  }

  private UnitFacts facts() {
    UnitFacts facts = UnitFacts.NONE;
    for (String file : units) {
      Contents contents = Inputs.open(new Inputs.Located(file, Path.of(file), true));
      for (InputException failure : contents.failures()) {
        throw new ParameterException(spec.commandLine(), failure.getMessage());
      }
      for (Source source : contents.logs()) {
        if (!UnitFacts.matches(source.content())) {
          throw new ParameterException(
              spec.commandLine(),
              file + ": this is neither systemctl show's output nor systemd-analyze dot's");
        }
        facts = facts.with(source.content());
      }
    }
    return facts;
  }
}
