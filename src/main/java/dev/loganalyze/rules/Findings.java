package dev.loganalyze.rules;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.bytes.Text;
import dev.loganalyze.crash.CrashReport;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what rules saw: one finding a rule, subject and boot. */
final class Findings {
  /** So many occurrences are shown as evidence. */
  private static final int MAX_EVIDENCE = 5;

  /** A line of evidence is cut to this many characters. */
  private static final int MAX_TEXT = 500;

  /** A rule that finds more subjects than this in one boot says so once and goes on counting. */
  private static final int MAX_SUBJECTS = 200;

  /** So many matches wait for a better rule; of more, each counts at once. */
  private static final int MAX_WAITING = 50_000;

  private static final String FURTHER = "(further subjects)";

  private final Map<String, Gathered> gathered = new LinkedHashMap<>();
  private final Map<String, Integer> subjects = new HashMap<>();

  /** A match that a better rule may take. */
  private record Waiting(
      Rule rule, Boot boot, Entries entries, List<Integer> shown, Map<String, String> names) {}

  private final List<Waiting> waiting = new ArrayList<>();

  /**
   * Which rules matched at an entry, as {@code entry NUL rule}; only of rules that others yield to.
   */
  private final Set<String> taken = new HashSet<>();

  /** The entries that show what a rule or a crash report found. */
  private final BitSet told = new BitSet();

  private final Set<String> better;

  /**
   * @param better ids of the rules that some rule yields to
   */
  Findings(Set<String> better) {
    this.better = better;
  }

  void add(Rule rule, Boot boot, Entries entries, int first, int last, Map<String, String> names) {
    if (!rule.yields().contains(Rule.ANY)) {
      told.set(first, last + 1);
    }
    add(rule, boot, entries, first == last ? List.of(first) : List.of(first, last), names);
  }

  /**
   * @param shown indices of the entries that show it, in ascending order
   */
  void add(Rule rule, Boot boot, Entries entries, List<Integer> shown, Map<String, String> names) {
    if (better.contains(rule.id())) {
      taken.add(shown.get(0) + "\0" + rule.id());
    }
    if (!rule.yields().contains(Rule.ANY)) {
      shown.forEach(told::set);
    }
    if (rule.yields().isEmpty() || waiting.size() >= MAX_WAITING) {
      gather(rule, boot, entries, shown, names);
    } else {
      waiting.add(new Waiting(rule, boot, entries, shown, names));
    }
  }

  private void gather(
      Rule rule, Boot boot, Entries entries, List<Integer> shown, Map<String, String> names) {
    String subject = Template.fill(rule.subject(), names);
    String prefix = (boot == null ? 0 : boot.index()) + "\0" + rule.id() + "\0";
    String key = prefix + subject;
    if (!gathered.containsKey(key) && subjects.merge(prefix, 1, Integer::sum) > MAX_SUBJECTS) {
      subject = FURTHER;
      key = prefix + FURTHER;
    }
    String theSubject = subject;
    gathered
        .computeIfAbsent(key, k -> new Gathered(rule, boot, theSubject, shown.get(0), names, null))
        .add(entries, shown);
  }

  /** A crash report is a finding of its own, whatever came before. */
  void add(Rule rule, Boot boot, Entries entries, CrashReport crash, Map<String, String> names) {
    Gathered report =
        new Gathered(
            rule, boot, Template.fill(rule.subject(), names), crash.firstEntry(), names, crash);
    report.add(
        entries,
        crash.firstEntry() == crash.lastEntry()
            ? List.of(crash.firstEntry())
            : List.of(crash.firstEntry(), crash.lastEntry()));
    gathered.put("\0" + gathered.size(), report);
    told.set(crash.opened(), crash.lastEntry() + 1);
  }

  /** The findings, in the order of first lines, then rules, then subjects. */
  List<Finding> list() {
    for (Waiting match : waiting) {
      if (match.rule().yields().stream().noneMatch(better -> has(better, match.shown().get(0)))) {
        gather(match.rule(), match.boot(), match.entries(), match.shown(), match.names());
      }
    }
    waiting.clear();
    List<Finding> findings = new ArrayList<>();
    gathered.values().forEach(g -> findings.add(g.finding()));
    findings.sort(
        Comparator.comparingInt(Finding::firstLine)
            .thenComparingInt(Finding::firstEntry)
            .thenComparing(f -> f.rule().id())
            .thenComparing(Finding::subject));
    return List.copyOf(findings);
  }

  /** Whether rule {@code better} found something at entry {@code first}. */
  private boolean has(String better, int first) {
    return better.equals(Rule.ANY) ? told.get(first) : taken.contains(first + "\0" + better);
  }

  private static final class Gathered {
    private final Rule rule;
    private final Boot boot;
    private final String subject;
    private final int firstEntry;
    private final Map<String, String> names;
    private final CrashReport crash;
    private final List<Finding.Evidence> evidence = new ArrayList<>();
    private int firstLine;
    private int lastLine;
    private long micros = Entry.NO_TIME;
    private int occurrences;
    private boolean logged;
    private boolean harness;

    Gathered(
        Rule rule,
        Boot boot,
        String subject,
        int firstEntry,
        Map<String, String> names,
        CrashReport crash) {
      this.rule = rule;
      this.boot = boot;
      this.subject = subject;
      this.firstEntry = firstEntry;
      this.names = Map.copyOf(names);
      this.crash = crash;
    }

    void add(Entries entries, List<Integer> shown) {
      int first = shown.get(0);
      int last = shown.get(shown.size() - 1);
      if (occurrences++ == 0) {
        firstLine = entries.line(crash == null ? first : crash.opened());
        micros = entries.micros(first);
        // All lines of a journal look like that: nobody printed them into it.
        logged = entries.get(first).logged() && !entries.isJournal();
        harness = entries.origin(first) == Origin.HARNESS;
      }
      if (shown.size() == 1) {
        occurrences += entries.alike(first);
        lastLine = Math.max(lastLine, entries.lastAlike(first));
      }
      lastLine = Math.max(lastLine, entries.line(last));
      shown.forEach(entry -> show(entries.get(entry)));
    }

    private void show(Entry entry) {
      if (evidence.size() < MAX_EVIDENCE) {
        evidence.add(
            new Finding.Evidence(entry.line(), Text.ellipsized(entry.text().strip(), MAX_TEXT)));
      }
    }

    /** What a test of the kernel provokes is worth a look, but no error. */
    private static Severity lighter(Severity severity) {
      return severity.compareTo(Severity.WARNING) > 0 ? Severity.WARNING : severity;
    }

    private Finding.Told told(Phase phase) {
      if (harness) {
        return Finding.Told.HARNESS;
      }
      return logged && phase != null && phase.kind().compareTo(Phase.Kind.SESSION) >= 0
          ? Finding.Told.RECALLED
          : Finding.Told.THEN;
    }

    Finding finding() {
      Phase phase = boot == null ? null : boot.phaseAt(firstLine);
      Severity severity =
          rule.severity(phase == null ? null : phase.kind(), boot == null ? null : boot.reached());
      return new Finding(
          rule,
          crash != null && crash.selfTest() ? lighter(severity) : severity,
          crash == null ? Template.fill(rule.title(), names) : crash.title(),
          Template.advice(rule.advice(), names),
          subject,
          boot == null ? 0 : boot.index(),
          phase == null ? null : phase.kind(),
          firstEntry,
          firstLine,
          lastLine,
          micros,
          occurrences,
          List.copyOf(evidence),
          names,
          told(phase),
          crash,
          0);
    }
  }
}
