package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Goal;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.input.StandardInput;
import dev.loganalyze.parse.Timespan;
import dev.loganalyze.report.Format;
import dev.loganalyze.report.LiveReport;
import dev.loganalyze.report.Printable;
import dev.loganalyze.report.ReportOptions;
import dev.loganalyze.report.Screen;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.timing.UnitFacts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A boot while it goes on. */
@Command(
    name = "follow",
    sortOptions = false,
    description =
        "Tell phases and findings of a boot while its console prints, and the verdict at the end:"
            + " when the place is reached that --until names, when that cannot be any more, when"
            + " the stream ends, after --timeout, or on Ctrl-C.",
    footer =
        """

        Examples:
          # Wait for a virtual machine to come up, five minutes at most
          $ loganalyze follow --until login --timeout 5min serial.log
          # Watch a machine on a serial line
          $ stty -F /dev/ttyS0 115200 raw && loganalyze follow /dev/ttyS0
          # Watch what a program prints
          $ qemu-system-x86_64 -nographic disk.img | loganalyze follow -

        Exit status:
          0  booted, or reached what --until names; nothing at or above --fail-on
          1  the boot failed, or there are such findings
          2  wrong usage, or an input that could not be read
          3  undecided: --timeout came first, or the log stops before an end""")
final class FollowCommand implements Callable<Integer> {
  /** How often a file is looked at; a log that says nothing for so long pauses. */
  private static final long TICK_MILLIS = 200;

  private final OutputStream out;
  private final PrintStream err;
  private final Tty tty;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      description =
          "A file, also one that is not there yet, is truncated or rotated; a device or pipe; -"
              + " for standard input.")
  private String path;

  @Option(
      names = "--until",
      paramLabel = "PLACE",
      completionCandidates = Words.Places.class,
      description =
          "End when the boot has reached firmware, bootloader, kernel, initrd, userspace, login or"
              + " shell.")
  private String until;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "End after this time with exit status 3, as 300s or '1min 30s'.")
  private Double timeout;

  @Mixin private FailOnOption failOn;

  @Mixin private SettingsOptions options;

  @Mixin private ColorOption color;

  FollowCommand(OutputStream out, PrintStream err, Tty tty) {
    this.out = out;
    this.err = err;
    this.tty = tty;
  }

  @Override
  public Integer call() throws IOException {
    Goal goal = goal();
    long deadline = deadline();
    Settings settings = options.read(err);
    Severity least = failOn.least(settings);
    Screen screen = color.screen(tty);
    Analyzer analyzer =
        new Analyzer(settings.rules(), settings.asked(null, settings.budgets(), UnitFacts.NONE));
    Follower log =
        new Follower(path, analyzer, Runtime.getRuntime().maxMemory() / 8, System::nanoTime);
    try (StopSignal stop = new StopSignal();
        Tail tail = tail()) {
      Followed followed = follow(tail, log, goal, deadline, screen, stop);
      return stop.ended(conclude(followed, goal, least, screen, settings).status);
    }
  }

  /**
   * How it went.
   *
   * @param run what is known
   * @param worst the heaviest finding that was told, or null
   * @param reached whether the boot came where it should
   * @param late whether the time was over
   */
  private record Followed(Run run, Severity worst, boolean reached, boolean late) {}

  private Followed follow(
      Tail tail, Follower log, Goal goal, long deadline, Screen screen, StopSignal stop)
      throws IOException {
    LiveReport live = new LiveReport(screen, out);
    while (true) {
      Tail.Piece piece = read(tail);
      if (piece.anew()) {
        log.forget();
        live = new LiveReport(screen, out);
      }
      if (!piece.note().isEmpty()) {
        err.println("loganalyze: " + Printable.text(path) + ": " + piece.note());
      }
      log.take(piece.bytes());
      boolean quiet = piece.bytes().length == 0;
      if (log.isDue(quiet)) {
        live.tell(log.analyse(quiet));
      }
      Run known = log.run();
      if (goal != null && known != null && goal.isReached(known)) {
        return new Followed(known, live.worst(), true, false);
      }
      if (goal != null && quiet && log.isAnalysed() && known != null && goal.isMissed(known)) {
        return new Followed(known, live.worst(), false, false);
      }
      boolean late = System.nanoTime() - deadline >= 0;
      boolean over = piece.ended() && quiet;
      if (over || late || stop.comesWithin(quiet ? TICK_MILLIS : 0)) {
        Run run = log.analyse(true);
        live.tell(run);
        boolean reached = goal != null && goal.isReached(run);
        return new Followed(run, live.worst(), reached, late && !over && !reached);
      }
    }
  }

  /** The verdict, or for a place on the way that it was reached; a boot goes on from there. */
  private ExitCode conclude(
      Followed followed, Goal goal, Severity least, Screen screen, Settings settings)
      throws IOException {
    Run run = followed.run();
    if (followed.reached() && !goal.isTheEnd()) {
      boolean weighty =
          least != null && followed.worst() != null && followed.worst().compareTo(least) >= 0;
      return weighty ? ExitCode.FINDINGS : ExitCode.OK;
    }
    OutputStream buffered = new BufferedOutputStream(out);
    buffered.write('\n');
    Format.TEXT
        .report(
            new ReportOptions(
                screen, Integer.MAX_VALUE, settings.rules().rules(), settings.budgets(), List.of()))
        .write(List.of(run), buffered);
    buffered.flush();
    if (followed.late()) {
      err.println(
          "loganalyze: "
              + Printable.text(path)
              + ": "
              + (goal == null ? "the boot did not end" : goal.word() + " was not reached")
              + " within "
              + Timespan.format(micros(timeout)));
      return ExitCode.UNDECIDED;
    }
    ExitCode code = AnalyzeCommand.judged(List.of(run), least);
    if (code == ExitCode.UNDECIDED) {
      err.println("loganalyze: " + AnalyzeCommand.undecided(List.of(run)));
    }
    return code;
  }

  private Tail.Piece read(Tail tail) {
    try {
      return tail.read();
    } catch (IOException e) {
      throw WholeFile.unreadable(path, e);
    }
  }

  private Tail tail() {
    if (path.equals("-")) {
      return new StreamTail(StandardInput::open);
    }
    Path file = Path.of(path);
    if (Files.isDirectory(file)) {
      throw new CommandException(
          Printable.text(path) + ": this is a folder; name the log that is written");
    }
    return Files.exists(file) && !Files.isRegularFile(file)
        ? new StreamTail(() -> Files.newInputStream(file))
        : new FileTail(file);
  }

  private Goal goal() {
    try {
      return until == null ? null : Goal.of(until);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** In the time of {@link System#nanoTime}; never where no timeout was given. */
  private long deadline() {
    long micros = timeout == null ? Long.MAX_VALUE / 2000 : micros(timeout);
    return System.nanoTime() + Math.min(micros, Long.MAX_VALUE / 2000) * 1000;
  }

  private static long micros(double seconds) {
    return Math.round(seconds * 1e6);
  }
}
