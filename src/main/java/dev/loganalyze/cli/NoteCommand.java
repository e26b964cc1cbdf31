package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.report.Note;
import dev.loganalyze.report.NoteReport;
import dev.loganalyze.timing.UnitFacts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A work note of runs. */
@Command(
    name = "note",
    sortOptions = false,
    description = "Write a work note in Markdown: what happened, why, what is open.",
    footer =
        """

        Examples:
          # Read the note first
          $ loganalyze note runs/2026-11-27/
          # Keep it beside the others, and what is to be done in the list
          $ loganalyze note --into notes --task-queue TODO.md runs/2026-11-27/

        Exit status:
          0  the note was written
          2  a log could not be read""")
final class NoteCommand implements Callable<Integer> {
  private final OutputStream out;
  private final Sentences err;
  private final Tty tty;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Logs, as for the main command; of several runs it tells what changed.")
  private List<String> paths;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "Write it into DIR as <UTC>-<slug>.md, named after the last run.")
  private Path into;

  @Option(
      names = "--task-queue",
      paramLabel = "FILE",
      description = "Append what is to be done to FILE, as a checklist.")
  private Path queue;

  @Mixin private SettingsOptions options;

  NoteCommand(OutputStream out, Sentences err, Tty tty) {
    this.out = out;
    this.err = err;
    this.tty = tty;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = options.read(err);
    Analyzer analyzer =
        new Analyzer(settings.rules(), settings.asked(null, settings.budgets(), UnitFacts.NONE));
    Runs runs = Runs.of(paths, analyzer, err, tty);
    if (runs.all().isEmpty()) {
      throw new CommandException("there is no run to write a note of; name logs or run folders");
    }
    if (into == null) {
      OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
      new NoteReport().write(runs.all(), buffered);
      buffered.flush();
    } else {
      write(runs.all());
    }
    if (queue != null) {
      String tasks = NoteReport.tasks(runs.all());
      WholeFile.change(queue, list -> appended(list, tasks));
    }
    return (runs.unreadable() ? ExitCode.UNUSABLE : ExitCode.OK).status;
  }

  private void write(List<Run> runs) {
    Path file = into.resolve(new Note(runs.get(runs.size() - 1)).fileName());
    if (Files.exists(file)) {
      throw new CommandException(
          file + ": this note exists, and somebody may have added to it; move it away first");
    }
    WholeFile.folder(into);
    WholeFile.write(new NoteReport(), runs, file);
    err.println("loganalyze: wrote " + file);
  }

  /** The list with {@code tasks} that do not stand in it already, done or not. */
  private static String appended(String list, String tasks) {
    StringBuilder all = new StringBuilder(list);
    if (!list.isEmpty() && !list.endsWith("\n")) {
      all.append('\n');
    }
    Set<String> known = new HashSet<>();
    list.lines().forEach(line -> known.add(what(line)));
    for (String task : tasks.split("\n", -1)) {
      if (!task.isEmpty() && known.add(what(task))) {
        all.append(task).append('\n');
      }
    }
    return all.toString();
  }

  /** A line of a checklist without its box, which is ticked or not. */
  private static String what(String line) {
    return line.strip().replaceFirst("^- \\[.\\] ", "");
  }
}
