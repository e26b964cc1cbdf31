package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.history.Ledger;
import dev.loganalyze.history.RunRecord;
import dev.loganalyze.history.RunStore;
import dev.loganalyze.history.Sample;
import dev.loganalyze.history.Series;
import dev.loganalyze.report.ComparisonWords;
import dev.loganalyze.report.Printable;
import dev.loganalyze.timing.UnitFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps runs, and tells how they change over time. */
@Command(
    name = "history",
    description = "Keep runs; show trends and what got slower for good.",
    footer =
        """

        Examples:
          # Keep the runs of tonight
          $ loganalyze history add --label main runs/
          # How long the login took, run by run
          $ loganalyze history trend login
          # What got slower for good, and since when
          $ loganalyze history regressions""")
final class HistoryCommand {
  private static final int BAR = 30;

  private final PrintStream out;
  private final Sentences err;
  private final Tty tty;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      defaultValue = "loganalyze-history.jsonl",
      description = "Where runs are kept (default: ${DEFAULT-VALUE}), a line of JSON each.")
  private Path file;

  HistoryCommand(OutputStream out, Sentences err, Tty tty) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = err;
    this.tty = tty;
  }

  @Command(
      name = "add",
      description = "Keep runs: logs, run folders, or a run ledger (*ledger.jsonl).",
      footer =
          """

          Examples:
            # The runs of a branch
            $ loganalyze history add --label feature-x runs/feature-x/
            # In a file of its own
            $ loganalyze history --store nightly.jsonl add runs/""")
  int add(
      @Parameters(paramLabel = "PATH", arity = "1..*", description = "As for the main command.")
          List<String> paths,
      @Option(
              names = "--label",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "What runs of this kind are called: a branch, a machine.")
          String label,
      @Mixin SettingsOptions options)
      throws IOException {
    Settings settings = options.read(err);
    Analyzer analyzer =
        new Analyzer(settings.rules(), settings.asked(null, settings.budgets(), UnitFacts.NONE));
    List<RunRecord> records = new ArrayList<>();
    List<String> logs = new ArrayList<>();
    for (String path : paths) {
      if (path.endsWith("ledger.jsonl") && Files.isRegularFile(Path.of(path))) {
        records.addAll(Ledger.runs(Files.readString(Path.of(path)), label));
      } else {
        logs.add(path);
      }
    }
    Runs runs = logs.isEmpty() ? new Runs(List.of(), List.of()) : Runs.of(logs, analyzer, err, tty);
    runs.all().forEach(run -> records.add(RunRecord.of(run, label)));
    out.println(keep(file, records));
    return runs.unreadable() ? ExitCode.UNUSABLE.status : ExitCode.OK.status;
  }

  /** Keeps {@code records} in {@code file}; tells how many are new. */
  static String keep(Path file, List<RunRecord> records) {
    int[] kept = new int[2];
    WholeFile.change(
        file,
        text -> {
          RunStore before = store(file, text);
          RunStore now = before.with(records);
          kept[0] = before.runs().size();
          kept[1] = now.runs().size();
          return now.text();
        });
    int added = kept[1] - kept[0];
    return added + " added, " + (records.size() - added) + " known; " + kept[1] + " kept";
  }

  @Command(
      name = "list",
      description = "The runs that are kept, in the order of their time.",
      footer =
          """

          Examples:
            # All
            $ loganalyze history list
            # Those of a branch
            $ loganalyze history list feature-x""")
  int list(
      @Parameters(
              paramLabel = "TEXT",
              arity = "0..1",
              defaultValue = "",
              description = "Only those with this text in name, label, image or kernel.")
          String text) {
    for (RunRecord run : store().matching(text).runs()) {
      Double login = run.seconds().getOrDefault("login", run.seconds().get("bootToLoginSeconds"));
      out.println(
          String.format(
              Locale.ROOT,
              "%s  %-20s  %-10s %-10s %9s  %s",
              run.id(),
              run.started().isEmpty() ? "no time" : run.started(),
              run.verdict(),
              run.reached(),
              login == null ? "" : ComparisonWords.seconds(login),
              Printable.text(run.label().isEmpty() ? run.name() : run.label() + " " + run.name())));
    }
    return ExitCode.OK.status;
  }

  @Command(
      name = "show",
      description = "One run, whole.",
      footer =
          """

          Examples:
            # By the id that list prints, or its start
            $ loganalyze history show 3f9a""")
  int show(
      @Parameters(paramLabel = "ID", description = "As list prints it, or its start.") String id) {
    List<RunRecord> found = store().runs().stream().filter(run -> run.id().startsWith(id)).toList();
    if (found.size() != 1) {
      throw new CommandException(
          found.size() + " kept runs have an id that begins with '" + id + "'; see history list");
    }
    RunRecord run = found.get(0);
    field("run", run.name());
    field("label", run.label());
    field("started", run.started());
    field("verdict", run.verdict());
    field("reached", run.reached());
    field("image", run.image());
    field("kernel", run.kernel());
    field("command line", run.commandLine());
    run.faults()
        .forEach(
            f -> field(f.root() ? "root cause" : f.severity(), f.title() + " (" + f.rule() + ")"));
    run.seconds().forEach((name, took) -> field(ComparisonWords.seconds(took), name));
    return ExitCode.OK.status;
  }

  private void field(String name, String value) {
    if (!value.isEmpty()) {
      out.println(String.format(Locale.ROOT, "%-12s  %s", name, Printable.text(value)));
    }
  }

  @Command(
      name = "trend",
      description = "How long one thing took, run by run; without a name, what there is.",
      footer =
          """

          Examples:
            # Time to the login prompt
            $ loganalyze history trend login
            # A unit, in the runs of a branch
            $ loganalyze history trend --of feature-x ssh.service""")
  int trend(
      @Parameters(
              paramLabel = "NAME",
              arity = "0..1",
              description = "A figure (login, kernel, …) or a unit.")
          String name,
      @Option(
              names = "--of",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "Only runs with this text in name, label, image or kernel.")
          String of) {
    List<RunRecord> runs = store().matching(of).runs();
    if (name == null) {
      TreeSet<String> names = new TreeSet<>();
      runs.forEach(run -> names.addAll(run.seconds().keySet()));
      names.forEach(n -> out.println(Printable.text(n)));
      return ExitCode.OK.status;
    }
    List<RunRecord> having = runs.stream().filter(r -> r.seconds().containsKey(name)).toList();
    if (having.isEmpty()) {
      throw new CommandException(
          "no kept run tells how long '" + name + "' took; see loganalyze history trend");
    }
    Sample sample = new Sample(having.stream().mapToDouble(r -> r.seconds().get(name)).toArray());
    for (RunRecord run : having) {
      double took = run.seconds().get(name);
      int bar = sample.max() == 0 ? 0 : (int) Math.round(BAR * took / sample.max());
      out.println(
          String.format(
                  Locale.ROOT,
                  "%-20s %10s  %-" + BAR + "s  %s",
                  run.started().isEmpty() ? run.id() : run.started(),
                  ComparisonWords.seconds(took),
                  "#".repeat(bar),
                  Printable.text(run.label()))
              .stripTrailing());
    }
    double[] interval = sample.interval();
    out.println(
        String.format(
            Locale.ROOT,
            "%d runs: median %s (95 %% in %s to %s), MAD %s, min %s, p95 %s",
            sample.size(),
            ComparisonWords.seconds(sample.median()),
            ComparisonWords.seconds(interval[0]),
            ComparisonWords.seconds(interval[1]),
            ComparisonWords.seconds(sample.mad()),
            ComparisonWords.seconds(sample.min()),
            ComparisonWords.seconds(sample.p95())));
    String humps = ComparisonWords.humps("", sample).strip();
    if (!humps.isEmpty()) {
      out.println(humps);
    }
    return ExitCode.OK.status;
  }

  @Command(
      name = "regressions",
      description =
          "What takes longer for good, and since which run; exit status 1 when there is any."
              + " A change counts when it is proved over all that is kept, and large.",
      footer =
          """

          Examples:
            # Of all that is kept
            $ loganalyze history regressions
            # Of the runs of one machine
            $ loganalyze history regressions --of rack3""")
  int regressions(
      @Option(
              names = "--of",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "Only runs with this text in name, label, image or kernel.")
          String of) {
    List<RunRecord> runs = store().matching(of).runs();
    boolean slower = false;
    for (Series.Change change : new Series(runs).changes()) {
      slower |= change.shift().by() > 0;
      RunRecord since = change.since();
      out.println(
          Printable.text(change.shift().name())
              + ": "
              + ComparisonWords.seconds(change.shift().base().median())
              + " -> "
              + ComparisonWords.seconds(change.shift().fresh().median())
              + ", "
              + ComparisonWords.by(change.shift())
              + " since "
              + Printable.text(
                  since.started().isEmpty() ? since.name() : since.started() + " " + since.name()));
    }
    if (runs.size() < 2 * Series.FEWEST) {
      out.println(
          runs.size()
              + " runs are too few to tell a change from chance; "
              + 2 * Series.FEWEST
              + " are the least");
    }
    return (slower ? ExitCode.FINDINGS : ExitCode.OK).status;
  }

  private RunStore store() {
    if (!Files.exists(file)) {
      throw new CommandException(
          file + ": nothing is kept here yet; loganalyze history add PATH… keeps runs");
    }
    return store(file, WholeFile.read(file));
  }

  private static RunStore store(Path file, String text) {
    try {
      return RunStore.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandException(file + ": " + e.getMessage());
    }
  }
}
