package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.RunFolders;
import dev.loganalyze.input.Contents;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What the paths on a command line hold, analysed.
 *
 * @param runs in the order of the paths
 * @param unreadable whether something could not be read; standard error says what
 */
record AnalyzedPaths(List<Run> runs, boolean unreadable) {

  /**
   * Reads and analyses {@code paths}; a sentence for each thing that cannot be read to {@code err}.
   */
  static AnalyzedPaths of(List<String> paths, Analyzer analyzer, PrintStream err) {
    List<Run> runs = new ArrayList<>();
    boolean unreadable = false;
    Inputs.Listing listing = Inputs.list(paths);
    for (InputException failure : listing.failures()) {
      err.println("loganalyze: " + failure.getMessage());
      unreadable = true;
    }
    for (RunFolders.Group group : RunFolders.of(listing.inputs())) {
      List<Source> sources = new ArrayList<>();
      List<RunFolders.Run> found = new ArrayList<>();
      for (Inputs.Located member : group.members()) {
        Contents contents = Inputs.open(member);
        for (InputException failure : contents.failures()) {
          err.println("loganalyze: " + failure.getMessage());
          unreadable = true;
        }
        for (Source source : contents.logs()) {
          if (!source.damage().isEmpty()) {
            err.println("loganalyze: " + source.damage());
            unreadable = true;
          }
        }
        if (contents.archive()) {
          try {
            found.addAll(RunFolders.in(contents.logs()));
          } catch (InputException e) {
            err.println("loganalyze: " + e.getMessage());
            unreadable = true;
          }
        } else {
          sources.addAll(contents.logs());
        }
      }
      if (!sources.isEmpty()) {
        found.add(0, new RunFolders.Run(group.name(), sources));
      }
      for (RunFolders.Run run : found) {
        try {
          runs.add(analyzer.analyze(run.name(), run.sources()));
        } catch (InputException e) {
          err.println("loganalyze: " + e.getMessage());
          unreadable = true;
        }
      }
    }
    return new AnalyzedPaths(runs, unreadable);
  }
}
