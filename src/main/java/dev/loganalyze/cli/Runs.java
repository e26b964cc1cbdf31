package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.RunFolders;
import dev.loganalyze.input.Contents;
import dev.loganalyze.input.Excerpter;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.report.Printable;
import dev.loganalyze.threads.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The runs in what the user named.
 *
 * @param all in the order in which they were named
 * @param unread what could not be read, or not all of it: the sentences that were said
 */
record Runs(List<Run> all, List<String> unread) {

  /** Whether some input could not be read, which was said. */
  boolean unreadable() {
    return !unread.isEmpty();
  }

  /**
   * Analyses {@code paths}; what cannot be read costs one sentence to {@code err}, and so does a
   * fault of the program's own.
   */
  static Runs of(List<String> paths, Analyzer analyzer, Sentences err, Tty tty) {
    try (Progress progress = new Progress(err, tty)) {
      progress.at("looking for logs");
      Inputs.Listing listing = Inputs.list(paths);
      List<Run> all = new ArrayList<>();
      List<String> unread = new ArrayList<>();
      listing.failures().forEach(e -> unread.add(e.getMessage()));
      unread.forEach(sentence -> progress.say(Printable.text(sentence)));
      List<RunFolders.Group> groups = RunFolders.of(listing.inputs());
      try (Workers workers = new Workers(groups, analyzer, err)) {
        for (int i = 0; i < groups.size(); i++) {
          progress.at((i + 1) + " of " + groups.size() + ": " + groups.get(i).name());
          Runs runs = workers.next();
          runs.unread.forEach(sentence -> progress.say(Printable.text(sentence)));
          unread.addAll(runs.unread);
          all.addAll(runs.all);
        }
      }
      return new Runs(all, unread);
    }
  }

  /** The runs of one group, and those in its archives. */
  private static Runs of(
      RunFolders.Group group, Analyzer analyzer, Excerpter excerpter, Sentences err) {
    List<Run> all = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    try {
      for (RunFolders.Run run : read(group, analyzer, excerpter, unread)) {
        try {
          all.addAll(analyzer.analyzeAll(run.name(), run.sources()));
        } catch (InputException e) {
          unread.add(e.getMessage());
        } catch (RuntimeException e) {
          unread.add(fault(run.name(), e, err));
        } finally {
          run.sources().forEach(Source::close);
        }
      }
    } catch (RuntimeException e) {
      unread.add(fault(group.name(), e, err));
    }
    return new Runs(all, unread);
  }

  private static String fault(String name, RuntimeException fault, Sentences err) {
    err.trace(fault);
    return name + ": " + Main.unexpected(fault);
  }

  private static List<RunFolders.Run> read(
      RunFolders.Group group, Analyzer analyzer, Excerpter excerpter, List<String> unread) {
    List<Source> sources = new ArrayList<>();
    List<RunFolders.Run> found = new ArrayList<>();
    for (Inputs.Located member : group.members()) {
      Contents contents = Inputs.open(member, excerpter, analyzer.hashes());
      contents.failures().forEach(e -> unread.add(e.getMessage()));
      contents.logs().stream()
          .map(Source::damage)
          .filter(damage -> !damage.isEmpty())
          .forEach(unread::add);
      if (contents.archive()) {
        try {
          found.addAll(RunFolders.in(contents.logs()));
        } catch (InputException e) {
          unread.add(e.getMessage());
        }
      } else {
        sources.addAll(contents.logs());
      }
    }
    if (!sources.isEmpty()) {
      found.add(0, new RunFolders.Run(group.name(), sources));
    }
    return found;
  }

  /** Works at several groups at once and gives what came of them in their order. */
  private static final class Workers implements AutoCloseable {
    private final List<RunFolders.Group> groups;
    private final Analyzer analyzer;
    private final Excerpter excerpter;
    private final Sentences err;

    /** Null where one thread is enough. */
    private final ExecutorService threads;

    private final Deque<Future<Runs>> begun = new ArrayDeque<>();
    private int next;

    Workers(List<RunFolders.Group> groups, Analyzer analyzer, Sentences err) {
      this.groups = groups;
      this.err = err;
      int jobs = Math.min(analyzer.jobs(), groups.size());
      threads = jobs < 2 ? null : Executors.newFixedThreadPool(jobs, Work.daemons("analysis"));
      this.analyzer = threads == null ? analyzer : analyzer.alone();
      excerpter = this.analyzer.excerpter();
      for (int i = 0; i < 2 * jobs && threads != null; i++) {
        begin();
      }
    }

    /** Begins with the next group; few are begun ahead, as each is held until it is asked for. */
    private void begin() {
      if (next < groups.size()) {
        RunFolders.Group group = groups.get(next++);
        begun.add(threads.submit(() -> of(group, analyzer, excerpter, err)));
      }
    }

    Runs next() {
      if (threads == null) {
        return of(groups.get(next++), analyzer, excerpter, err);
      }
      try {
        Runs runs = Work.result(begun.remove());
        begin();
        return runs;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandException("interrupted");
      }
    }

    @Override
    public void close() {
      if (threads != null) {
        threads.shutdownNow();
      }
    }
  }
}
