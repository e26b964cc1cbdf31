package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.report.Printable;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.timing.UnitFacts;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Findings that are known, so that only new ones count. */
@Command(
    name = "baseline",
    description = "Accept today's findings, so that only new ones count.",
    footer =
        """

        Examples:
          # Accept what is found today
          $ loganalyze baseline write logs/*.log > known.yaml
          # Count only what is new
          $ loganalyze --baseline known.yaml logs/*.log""")
final class BaselineCommand {
  private final PrintStream out;
  private final Sentences err;
  private final Tty tty;

  BaselineCommand(OutputStream out, Sentences err, Tty tty) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = err;
    this.tty = tty;
  }

  @Command(
      name = "write",
      description = "Print a baseline of all findings of warning and above, for --baseline.",
      footer =
          """

          Examples:
            # Accept today's findings until the end of January
            $ loganalyze baseline write --until 2027-01-31 logs/*.log > known.yaml
            # Say why
            $ loganalyze baseline write --reason 'disk on order' serial.log > known.yaml""")
  int write(
      @Parameters(paramLabel = "PATH", arity = "1..*", description = "As for the main command.")
          List<String> paths,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "known when the baseline was written",
              description = "Why they are accepted.")
          String reason,
      @Option(
              names = "--until",
              paramLabel = "DAY",
              description = "Until this day (2027-01-31); afterwards they count again.")
          String until,
      @Mixin SettingsOptions options) {
    if (until != null && Settings.day(until) == null) {
      throw new CommandException("--until takes a day as in 2027-01-31, not '" + until + "'");
    }
    Settings settings = options.read(err);
    Runs runs =
        Runs.of(
            paths,
            new Analyzer(
                settings.rules(), settings.asked(null, settings.budgets(), UnitFacts.NONE)),
            err,
            tty);
    Map<String, Run.Diagnosed> bySignature = new LinkedHashMap<>();
    for (Run run : runs.all()) {
      for (Run.Diagnosed found : run.findings()) {
        if (!found.isSuppressed() && found.finding().severity().compareTo(Severity.WARNING) >= 0) {
          bySignature.putIfAbsent(found.signature(), found);
        }
      }
    }
    out.println(
        bySignature.isEmpty()
            ? "accepted: []"
            : "# Written by loganalyze baseline write.\naccepted:");
    for (Run.Diagnosed found : bySignature.values()) {
      out.println("  # " + Printable.text(found.finding().title().replace('\n', ' ')));
      out.println("  - rule: " + found.finding().rule().id());
      out.println("    signature: '" + found.signature() + "'");
      out.println("    reason: '" + Printable.text(reason).replace("'", "''") + "'");
      if (until != null) {
        out.println("    until: '" + until + "'");
      }
    }
    return runs.unreadable() ? ExitCode.UNUSABLE.status : ExitCode.OK.status;
  }
}
