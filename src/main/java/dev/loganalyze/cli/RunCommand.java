package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.history.RunRecord;
import dev.loganalyze.history.Sample;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.PatternException;
import dev.loganalyze.report.ComparisonWords;
import dev.loganalyze.report.Format;
import dev.loganalyze.report.NoteReport;
import dev.loganalyze.report.Printable;
import dev.loganalyze.report.ReportOptions;
import dev.loganalyze.report.Screen;
import dev.loganalyze.report.Tool;
import dev.loganalyze.runner.Check;
import dev.loganalyze.runner.Doctor;
import dev.loganalyze.runner.Host;
import dev.loganalyze.runner.Limits;
import dev.loganalyze.runner.Machine;
import dev.loganalyze.runner.Plan;
import dev.loganalyze.runner.Plan.KeyBy;
import dev.loganalyze.runner.QemuCommand;
import dev.loganalyze.runner.RunFolder;
import dev.loganalyze.runner.Runner;
import dev.loganalyze.runner.RunnerException;
import dev.loganalyze.runner.Stop;
import dev.loganalyze.timing.UnitFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Boots a machine, records it and analyses the record. */
@Command(
    name = "run",
    sortOptions = false,
    description =
        "Boot an image in QEMU, record what it says and when, do what is asked inside, switch it"
            + " off, and analyse the record.",
    footer =
        """

        Examples:
          # Does the installer come up, and what went wrong if not?
          $ loganalyze run --iso nixos.iso --memory 2048
          # Log in, run a command, and keep the journal of a service
          $ loganalyze run --disk a.img --login root --command df --collect x.service
          # A kernel by itself; what would be started is only printed
          $ loganalyze run --kernel bzImage --append console=ttyS0 --dry-run
          # Ten boots for the history, with the key of root checked
          $ loganalyze run --iso x.iso --check-ssh --repeat 10 --label nightly

        Exit status:
          that of the analysis, as loganalyze on the run folder gives it; 2 when the
          machine could not be started. With --bisect 0, 1, and 125 for all that
          proves nothing.""")
final class RunCommand implements Callable<Integer> {
  /** What git bisect takes for "cannot be told", and skips. */
  private static final int SKIP = 125;

  /** An interrupted run is given so long to switch its machine off. */
  private static final long ORDERLY_MILLIS = 20_000;

  private final OutputStream out;
  private final Sentences err;
  private final Tty tty;

  @Spec private CommandSpec spec;
  @Mixin private MachineOptions machines;

