package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.RunFolders;
import dev.loganalyze.input.Contents;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.report.Printable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

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

  /** Analyses {@code paths}; what cannot be read costs one sentence to {@code err}. */
  static Runs of(List<String> paths, Analyzer analyzer, PrintStream err, Tty tty) {
    try (Progress progress = new Progress(err, tty)) {
      Collector collector = new Collector(progress);
      progress.at("looking for logs");
      Inputs.Listing listing = Inputs.list(paths);
      listing.failures().forEach(collector::failed);
      List<RunFolders.Group> groups = RunFolders.of(listing.inputs());
      for (int i = 0; i < groups.size(); i++) {
        progress.at((i + 1) + " of " + groups.size() + ": " + groups.get(i).name());
        for (RunFolders.Run run : collector.runs(groups.get(i))) {
          try {
            collector.all.addAll(analyzer.analyzeAll(run.name(), run.sources()));
          } catch (InputException e) {
            collector.failed(e);
          }
        }
      }
      return new Runs(collector.all, collector.unread);
    }
  }

  private static final class Collector {
    private final Progress progress;
    private final List<Run> all = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    Collector(Progress progress) {
      this.progress = progress;
    }

    void failed(InputException e) {
      say(e.getMessage());
    }

    private void say(String sentence) {
      progress.say(Printable.text(sentence));
      unread.add(sentence);
    }

    /** The run of a group, and those in its archives. */
    List<RunFolders.Run> runs(RunFolders.Group group) {
      List<Source> sources = new ArrayList<>();
      List<RunFolders.Run> found = new ArrayList<>();
      for (Inputs.Located member : group.members()) {
        Contents contents = Inputs.open(member);
        contents.failures().forEach(this::failed);
        contents.logs().stream()
            .map(Source::damage)
            .filter(damage -> !damage.isEmpty())
            .forEach(this::say);
        if (contents.archive()) {
          try {
            found.addAll(RunFolders.in(contents.logs()));
          } catch (InputException e) {
            failed(e);
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
  }
}
