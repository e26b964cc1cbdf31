package dev.loganalyze.cli;

import dev.loganalyze.report.Tool;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** Where the program starts. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its exit status. */
  public static void main(String[] args) {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(run(args, out, err, Tty.here()));
  }

  /** Runs the command line on streams that are no terminals. */
  static int run(String[] args, OutputStream out, PrintStream err) {
    return run(args, out, err, Tty.NONE);
  }

  /**
   * Runs the command line.
   *
   * @param out gets reports, unbuffered
   * @param err gets sentences about what went wrong
   * @param tty what they are connected to
   * @return the exit status; see {@link ExitCode}
   */
  static int run(String[] args, OutputStream out, PrintStream err, Tty tty) {
    try {
      return commandLine(out, err, tty).execute(args);
    } catch (OutOfMemoryError e) {
      err.println(
          "loganalyze: the memory of Java does not suffice for this input; analyse fewer files at"
              + " once, or give more with LOGANALYZE_JAVA_OPTS=-Xmx4g");
      return ExitCode.UNUSABLE.status;
    }
  }

  /** All commands, on these streams. */
  static CommandLine commandLine(OutputStream out, PrintStream err, Tty tty) {
    AnalyzeCommand analyze = new AnalyzeCommand(out, err, tty);
    CommandLine commandLine = new CommandLine(analyze);
    commandLine.addSubcommand(new FollowCommand(out, err, tty));
    commandLine.addSubcommand(new ExplainCommand(out, err, tty));
    commandLine.addSubcommand(new TimingCommand(out, err, tty));
    commandLine.addSubcommand(new NoteCommand(out, err, tty));
    commandLine.addSubcommand(new CompareCommand(out, err, tty));
    commandLine.addSubcommand(new HistoryCommand(out, err, tty));
    commandLine.addSubcommand(new RunCommand(out, err, tty));
    commandLine.addSubcommand(new DoctorCommand(out));
    commandLine.addSubcommand(new ParseCommand(out, err));
    CommandLine rules = new CommandLine(new RulesCommand(out, err));
    rules.addSubcommand(new CommandLine(new ExplainCommand(out, err, tty)).setCommandName("show"));
    commandLine.addSubcommand(rules);
    commandLine.addSubcommand(new JournalCommand(out, err));
    commandLine.addSubcommand(new BaselineCommand(out, err, tty));
    commandLine.addSubcommand(new ConfigCommand(out, err));
    commandLine.addSubcommand(new CompletionCommand(out, tty));
    commandLine.addSubcommand(new ManCommand(out));
    giveHelp(commandLine);
    commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    commandLine.setColorScheme(Help.defaultColorScheme(tty.colour() ? Ansi.ON : Ansi.OFF));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(
        (e, arguments) -> {
          err.println(
              "loganalyze: "
                  + oneLine(e.getMessage())
                  + "; see "
                  + e.getCommandLine().getCommandSpec().qualifiedName()
                  + " --help");
          return ExitCode.UNUSABLE.status;
        });
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (isBrokenPipe(e)) {
            return ExitCode.OK.status;
          }
          if (analyze.debug()) {
            e.printStackTrace(err);
          } else {
            err.println(
                "loganalyze: " + (e instanceof CommandException ? e.getMessage() : unexpected(e)));
          }
          return ExitCode.UNUSABLE.status;
        });
    return commandLine;
  }

  /** Every command takes {@code --help}. */
  private static void giveHelp(CommandLine commandLine) {
    for (CommandLine command : commandLine.getSubcommands().values()) {
      command
          .getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Show this help and end.")
                  .build());
      giveHelp(command);
    }
  }

  private static String unexpected(Exception e) {
    return oneLine(e.getClass().getSimpleName() + ": " + e.getMessage())
        + "; this is a fault of loganalyze "
        + Tool.VERSION
        + ", run it again with --debug and report what it prints";
  }

  private static boolean isBrokenPipe(Throwable e) {
    return e instanceof java.io.IOException
        && e.getMessage() != null
        && e.getMessage().contains("Broken pipe");
  }

  private static String oneLine(String text) {
    return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
