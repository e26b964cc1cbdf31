package dev.loganalyze.cli;

import dev.loganalyze.report.Printable;
import dev.loganalyze.report.Tool;
import dev.loganalyze.resource.ProgramFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** Where the program starts. */
public final class Main {
  /** Said before anything is loaded that it does not need. */
  private static final Set<String> VERSION = Set.of("--version", "-V");

  private static final Set<String> HELP = Set.of("--help", "-h");

  /** With these words all commands are asked for. */
  private static final Set<String> LISTING = Set.of("--help", "-h", "completion", "man");

  /**
   * The commands, in the order in which help lists them; {@link #command} makes each. A map of what
   * makes them would have a lambda for each linked at each start.
   */
  private static final List<String> COMMANDS =
      List.of(
          "follow",
          "explain",
          "timing",
          "note",
          "compare",
          "history",
          "run",
          "doctor",
          "parse",
          "rules",
          "journal",
          "baseline",
          "config",
          "completion",
          "man");

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
    StandardOutput output = new StandardOutput(out);
    int status = run(args, output, err, tty);
    if (output.failed() && !output.unread()) {
      err.println(
          "loganalyze: standard output could not be written ("
              + output.reason()
              + "); write elsewhere or free space");
      return ExitCode.UNUSABLE.status;
    }
    return status;
  }

  private static int run(String[] args, StandardOutput out, PrintStream err, Tty tty) {
    try {
      if (args.length == 1 && VERSION.contains(args[0])) {
        out.write((Tool.NAME + " " + Tool.VERSION + "\n").getBytes(StandardCharsets.UTF_8));
        return ExitCode.OK.status;
      }
      if (args.length == 1 && HELP.contains(args[0]) && !tty.colour()) {
        // To look at the annotations of all commands takes five times as long.
        out.write(ProgramFile.bytes(Precompiled.HELP));
        return ExitCode.OK.status;
      }
      return commandLine(out, err, tty, meant(args)).execute(args);
    } catch (IOException e) {
      // Of standard output, which remembers it.
      return ExitCode.OK.status;
    } catch (OutOfMemoryError | NoClassDefFoundError | ExceptionInInitializerError e) {
      if (!isLackOfMemory(e)) {
        throw e;
      }
      err.println(
          "loganalyze: the memory of Java does not suffice for this input; analyse fewer files at"
              + " once, or give more with LOGANALYZE_JAVA_OPTS=-Xmx4g");
      return ExitCode.UNUSABLE.status;
    }
  }

  /**
   * A class that could not be initialized for it says so in words alone, from the second time on.
   */
  private static boolean isLackOfMemory(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError
          || String.valueOf(cause.getMessage()).contains(OutOfMemoryError.class.getName())) {
        return true;
      }
    }
    return false;
  }

  /** All commands, on these streams. */
  static CommandLine commandLine(OutputStream out, PrintStream err, Tty tty) {
    return commandLine(out, err, tty, COMMANDS);
  }

  /**
   * Which commands {@code args} may mean. To look at the annotations of a command takes as long as
   * the analysis of a small log, so that the others are left out; not where they are to be listed.
   */
  private static List<String> meant(String[] args) {
    Set<String> words = new HashSet<>(Arrays.asList(args));
    List<String> meant = new ArrayList<>(COMMANDS);
    if (Collections.disjoint(words, LISTING)) {
      meant.retainAll(words);
    }
    return meant;
  }

  private static CommandLine commandLine(
      OutputStream out, PrintStream anyErr, Tty tty, List<String> commands) {
    if (commands.isEmpty()) {
      HeadStart.begin();
    }
    Sentences err = new Sentences(anyErr);
    AnalyzeCommand analyze = new AnalyzeCommand(out, err, tty);
    CommandLine commandLine = new CommandLine(analyze);
    for (String command : commands) {
      commandLine.addSubcommand(command, command(command, out, err, tty));
    }
    giveHelp(commandLine);
    commandLine.setExecutionStrategy(
        parsed -> {
          err.showTraces(analyze.debug());
          return new CommandLine.RunLast().execute(parsed);
        });
    commandLine.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    commandLine.setColorScheme(Help.defaultColorScheme(tty.colour() ? Ansi.ON : Ansi.OFF));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setParameterExceptionHandler(
        (e, arguments) -> {
          err.println(
              "loganalyze: "
                  + inWords(oneLine(e.getMessage()))
                  + "; see "
                  + e.getCommandLine().getCommandSpec().qualifiedName()
                  + " --help");
          return ExitCode.UNUSABLE.status;
        });
    commandLine.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (out instanceof StandardOutput output && output.failed()) {
            return ExitCode.OK.status;
          }
          if (!err.trace(e)) {
            String sentence = e instanceof CommandException ? e.getMessage() : unexpected(e);
            ("loganalyze: " + sentence).lines().map(Printable::text).forEach(err::println);
          }
          return ExitCode.UNUSABLE.status;
        });
    return commandLine;
  }

  private static CommandLine command(String name, OutputStream out, Sentences err, Tty tty) {
    Object command =
        switch (name) {
          case "follow" -> new FollowCommand(out, err, tty);
          case "explain" -> new ExplainCommand(out, err, tty);
          case "timing" -> new TimingCommand(out, err, tty);
          case "note" -> new NoteCommand(out, err, tty);
          case "compare" -> new CompareCommand(out, err, tty);
          case "history" -> new HistoryCommand(out, err, tty);
          case "run" -> new RunCommand(out, err, tty);
          case "doctor" -> new DoctorCommand(out);
          case "parse" -> new ParseCommand(out, err);
          case "rules" -> new RulesCommand(out, err);
          case "journal" -> new JournalCommand(out, err, tty);
          case "baseline" -> new BaselineCommand(out, err, tty);
          case "config" -> new ConfigCommand(out, err);
          case "completion" -> new CompletionCommand(out, tty);
          case "man" -> new ManCommand(out);
          default -> throw new IllegalArgumentException(name);
        };
    CommandLine commandLine = new CommandLine(command);
    if (name.equals("rules")) {
      CommandLine show = new CommandLine(new ExplainCommand(out, err, tty));
      commandLine.addSubcommand(show.setCommandName("show"));
    }
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

  /** What is said of an exception that nobody has thought of. */
  static String unexpected(Exception e) {
    return oneLine(e.getClass().getSimpleName() + ": " + e.getMessage())
        + "; this is a fault of loganalyze "
        + Tool.VERSION
        + ", run it again with --debug and report what it prints";
  }

  /** What picocli says, without the names of Java's types. */
  private static String inWords(String sentence) {
    return sentence
        .replace("is not an int", "is not a whole number")
        .replace("is not a double", "is not a number");
  }

  private static String oneLine(String text) {
    return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