  @Option(
      names = "--build",
      paramLabel = "CMD",
      description =
          "Build the image first: a shell command whose last line is the image's path. A run that"
              + " checks SSH gives it the path of its public key as PRE_NIXOS_ROOT_KEY.")
  private String build = "";

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "The run folder (default: loganalyze-runs/<UTC>-vm-run).")
  private Path into;

  @Option(
      names = "--until",
      paramLabel = "WHAT",
      defaultValue = "login",
      description =
          "Go on until then: login (default), off (the machine switches itself off), or an"
              + " expression that occurs in a line of the console.")
  private String until;

  @Option(
      names = "--login",
      paramLabel = "USER[:PASSWORD]",
      description = "Log in at the console, and become root by sudo where USER is not.")
  private String login = "";

  @Option(
      names = "--command",
      paramLabel = "CMD",
      description = "Run this inside as root; one that fails fails the run; repeats.")
  private List<String> commands = new ArrayList<>();

  @Option(
      names = "--collect",
      paramLabel = "UNIT|FILE",
      description =
          "Fetch the journal, the states of all units, and of this unit or the content of this file"
              + " (an absolute path); repeats.")
  private List<String> collect = new ArrayList<>();

  @Option(
      names = "--check-ssh",
      description = "Make a key for the run; root must be reached with it, and not with another.")
  private boolean checkSsh;

  @Option(
      names = "--key-by",
      paramLabel = "HOW",
      description =
          "How the machine gets the key: console (typed; the default), credential (SMBIOS, systemd"
              + " 252 and later) or build (by --build; the default with that).")
  private KeyBy keyBy;

  @Option(names = "--keep-key", description = "Keep the private key, in the run folder.")
  private boolean keepKey;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      defaultValue = "900",
      description = "Limit of the whole run, as 900, 900s or 15min (default: ${DEFAULT-VALUE} s).")
  private double timeout;

  @Option(
      names = "--login-timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      defaultValue = "300",
      description = "Limit from power-on to login (default: ${DEFAULT-VALUE} s).")
  private double loginTimeout;

  @Option(
      names = "--stall-timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      defaultValue = "120",
      description = "Limit of silence on the console (default: ${DEFAULT-VALUE} s).")
  private double stallTimeout;

  @Option(
      names = "--command-timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      defaultValue = "120",
      description = "Limit of each command inside (default: ${DEFAULT-VALUE} s).")
  private double commandTimeout;

  @Option(
      names = "--ssh-timeout",
      paramLabel = "TIME",
      converter = TimeOption.class,
      defaultValue = "240",
      description = "Limit until root is reached by SSH (default: ${DEFAULT-VALUE} s).")
  private double sshTimeout;

  @Option(
      names = "--timeout-factor",
      paramLabel = "X",
      defaultValue = "1",
      description = "Multiply all limits: for a slow machine.")
  private double factor;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "Make N runs, in DIR/01, DIR/02, …, and tell how their times spread.")
  private int repeat;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Make so many of them at once.")
  private int jobs;

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      description = "Keep the runs in the history under this name (see loganalyze history).")
  private String label;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      defaultValue = "loganalyze-history.jsonl",
      description = "Where they are kept (default: ${DEFAULT-VALUE}).")
  private Path store;

  @Option(names = "--bisect", description = "Exit 125 where nothing is proved, for git bisect run.")
  private boolean bisect;

  @Option(names = "--dry-run", description = "Print QEMU's command line, and start nothing.")
  private boolean dryRun;

  @Mixin private Reporting reporting;
  @Mixin private SettingsOptions options;

  RunCommand(OutputStream out, Sentences err, Tty tty) {
    this.out = out;
    this.err = err;
    this.tty = tty;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = options.read(err);
    ReportOptions asked = reporting.read(settings, tty);
    Plan plan = plan();
    Host host = new Host(System.getenv().getOrDefault("PATH", ""));
    if (dryRun) {
      out.write((dry(host, plan) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      return ExitCode.OK.status;
    }
    List<Path> folders = folders();
    refuse(Doctor.needed(host, plan.machine(), checkSsh, folders.get(0)));
    boolean started = runAll(host, plan, folders);
    // Where not even QEMU was started there is nothing to analyse, and why was said.
    List<Path> recorded =
        folders.stream().filter(f -> Files.exists(f.resolve("serial.log"))).toList();
    if (recorded.isEmpty()) {
      return status(ExitCode.UNUSABLE);
    }
    Analyzer analyzer =
        new Analyzer(
            settings.rules(),
            settings.asked(null, settings.budgets(), UnitFacts.NONE).withLines(true));
    Runs runs = Runs.of(recorded.stream().map(Path::toString).toList(), analyzer, err, tty);
    for (int i = 0; i < runs.all().size() && runs.all().size() == recorded.size(); i++) {
      List<Run> one = List.of(runs.all().get(i));
      Path folder = recorded.get(i);
      WholeFile.write(
          Format.HTML.report(asked.on(Screen.PLAIN)), one, folder.resolve("report.html"));
      WholeFile.write(new NoteReport(), one, folder.resolve("note.md"));
    }
    reporting.report(runs.all(), asked, out);
    List<RunRecord> records =
        runs.all().stream().map(r -> RunRecord.of(r, label == null ? "" : label)).toList();
    if (repeat > 1) {
      spread(records);
    }
    if (label != null) {
      err.println("loganalyze: " + HistoryCommand.keep(store, records) + " in " + store);
    }
    ExitCode code = reporting.judge(runs, settings, err);
    return status(started ? code : ExitCode.UNUSABLE);
  }

  private int status(ExitCode code) {
    boolean unproved = code == ExitCode.UNUSABLE || code == ExitCode.UNDECIDED;
    return bisect && unproved ? SKIP : code.status;
  }

  // ---- what is to be done -----------------------------------------------------------------------

  private Plan plan() {
    Machine machine = machines.machine();
    KeyBy by = keyBy != null ? keyBy : build.isEmpty() ? KeyBy.CONSOLE : KeyBy.BUILD;
    require(
        machine.image() != null || !build.isEmpty(),
        "name an --iso, a --disk or a --kernel, or --build one");
    require(by != KeyBy.BUILD || !build.isEmpty(), "--key-by build needs a --build");
    require(!keepKey || checkSsh, "--keep-key needs --check-ssh, which makes the key");
    require(repeat >= 1 && jobs >= 1, "--repeat and --jobs take 1 or more");
    require(
        jobs == 1 || machines.machine().port() == 0,
        "--jobs needs a port for each run; leave out --port");
    require(
        DoubleStream.of(timeout, loginTimeout, stallTimeout, commandTimeout, sshTimeout, factor)
            .allMatch(limit -> limit > 0),
        "the timeouts and --timeout-factor take more than 0");
    boolean inside = !login.isEmpty() || !commands.isEmpty() || !collect.isEmpty() || checkSsh;
    require(
        !inside || until.equals("login"),
        "--login, --command, --collect and --check-ssh need the login that --until passes over");
    int colon = login.indexOf(':');
    return new Plan(
        machine,
        machines.accelerator(),
        new Limits(timeout, loginTimeout, stallTimeout, commandTimeout, sshTimeout, 60, factor),
        expression(),
        until.equals("off"),
        colon < 0 ? login : login.substring(0, colon),
        colon < 0 ? "" : login.substring(colon + 1),
        List.copyOf(commands),
        List.copyOf(collect),
        checkSsh,
        by,
        keepKey,
        build);
  }

  private Expression expression() {
    if (until.equals("login") || until.equals("off")) {
      return null;
    }
    try {
      return Expression.of(until);
    } catch (PatternException e) {
      throw new ParameterException(spec.commandLine(), "--until: " + e.getMessage());
    }
  }

  private void require(boolean so, String otherwise) {
    if (!so) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }

  private List<Path> folders() {
    String time =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    Path folder = into != null ? into : Path.of("loganalyze-runs", time + "-vm-run");
    List<Path> folders = new ArrayList<>();
    for (int i = 1; i <= repeat; i++) {
      folders.add(repeat == 1 ? folder : folder.resolve(String.format(Locale.ROOT, "%02d", i)));
    }
    return folders;
  }

  private static String dry(Host host, Plan plan) {
    String program = plan.machine().executable();
    String accelerator = plan.accelerator().equals("auto") ? "tcg" : plan.accelerator();
    return QemuCommand.line(
        QemuCommand.of(
            host.find(program).map(Path::toString).orElse(program),
            plan.machine(),
            accelerator,
            Path.of("/tmp/loganalyze/qmp"),
            ""));
  }

  private static void refuse(List<Check> checks) {
    List<String> wrong = checks.stream().filter(Check::stops).map(Check::sentence).toList();
    if (!wrong.isEmpty()) {
      throw new CommandException(
          String.join("\nloganalyze: ", wrong) + "; loganalyze doctor tells more");
    }
  }

  // ---- doing it ---------------------------------------------------------------------------------

  /** Makes the runs; false when a machine could not be started, which was said. */
  private boolean runAll(Host host, Plan plan, List<Path> folders) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<Boolean>> runs = new ArrayList<>();
      for (Path folder : folders) {
        runs.add(threads.submit(() -> run(host, plan, folder)));
      }
      boolean started = true;
      for (Future<Boolean> run : runs) {
        started &= run.get();
      }
      return started;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw e.getCause() instanceof RuntimeException fault
          ? fault
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean run(Host host, Plan plan, Path path) throws IOException {
    RunFolder folder;
    try {
      folder = RunFolder.make(path);
    } catch (RunnerException e) {
      throw new CommandException(e.getMessage());
    }
    Runner runner = new Runner(host, plan, folder, Tool.NAME + " " + Tool.VERSION);
    Thread hook = new Thread(() -> runner.interrupt(ORDERLY_MILLIS), "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      Runner.Outcome outcome = runner.run();
      say(path, outcome.stop());
      outcome.faults().forEach(fault -> err.println("loganalyze: " + Printable.text(fault)));
      return outcome.stop().why() != Stop.Why.QEMU;
    } catch (RunnerException e) {
      err.println("loganalyze: " + Printable.text(e.getMessage()) + "; the record is in " + path);
      return false;
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It is running.
      }
    }
  }

  private void say(Path path, Stop stop) {
    err.println(
        "loganalyze: "
            + (stop.isWanted() ? "done: " : "stopped: ")
            + Printable.text(stop.sentence())
            + "; the record is in "
            + path);
  }

  /** How the times of several runs spread. */
  private void spread(List<RunRecord> records) throws IOException {
    Map<String, List<Double>> values = new TreeMap<>();
    for (RunRecord record : records) {
      record
          .seconds()
          .forEach((name, s) -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(s));
    }
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%n%-44s %4s %10s %10s %10s%n",
            "time of " + records.size() + " runs",
            "n",
            "median",
            "min",
            "max"));
    for (Map.Entry<String, List<Double>> entry : values.entrySet()) {
      Sample sample =
          new Sample(entry.getValue().stream().mapToDouble(Double::doubleValue).toArray());
      if (sample.size() > 1) {
        table.append(
            String.format(
                Locale.ROOT,
                "%-44s %4d %10s %10s %10s%n",
                Printable.text(entry.getKey()),
                sample.size(),
                ComparisonWords.seconds(sample.median()),
                ComparisonWords.seconds(sample.min()),
                ComparisonWords.seconds(sample.max())));
      }
    }
    err.print(table);
  }
}
