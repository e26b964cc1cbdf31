package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.crash.CrashReport;
import dev.loganalyze.crash.CrashReports;
import dev.loganalyze.excerpt.Excerpts;
import dev.loganalyze.fault.Reason;
import dev.loganalyze.harness.HarnessFacts;
import dev.loganalyze.harness.HarnessLog;
import dev.loganalyze.harness.RunValues;
import dev.loganalyze.input.Excerpter;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Source;
import dev.loganalyze.journal.JournalException;
import dev.loganalyze.journal.JournalFile;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.pattern.Hits;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Rule;
import dev.loganalyze.rules.RuleCases;
import dev.loganalyze.rules.RuleMatcher;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.rules.Sought;
import dev.loganalyze.session.Fact;
import dev.loganalyze.session.Garbled;
import dev.loganalyze.session.JobLists;
import dev.loganalyze.session.Recall;
import dev.loganalyze.session.Session;
import dev.loganalyze.session.Sessions;
import dev.loganalyze.session.Talk;
import dev.loganalyze.session.Traces;
import dev.loganalyze.threads.Work;
import dev.loganalyze.timing.Budgets;
import dev.loganalyze.timing.TimedBoot;
import dev.loganalyze.timing.Timings;
import dev.loganalyze.timing.UnitFacts;
import dev.loganalyze.transcript.Chunks;
import dev.loganalyze.transcript.Secret;
import dev.loganalyze.transcript.Transcript;
import dev.loganalyze.transcript.Transcripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The way of the data from one source to its {@link Run}.
 *
 * <p>Pure: the same bytes and rules give the same value. Safe for use by several threads.
 */
public final class Analyzer {
  /** So many lines are worth another thread. */
  private static final int MANY = 10_000;

  private final RuleMatcher matcher;
  private final Asked asked;

  /** An analyzer that looks for what {@code rules} describe. */
  public Analyzer(RuleSet rules) {
    this(rules, Asked.NOTHING);
  }

  /** An analyzer that looks for what {@code rules} describe, and does what is asked besides. */
  public Analyzer(RuleSet rules, Asked asked) {
    this(rules.matcher(), asked);
  }

  private Analyzer(RuleMatcher matcher, Asked asked) {
    this.matcher = matcher;
    this.asked = asked;
  }

  /** The same where each thread has an analysis of its own, which needs no others. */
  public Analyzer alone() {
    return new Analyzer(matcher, asked.withJobs(1));
  }

  /** How many threads may work at once. */
  public int jobs() {
    return asked.jobs();
  }

  /** Whether runs are to know the hashes of their inputs. */
  public boolean hashes() {
    return asked.hashes();
  }

  /** Takes out of logs too long to be held what this needs to know of them. */
  public Excerpter excerpter() {
    return new Excerpts(matcher, asked.jobs());
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
    return analyze(name, sources, watched(sources), null);
  }

  /**
   * What is known of {@code sources}, as {@link #analyze(String, List)}, a run for each machine
   * where a lone log of a harness tells of several; their names end with {@code #machine}.
   *
   * @throws InputException when one is a binary journal of a kind that is not known
   */
  public List<Run> analyzeAll(String name, List<Source> sources) throws InputException {
    List<Watched> watched = watched(sources);
    boolean alone = sources.size() == 1 && !watched.isEmpty();
    if (!alone || watched.get(0).machines().size() < 2) {
      return List.of(analyze(name, sources, watched, null));
    }
    List<Run> runs = new ArrayList<>();
    for (String machine : watched.get(0).machines()) {
      runs.add(analyze(name + "#" + machine, sources, watched, machine));
    }
    return runs;
  }

