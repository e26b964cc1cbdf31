package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.crash.CrashReport;
import dev.loganalyze.crash.CrashReports;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Source;
import dev.loganalyze.journal.JournalException;
import dev.loganalyze.journal.JournalFile;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Rule;
import dev.loganalyze.rules.RuleCases;
import dev.loganalyze.rules.RuleMatcher;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.session.Recall;
import dev.loganalyze.session.Session;
import dev.loganalyze.session.Sessions;
import dev.loganalyze.session.Talk;
import dev.loganalyze.timing.Budgets;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.Timings;
import dev.loganalyze.timing.UnitFacts;
import dev.loganalyze.transcript.Chunks;
import dev.loganalyze.transcript.Transcript;
import dev.loganalyze.transcript.Transcripts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The way of the data from one source to its {@link Run}.
 *
 * <p>Pure: the same bytes and rules give the same value. Safe for use by several threads.
 */
public final class Analyzer {
  private final RuleMatcher matcher;
  private final Asked asked;

  /** An analyzer that looks for what {@code rules} describe. */
  public Analyzer(RuleSet rules) {
    this(rules, Asked.NOTHING);
  }

  /** An analyzer that looks for what {@code rules} describe, and does what is asked besides. */
  public Analyzer(RuleSet rules, Asked asked) {
    this.matcher = new RuleMatcher(rules);
    this.asked = asked;
  }

  /**
   * What is known of {@code source}, taken as a run of its own.
   *
   * @throws InputException when it is a binary journal of a kind that is not known
   */
  public Run analyze(Source source) throws InputException {
    return analyze(source.path(), List.of(source));
  }

