package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.input.Contents;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.report.EntriesReport;
import dev.loganalyze.report.SessionsReport;
import dev.loganalyze.session.Session;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What was made of each line. */
@Command(
    name = "parse",
    sortOptions = false,
    description = "Show what was made of each line: time, speaker, shape, unit, message.",
    footer =
        """

        Examples:
          # Who says what, and when
          $ loganalyze parse serial.log
          # The clean transcript of what was typed and answered
          $ loganalyze parse --session serial.log
          # The service manager alone
          $ loganalyze parse --format jsonl serial.log | jq 'select(.unit)'""")
final class ParseCommand implements Callable<Integer> {
  private final OutputStream out;
  private final PrintStream err;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Logs, as for the main command.")
  private List<String> paths;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "text",
      completionCandidates = Words.TextOrJsonLines.class,
      description = "text (default), or jsonl: one JSON object an entry.")
  private String format;

  @Option(
      names = "--session",
      description = "Show who typed what, and what came back, as a clean transcript.")
  private boolean session;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "table",
      description = "table (default), or antlr: the grammar as ANTLR runs it, to compare.")
  private LineParser.Engine engine;

  @Option(
      names = "--no-redact",
      description = "Show passwords, tokens and private keys that stand in the logs.")
  private boolean noRedact;

  @Spec private CommandSpec spec;

  ParseCommand(OutputStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    if (!format.equals("text") && !format.equals("jsonl")) {
      throw new ParameterException(
          spec.commandLine(), "--format takes text or jsonl here, not '" + format + "'");
    }
    ExitCode code = ExitCode.OK;
    Inputs.Listing listing = Inputs.list(paths);
    for (InputException failure : listing.failures()) {
      err.println("loganalyze: " + failure.getMessage());
      code = ExitCode.UNUSABLE;
    }
    OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    for (Inputs.Located located : listing.inputs()) {
      Contents contents = Inputs.open(located);
      for (InputException failure : contents.failures()) {
        err.println("loganalyze: " + failure.getMessage());
        code = ExitCode.UNUSABLE;
      }
      for (Source source : contents.logs()) {
        if (!source.damage().isEmpty()) {
          err.println("loganalyze: " + source.damage());
          code = ExitCode.UNUSABLE;
        }
        try {
          Entries entries = Analyzer.entries(source, engine, !noRedact);
          if (session) {
            sessions(Analyzer.sessions(entries), buffered);
          } else if (format.equals("jsonl")) {
            EntriesReport.jsonLines(entries, buffered);
          } else {
            EntriesReport.text(entries, buffered);
          }
        } catch (InputException e) {
          err.println("loganalyze: " + e.getMessage());
          code = ExitCode.UNUSABLE;
        }
      }
    }
    buffered.flush();
    return code.status;
  }

  private void sessions(List<Session> sessions, OutputStream buffered) throws IOException {
    if (format.equals("jsonl")) {
      SessionsReport.jsonLines(sessions, buffered);
    } else {
      SessionsReport.text(sessions, buffered);
    }
  }
}