  private Run analyze(String name, List<Source> sources, List<Watched> watched, String machine)
      throws InputException {
    Read read = read(sources, watched, machine, asked.budgets());
    if (watched.isEmpty() && tellsLess(read)) {
      read = read(journalFirst(sources), watched, machine, asked.budgets());
    }
    Joined joined = Joined.of(read.parts(), recalled(read.parts().get(0)));
    List<Boot> boots = joined.boots();
    List<Finding> findings = Recoveries.applied(joined.findings(), boots);
    CauseGraph causes = CauseGraph.of(findings, boots, asked.accepted());
    List<Run.Diagnosed> diagnosed = causes.diagnosed();
    List<Run.RootCause> rootCauses = causes.rootCauses();
    Verdict verdict = Verdicts.of(boots, diagnosed, read.values());
    return new Run(
        name,
        machine == null ? "" : machine,
        read.inputs(),
        verdict,
        boots,
        joined.timings(),
        diagnosed,
        rootCauses,
        joined.views(),
        read.parts().get(0).sessions(),
        unusual(read.parts().get(0).entries(), verdict, rootCauses),
        read.values(),
        asked.lines() ? read.parts().stream().map(Analyzer::log).toList() : List.of());
  }

  /**
   * Whether the log that leads is the ring buffer of the kernel ({@code dmesg}), of boots that a
   * journal tells whole, and nothing else is known of how they went.
   */
  private static boolean tellsLess(Read read) {
    Part main = read.parts().get(0);
    boolean alone =
        read.inputs().stream()
            .map(Run.Input::role)
            .noneMatch(r -> r == Role.CHUNKS || r == Role.METADATA);
    return alone
        && read.parts().size() > 1
        && Boots.isKernelLog(main.entries())
        && Joined.holds(read.parts().get(1), main);
  }

  private static List<Source> journalFirst(List<Source> sources) throws InputException {
    List<Source> ordered = new ArrayList<>(sources);
    ordered.add(0, ordered.remove(roles(sources).indexOf(Role.JOURNAL)));
    return ordered;
  }

  private static Run.Log log(Part part) {
    long[] times = Timings.times(part.entries(), part.clocks());
    return new Run.Log(part.input(), part.entries(), times, part.boots());
  }

  /**
   * The sources of a run, read one by one.
   *
   * @param inputs in the order of the sources
   * @param parts the first leads
   * @param values what is told of the run as a whole
   */
  private record Read(List<Run.Input> inputs, List<Part> parts, Map<String, String> values) {}