  /**
   * What is known of {@code sources}, which are one run; the first leads.
   *
   * @param name what the run is called
   * @throws InputException when one is a binary journal of a kind that is not known
   */
  public Run analyze(String name, List<Source> sources) throws InputException {
    List<Role> roles = roles(sources);
    Chunks chunks = chunks(sources, roles);
    List<Source> journals = sources.stream().filter(Analyzer::isBinaryJournal).toList();
    List<Run.Input> inputs = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    UnitFacts told = facts(sources, roles);
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      Entries entries = i == 0 && chunks != null ? timed(source, chunks) : entries(source);
      inputs.add(input(source, entries, roles.get(i)));
      if (i == 0 || roles.get(i) == Role.JOURNAL) {
        if (journals.size() > 1 && source.equals(journals.get(0))) {
          entries = entries(journals);
        }
        parts.add(part(i, entries, told, asked.budgets()));
      }
    }
    Joined joined = Joined.of(parts, recalled(parts.get(0)));
    List<Boot> boots = joined.boots();
    List<Finding> findings = Recoveries.applied(joined.findings(), boots);
    CauseGraph causes = CauseGraph.of(findings, boots, asked.accepted());
    List<Run.Diagnosed> diagnosed = causes.diagnosed();
    List<Run.RootCause> rootCauses = causes.rootCauses();
    Verdict verdict = Verdicts.of(boots, diagnosed);
    return new Run(
        name,
        List.copyOf(inputs),
        verdict,
        boots,
        joined.timings(),
        diagnosed,
        rootCauses,
        joined.views(),
        parts.get(0).sessions(),
        unusual(parts.get(0).entries(), verdict, rootCauses));
  }

  private Unusual unusual(Entries entries, Verdict verdict, List<Run.RootCause> rootCauses) {
    boolean unexplained =
        rootCauses.isEmpty() && (verdict == Verdict.FAILED || verdict == Verdict.INCOMPLETE);
    return asked.usual() != null || unexplained
        ? Unusual.of(entries, asked.usual())
        : Unusual.NOTHING;
  }

  private Part part(int input, Entries entries, UnitFacts told, Budgets limits) {
    List<Boot> found = Boots.of(entries);
    List<Session> sessions = Sessions.of(entries, found);
    List<Boot> boots = new ArrayList<>();
    List<Timing> timings = new ArrayList<>();
    for (Boot boot : Talk.observed(entries, found, sessions)) {
      // The machine tells of the boot that runs when it is asked.
      boolean last = boot.index() == found.size();
      Timing timing = Timings.of(entries, boot, last ? told : UnitFacts.NONE);
      timings.add(timing);
      boots.add(boot.with(Timings.observations(boot, timing, limits)));
    }
    BitSet recalled = Recall.entries(sessions);
    List<CrashReport> crashes = new ArrayList<>(crashes(entries, boots));
    crashes.removeIf(crash -> recalled.get(crash.firstEntry()));
    List<Finding> findings = matcher.match(entries, boots, crashes, sessions);
    return new Part(input, entries, boots, sessions, timings, findings);
  }

  /** The logs that somebody printed in the sessions of {@code main}. */
  private List<Recalled> recalled(Part main) {
    List<Recalled> recalled = new ArrayList<>();
    for (Recall recall : Recall.of(main.entries(), main.sessions())) {
      Part part =
          part(main.input(), Recalled.entries(recall), UnitFacts.NONE, Budgets.of(List.of()));
      recalled.add(new Recalled(part, recall.boot(), recall.past()));
    }
    return recalled;
  }

  /** What files of the run tell of its units. */
  private UnitFacts facts(List<Source> sources, List<Role> roles) {
    UnitFacts told = asked.facts();
    for (int i = 0; i < sources.size(); i++) {
      if (roles.get(i) == Role.OUTPUT && UnitFacts.matches(sources.get(i).content())) {
        told = told.with(sources.get(i).content());
      }
    }
    return told;
  }

  private static List<Role> roles(List<Source> sources) throws InputException {
    List<Role> roles = new ArrayList<>();
    boolean journal = false;
    for (Source source : sources) {
      Role role = sources.size() == 1 ? Role.CONSOLE : RunFolders.role(source);
      // One journal is often saved in many forms; the first tells all.
      roles.add(role == Role.JOURNAL && journal && !roles.isEmpty() ? Role.OUTPUT : role);
      journal |= role == Role.JOURNAL;
    }
    return roles;
  }

  private static Chunks chunks(List<Source> sources, List<Role> roles) {
    int record = roles.indexOf(Role.CHUNKS);
    Chunks chunks = record < 0 ? null : Chunks.of(sources.get(record).content());
    return chunks == null || chunks.isEmpty() ? null : chunks;
  }

  private static Entries timed(Source source, Chunks chunks) {
    return LineParser.parse(Transcript.console(source.content(), chunks));
  }

  private static Run.Input input(Source source, Entries entries, Role role) {
    return new Run.Input(
        source.path(),
        entries.format(),
        source.compression() == Source.Compression.NONE
            ? ""
            : source.compression().name().toLowerCase(Locale.ROOT),
        source.storedBytes(),
        entries.lines(),
        source.sha256(),
        entries.isJournal() ? Role.JOURNAL : role);
  }

  /**
   * What the lines of {@code source} say.
   *
   * @throws InputException when it is a binary journal of a kind that is not known, or one of which
   *     no entry can be read
   */
  public static Entries entries(Source source) throws InputException {
    try {
      Entries entries = LineParser.parse(Transcripts.of(source.content()));
      if (entries.isEmpty() && !entries.damage().isEmpty()) {
        throw new InputException(
            source.path()
                + ": no entry of this journal can be read: "
                + entries.damage().get(0).reason());
      }
      return entries;
    } catch (JournalException e) {
      throw new InputException(source.path() + ": " + e.getMessage());
    }
  }

  /** The files of one journal: those that journald rotated, and those of users. */
  private static Entries entries(List<Source> journals) throws InputException {
    try {
      return LineParser.parse(
          Transcripts.journals(journals.stream().map(Source::content).toList()));
    } catch (JournalException e) {
      throw new InputException(journals.get(0).path() + ": " + e.getMessage());
    }
  }

  private static boolean isBinaryJournal(Source source) {
    return JournalFile.matches(source.content());
  }

  /** Who typed what in {@code entries}, and what came back. */
  public static List<Session> sessions(Entries entries) {
    return Sessions.of(entries, Boots.of(entries));
  }

  /** The findings in the log of {@code one} alone, without causes; for the cases of rules. */
  public List<Finding> findings(Rule.Case one) {
    Entries entries;
    try {
      entries = LineParser.parse(Transcripts.of(one.log().getBytes(StandardCharsets.UTF_8)));
    } catch (JournalException e) {
      return List.of();
    }
    Part part = part(0, entries, UnitFacts.NONE, Budgets.of(one.budgets()));
    return Joined.of(List.of(part), recalled(part)).findings();
  }

  /** {@link RuleCases#costs What each of rules costs} in the console log {@code log}. */
  public static Map<String, Long> costs(RuleSet rules, byte[] log) {
    Entries entries = LineParser.parse(Transcript.console(log));
    return RuleCases.costs(rules, entries, Boots.of(entries));
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
