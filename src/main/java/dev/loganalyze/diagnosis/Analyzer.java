package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.crash.CrashReport;
import dev.loganalyze.crash.CrashReports;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Source;
import dev.loganalyze.journal.JournalException;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.RuleMatcher;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.transcript.Transcript;
import dev.loganalyze.transcript.Transcripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The way of the data from one source to its {@link Run}.
 *
 * <p>Pure: the same bytes and rules give the same value. Safe for use by several threads.
 */
public final class Analyzer {
  private final RuleMatcher matcher;

  /** An analyzer that looks for what {@code rules} describe. */
  public Analyzer(RuleSet rules) {
    this.matcher = new RuleMatcher(rules);
  }

  /**
   * What is known of {@code source}, taken as a run of its own.
   *
   * @throws InputException when it is a binary journal of a kind that is not known
   */
  public Run analyze(Source source) throws InputException {
    Entries entries = LineParser.parse(transcript(source));
    List<Boot> boots = Boots.of(entries);
    List<Finding> findings =
        Recoveries.applied(matcher.match(entries, boots, crashes(entries, boots)), boots);
    CauseGraph causes = CauseGraph.of(findings, boots);
    Run.Input input =
        new Run.Input(
            source.path(),
            entries.format(),
            source.compression() == Source.Compression.NONE
                ? ""
                : source.compression().name().toLowerCase(Locale.ROOT),
            source.storedBytes(),
            entries.lines(),
            source.sha256());
    return new Run(
        source.path(),
        List.of(input),
        Verdicts.of(boots, findings),
        boots,
        causes.diagnosed(),
        causes.rootCauses());
  }

  private static Transcript transcript(Source source) throws InputException {
    try {
      return Transcripts.of(source.content());
    } catch (JournalException e) {
      throw new InputException(source.path() + ": " + e.getMessage());
    }
  }

  /** The findings in {@code log} alone, without causes; for the cases of rules. */
  public List<Finding> findings(byte[] log) {
    Entries entries = LineParser.parse(Transcript.console(log));
    List<Boot> boots = Boots.of(entries);
    return matcher.match(entries, boots, crashes(entries, boots));
  }

  /** The crash reports of all boots; those of the whole log where no line tells of a boot. */
  private static List<CrashReport> crashes(Entries entries, List<Boot> boots) {
    if (boots.isEmpty()) {
      return CrashReports.of(entries, 0, entries.size() - 1);
    }
    List<CrashReport> crashes = new ArrayList<>();
    for (Boot boot : boots) {
      crashes.addAll(CrashReports.of(entries, boot.firstEntry(), boot.lastEntry()));
    }
    return crashes;
  }
}