  private Read read(List<Source> sources, List<Watched> watched, String machine, Budgets budgets)
      throws InputException {
    List<Role> roles = roles(sources);
    List<Source> journals = sources.stream().filter(Analyzer::isBinaryJournal).toList();
    List<Entries> metadata = new ArrayList<>();
    List<Entries> ledgers = new ArrayList<>();
    Chunks chunks = chunks(sources, roles, watched);
    List<Run.Input> inputs = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    UnitFacts told = facts(sources, roles);
    // Behind a journal that leads.
    int kernel = roles.get(0) == Role.JOURNAL ? roles.indexOf(Role.CONSOLE) : -1;
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      Entries entries = i == 0 && chunks != null ? timed(source, chunks) : read(source);
      inputs.add(input(source, entries, roles.get(i)));
      if (entries.isOfHarness()) {
        (RunFolders.isLedger(source.path()) ? ledgers : metadata).add(entries);
        if (roles.get(i) != Role.LEDGER) {
          parts.add(words(i, entries, List.of()));
        }
      } else if (i == 0 || roles.get(i) == Role.JOURNAL || i == kernel) {
        if (journals.size() > 1 && source.equals(journals.get(0))) {
          entries = entries(journals);
        }
        if (i == 0 && !watched.isEmpty() && watched.get(0).input() == 0) {
          entries = watched.get(0).console(entries, machine);
        }
        parts.add(part(i, entries, told, budgets));
      }
    }
    for (Watched log : watched) {
      Part main = parts.get(0);
      parts.add(
          words(
              log.input(),
              log.log().words(),
              HarnessFacts.of(log.log(), main.entries(), main.sessions())));
    }
    return new Read(
        List.copyOf(inputs),
        parts,
        RunValues.of(metadata, ledgers, watched.stream().map(Watched::log).toList()));
  }

  /**
   * The harness log of a run, which may be its first source, or none. Excerpts of it are often
   * saved beside it; the longest tells all.
   */
  private static List<Watched> watched(List<Source> sources) throws InputException {
    List<Role> roles = roles(sources);
    int longest = -1;
    for (int i = 0; i < sources.size(); i++) {
      boolean may = i == 0 || roles.get(i) == Role.HARNESS;
      boolean longer =
          longest < 0 || sources.get(i).content().length > sources.get(longest).content().length;
      if (may && (longer || longest == 0) && HarnessLog.matches(sources.get(i).content())) {
        longest = i;
      }
    }
    return longest < 0 ? List.of() : List.of(Watched.of(longest, sources.get(longest)));
  }

  /** What the program that drove the machine says: no boots, but findings. */
  private Part words(int input, Entries entries, List<Fact> told) {
    List<Fact> facts = new ArrayList<>(told);
    Hits hits = matcher.sought().in(entries);
    facts.addAll(Traces.of(entries, matcher.sought().traces(hits), List.of(), new BitSet()));
    List<Finding> findings = matcher.match(entries, hits, List.of(), List.of(), List.of(), facts);
    return new Part(input, entries, List.of(), List.of(), List.of(), findings);
  }

  /** The places of what was masked, as far as there is an entry for them. */
  private static List<Fact> secrets(Entries entries, List<Boot> boots) {
    List<Fact> facts = new ArrayList<>();
    int i = 0;
    for (Secret secret : entries.secrets()) {
      while (i + 1 < entries.size() && entries.textLine(i + 1) <= secret.line()) {
        i++;
      }
      if (i < entries.size()) {
        Boot boot = Boots.at(boots, i);
        facts.add(
            new Fact(
                Fact.Kind.SECRET,
                boot == null ? 0 : boot.index(),
                entries.line(i),
                List.of(i),
                Map.of("what", secret.what())));
      }
    }
    return facts;
  }

  private Transcript seen(Transcript transcript) {
    return asked.masks() ? transcript.masked() : transcript;
  }

  private Unusual unusual(Entries entries, Verdict verdict, List<Run.RootCause> rootCauses) {
    boolean unexplained =
        rootCauses.isEmpty() && (verdict == Verdict.FAILED || verdict == Verdict.INCOMPLETE);
    return asked.usual() != null || unexplained
        ? Unusual.of(entries, asked.usual())
        : Unusual.NOTHING;
  }

  private Part part(int input, Entries entries, UnitFacts told, Budgets limits) {
    int jobs = entries.size() < MANY ? 1 : asked.jobs();
    Sought sought = matcher.sought();
    Supplier<Hits> searched = Work.begun("hits", jobs, () -> sought.in(entries));
    List<Boot> found = Boots.of(entries);
    List<Session> sessions = Sessions.of(entries, found);
    Hits hits = searched.get();
    Hits reports = sought.reports(hits);
    BitSet recalled = Recall.entries(sessions);
    List<Supplier<Known>> pieces = new ArrayList<>();
    for (Boot boot : Talk.observed(entries, found, sessions)) {
      // The machine tells of the boot that runs when it is asked.
      UnitFacts facts = boot.index() == found.size() ? told : UnitFacts.NONE;
      pieces.add(() -> known(entries, reports, boot, facts, limits, recalled));
    }
    List<Boot> boots = new ArrayList<>();
    List<TimedBoot> clocks = new ArrayList<>();
    List<CrashReport> crashes = new ArrayList<>();
    for (Known known : Work.all("boots", jobs, pieces)) {
      boots.add(known.boot());
      clocks.add(known.clock());
      crashes.addAll(known.crashes());
    }
    if (boots.isEmpty()) {
      crashes.addAll(CrashReports.of(entries, reports, 0, entries.size() - 1));
    }
    crashes.removeIf(crash -> recalled.get(crash.firstEntry()));
    List<Fact> facts = secrets(entries, boots);
    facts.addAll(Traces.of(entries, sought.traces(hits), boots, recalled));
    facts.addAll(Garbled.of(entries, boots));
    facts.addAll(JobLists.in(entries, boots));
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : matcher.match(entries, hits, boots, crashes, sessions, facts)) {
      findings.add(
          finding.boot() == 0
              ? finding
              : finding.at(clocks.get(finding.boot() - 1).micros(finding.firstEntry())));
    }
    return new Part(input, entries, boots, sessions, List.copyOf(clocks), List.copyOf(findings));
  }

  /** What is told of one boot by its lines alone. */
  private record Known(Boot boot, TimedBoot clock, List<CrashReport> crashes) {}

  private static Known known(
      Entries entries, Hits reports, Boot boot, UnitFacts told, Budgets limits, BitSet recalled) {
    TimedBoot timed = Timings.of(entries, boot, told, recalled);
    return new Known(
        timed.boot().with(Timings.observations(boot, timed.timing(), limits)),
        timed,
        CrashReports.of(entries, reports, boot.firstEntry(), boot.lastEntry()));
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

  /** When the bytes of the first source arrived: as a record of that says, else a harness. */
  private static Chunks chunks(List<Source> sources, List<Role> roles, List<Watched> watched) {
    if (sources.get(0).excerpt() != null) {
      // Where a byte of it stood in the log is not known.
      return null;
    }
    int record = roles.indexOf(Role.CHUNKS);
    Chunks chunks = record < 0 ? null : Chunks.of(sources.get(record).content());
    for (Watched log : watched) {
      if ((chunks == null || chunks.isEmpty()) && log.input() > 0) {
        chunks = log.arrivals(sources.get(0).content());
      }
    }
    return chunks == null || chunks.isEmpty() ? null : chunks;
  }

  private Entries timed(Source source, Chunks chunks) {
    return LineParser.parse(seen(Transcript.console(source.content(), chunks)));
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
        entries.isJournal() ? Role.JOURNAL : role,
        entries.omitted());
  }

  private Entries read(Source source) throws InputException {
    return entries(source, LineParser.Engine.TABLE, asked.masks());
  }

  /**
   * What the lines of {@code source} say, secrets masked.
   *
   * @throws InputException when it is a binary journal of a kind that is not known, or one of which
   *     no entry can be read
   */
  public static Entries entries(Source source) throws InputException {
    return entries(source, LineParser.Engine.TABLE, true);
  }

  /**
   * What the lines of {@code source} say.
   *
   * @param engine what reads them
   * @param masks whether secrets in them are masked
   * @throws InputException when it is a binary journal of a kind that is not known, or one of which
   *     no entry can be read
   */
  public static Entries entries(Source source, LineParser.Engine engine, boolean masks)
      throws InputException {
    try {
      Transcript transcript =
          source.excerpt() == null ? Transcripts.of(source.content()) : Excerpts.transcript(source);
      Entries entries = LineParser.parse(masks ? transcript.masked() : transcript, engine);
      if (entries.isEmpty() && !entries.damage().isEmpty()) {
        throw new InputException(
            source.path()
                + ": no entry of this journal can be read: "
                + entries.damage().get(0).reason());
      }
      return entries;
    } catch (JournalException e) {
      throw new InputException(source.path() + ": " + e.getMessage());
    } catch (IOException e) {
      throw new InputException(source.path() + ": could not be read: " + Reason.of(e));
    }
  }

  /** The files of one journal: those that journald rotated, and those of users. */
  private Entries entries(List<Source> journals) throws InputException {
    String first = journals.get(0).path();
    try {
      return LineParser.parse(seen(Excerpts.transcript(journals)));
    } catch (JournalException e) {
      throw new InputException(first + ": " + e.getMessage());
    } catch (IOException e) {
      throw new InputException(first + ": could not be read: " + Reason.of(e));
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
    byte[] log = one.log().getBytes(StandardCharsets.UTF_8);
    List<Source> sources =
        List.of(new Source("case", Source.Compression.NONE, log.length, "", log, ""));
    try {
      List<Part> parts = read(sources, watched(sources), null, Budgets.of(one.budgets())).parts();
      return Joined.of(parts, recalled(parts.get(0))).findings();
    } catch (InputException e) {
      return List.of();
    }
  }

  /** {@link RuleCases#costs What each of rules costs} in the console log {@code log}. */
  public static Map<String, Long> costs(RuleSet rules, byte[] log) {
    Entries entries = LineParser.parse(Transcript.console(log));
    return RuleCases.costs(rules, entries, Boots.of(entries));
  }
}
