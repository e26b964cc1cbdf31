package dev.loganalyze.rules;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.boot.UnitNames;
import dev.loganalyze.crash.CrashReport;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Level;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.Hits;
import dev.loganalyze.session.Exchange;
import dev.loganalyze.session.Fact;
import dev.loganalyze.session.Facts;
import dev.loganalyze.session.Recall;
import dev.loganalyze.session.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Looks for all rules in one pass over a log.
 *
 * <p>One automaton tells of each line which patterns are in it; only those are tried one by one,
 * for what their groups take. Immutable and safe for use by several threads.
 */
public final class RuleMatcher {
  private static final int SHAPES = Shape.values().length;
  private static final int ORIGINS = Origin.values().length;
  private static final int LEVELS = Level.values().length;

  private final List<Clause> clauses = new ArrayList<>();
  private final List<Expression> expressions = new ArrayList<>();

  /** Null until it is asked for. */
  private Sought sought;

  /** Numbers of the clauses without a pattern that a line of some shape may match. */
  private final Map<Shape, BitSet> byShape = new EnumMap<>(Shape.class);

  /**
   * What {@link #mayAsk} says of lines without a hit, as 1 or -1; 0 where it has not been asked.
   * Threads may ask twice, and are told the same.
   */
  private final byte[] askedByShape = new byte[SHAPES * ORIGINS * (LEVELS + 1)];

  /**
   * Numbers of the clauses for a MESSAGE_ID, which their patterns alone would ask of too many
   * lines.
   */
  private final Map<String, BitSet> byMessageId = new HashMap<>();

  /** Ids of the rules that some rule yields to. */
  private final Set<String> better = new HashSet<>();

  /** A match, with the rule it is of. */
  private record Numbered(Rule rule, Rule.Match match) {}

  /** All matches of all rules, by number. */
  private final List<Numbered> matches = new ArrayList<>();

  /** The clauses that ask for what answers say. */
  private final Map<Fact.Kind, List<Clause>> asking = new EnumMap<>(Fact.Kind.class);

  /**
   * One test of a line.
   *
   * @param number of its match among all matches of all rules
   * @param part what the condition of the match calls it; null when the line alone is a finding
   */
  private record Clause(int number, Rule rule, Rule.Match match, String part, Rule.Line line) {
    Expression pattern() {
      return line.pattern();
    }

    /** Whether it is tried on lines, and not on what was observed. */
    boolean asksLines() {
      return match.observed() == null && line.output() == null && match.crash() == null;
    }
  }

  /** A matcher for {@code rules}. */
  public RuleMatcher(RuleSet rules) {
    this(rules, null);
  }

  /**
   * A matcher for {@code rules}.
   *
   * @param sought as {@link #sought} of a matcher for the same; null when it is to be made
   */
  RuleMatcher(RuleSet rules, Sought sought) {
    for (Rule rule : rules.rules()) {
      better.addAll(rule.yields());
      for (Rule.Match match : rule.match()) {
        int number = matches.size();
        if (match.when() == null) {
          clauses.add(new Clause(number, rule, match, null, match.line()));
        } else {
          match
              .parts()
              .forEach((name, line) -> clauses.add(new Clause(number, rule, match, name, line)));
        }
        matches.add(new Numbered(rule, match));
      }
    }
    for (Shape shape : Shape.values()) {
      byShape.put(shape, new BitSet());
    }
    for (Clause clause : clauses) {
      int number = expressions.size();
      String id = clause.line().messageId();
      boolean searches = clause.asksLines() && id == null;
      expressions.add(searches ? clause.pattern() : null);
      if (id != null) {
        byMessageId.computeIfAbsent(id, k -> new BitSet()).set(number);
      } else if (searches && clause.pattern() == null) {
        Set<Shape> shapes = clause.line().shapes();
        (shapes.isEmpty() ? byShape.keySet() : shapes).forEach(s -> byShape.get(s).set(number));
      }
      if (clause.line().output() != null) {
        asking.computeIfAbsent(clause.line().output(), k -> new ArrayList<>()).add(clause);
      }
    }
    this.sought = sought;
  }

  /** All that an analysis looks for in lines; the {@link #expressions} are numbered as there. */
  public synchronized Sought sought() {
    if (sought == null) {
      sought = Sought.of(expressions);
    }
    return sought;
  }

  /** The patterns of all clauses, by number; null for one that looks at no line. */
  public List<Expression> expressions() {
    return expressions;
  }

  /**
   * Whether some rule may ask for a line, by what the line alone tells, but for the MESSAGE_ID that
   * a journal entry may have.
   *
   * @param hits the numbers of the {@link #expressions} that occur in its message
   * @param level null where the line does not tell it
   */
  public boolean mayAsk(BitSet hits, Shape shape, Origin origin, Level level) {
    if (!hits.isEmpty()) {
      return anyMayAsk(hits, shape, origin, level);
    }
    int of = (shape.ordinal() * ORIGINS + origin.ordinal()) * (LEVELS + 1);
    of += level == null ? LEVELS : level.ordinal();
    if (askedByShape[of] == 0) {
      askedByShape[of] = (byte) (anyMayAsk(hits, shape, origin, level) ? 1 : -1);
    }
    return askedByShape[of] > 0;
  }

  private boolean anyMayAsk(BitSet hits, Shape shape, Origin origin, Level level) {
    BitSet shaped = byShape.get(shape);
    for (int c = next(hits, shaped, 0); c >= 0; c = next(hits, shaped, c + 1)) {
      if (mayAsk(clauses.get(c).line(), shape, origin, level)) {
        return true;
      }
    }
    return false;
  }

  /** The ids of messages in a journal that some rule asks for. */
  public Set<String> messageIds() {
    return byMessageId.keySet();
  }

  private static int next(BitSet one, BitSet other, int from) {
    int a = one.nextSetBit(from);
    int b = other.nextSetBit(from);
    return a < 0 || b < 0 ? Math.max(a, b) : Math.min(a, b);
  }

  private static boolean mayAsk(Rule.Line line, Shape shape, Origin origin, Level level) {
    return (line.shapes().isEmpty() || line.shapes().contains(shape))
        && (line.origins().isEmpty() ? origin != Origin.HARNESS : line.origins().contains(origin))
        && (line.level() == null || weighs(line.level(), level));
  }

  /**
   * What the rules find in {@code entries}, in the order of first lines. The lines of a log that
   * was printed in a session are left out: they tell of another time.
   *
   * @param hits which of the {@link #expressions} occur in each entry; others behind them are
   *     passed
   * @param boots the boots of these entries
   * @param crashes the crash reports in these entries, in the order of first entries
   * @param sessions the sessions of these boots, in order
   * @param told what else is known, by entries of these
   */
  public List<Finding> match(
      Entries entries,
      Hits hits,
      List<Boot> boots,
      List<CrashReport> crashes,
      List<Session> sessions,
      List<Fact> told) {
    Findings findings = new Findings(better);
    crashes(entries, boots, crashes, findings);
    Map<Integer, String> commands = commands(sessions);
    BitSet recalled = Recall.entries(sessions);
    List<Fact> facts = new ArrayList<>(Facts.of(sessions));
    facts.addAll(told);
    lines(entries, hits.of(0, clauses.size()), boots, facts, recalled, commands, findings);
    return findings.list();
  }

  private void lines(
      Entries entries,
      Hits hits,
      List<Boot> boots,
      List<Fact> facts,
      BitSet recalled,
      Map<Integer, String> commands,
      Findings findings) {
    int b = 0;
    Scope scope = new Scope(entries, null, commands);
    Map<Integer, List<Fact>> byBoot =
        facts.stream().collect(Collectors.groupingBy(Fact::boot, Collectors.toList()));
    Deque<Fact> ahead = inOrder(byBoot.get(0));
    BitSet candidates = new BitSet();
    for (int i = 0; i < entries.size(); i++) {
      while (b < boots.size() && i >= boots.get(b).firstEntry()) {
        facts(scope, ahead, entries.size(), findings);
        conditions(scope, i - 1, findings);
        scope = new Scope(entries, boots.get(b++), commands);
        observations(scope, findings);
        ahead = inOrder(byBoot.get(scope.boot.index()));
      }
      facts(scope, ahead, i, findings);
      if (!entries.shape(i).isSaid() || entries.repeated(i) || recalled.get(i)) {
        continue;
      }
      candidates.clear();
      candidates.or(byShape.get(entries.shape(i)));
      byMessageId(entries, i, candidates);
      for (int c = hits.next(i, 0); c >= 0; c = hits.next(i, c + 1)) {
        candidates.set(c);
      }
      entry(scope, i, candidates, findings);
    }
    facts(scope, ahead, entries.size(), findings);
    conditions(scope, entries.size() - 1, findings);
  }

  private void byMessageId(Entries entries, int i, BitSet candidates) {
    String id = byMessageId.isEmpty() ? "" : entries.get(i).field("MESSAGE_ID");
    BitSet asking = id.isEmpty() ? null : byMessageId.get(id);
    if (asking != null) {
      candidates.or(asking);
    }
  }

  /** Which command each line of an answer answers; none while no rule asks. */
  private Map<Integer, String> commands(List<Session> sessions) {
    Map<Integer, String> commands = new HashMap<>();
    if (clauses.stream().anyMatch(clause -> clause.line().command() != null)) {
      for (Session session : sessions) {
        for (Exchange exchange : session.exchanges()) {
          exchange.output().stream()
              .filter(said -> !said.spliced())
              .forEach(said -> commands.put(said.entry(), exchange.command()));
        }
      }
    }
    return commands;
  }

  private void entry(Scope scope, int i, BitSet candidates, Findings findings) {
    String message = null;
    for (int c = candidates.nextSetBit(0); c >= 0; c = candidates.nextSetBit(c + 1)) {
      Clause clause = clauses.get(c);
      Map<String, String> names = new HashMap<>();
      if (!admits(clause, scope, i, names)) {
        continue;
      }
      message = message == null ? scope.entries.get(i).message() : message;
      if (!holds(clause, message, names)) {
        continue;
      }
      int last = clause.line().until() == null ? i : blockEnd(clause, scope.entries, i, names);
      if (last < 0) {
        continue;
      }
      if (clause.part() != null) {
        scope.remember(clause, new Conditions.Event(i, last, names));
      } else {
        scope.bindEntry(i, message, names);
        findings.add(clause.rule(), scope.boot, scope.entries, i, last, names);
      }
    }
  }

  /** All that a clause asks of an entry but its message. */
  private static boolean admits(Clause clause, Scope scope, int i, Map<String, String> names) {
    Rule.Line line = clause.line();
    Level level = line.level() == null ? null : Level.of(scope.entries, i);
    Shape shape = scope.entries.shape(i);
    return (mayAsk(line, shape, scope.entries.origin(i), level)
            || (scope.entries.mayBeKernel(i) && mayAsk(line, shape, Origin.KERNEL, level)))
        && (line.phases().isEmpty() || line.phases().contains(scope.phase(i)))
        && (line.process().isEmpty() || line.process().contains(scope.entries.get(i).identifier()))
        && (line.unit() == null || line.unit().bind(scope.unit(i), names))
        && (line.command() == null
            || (scope.commands.containsKey(i) && line.command().bind(scope.commands.get(i), names)))
        && (clause.match().commandline() == null
            || (scope.boot != null
                && clause.match().commandline().bind(scope.boot.commandLine(), names)));
  }

  private static boolean weighs(Level least, Level level) {
    return level != null && level.compareTo(least) <= 0;
  }

  /** Decides the conditions of a boot that is over. */
  private void conditions(Scope scope, int end, Findings findings) {
    Conditions conditions = new Conditions(scope.entries, end);
    scope.events.forEach(
        (number, events) -> {
          Rule rule = matches.get(number).rule();
          Rule.Match match = matches.get(number).match();
          Map<String, Set<String>> bound = new HashMap<>();
          match.parts().forEach((part, line) -> bound.put(part, RuleReader.names(line)));
          for (Conditions.Event hit : conditions.hits(match.when(), events, bound)) {
            Map<String, String> names = new HashMap<>(hit.names());
            scope.bindEntry(hit.first(), scope.entries.get(hit.first()).message(), names);
            findings.add(rule, scope.boot, scope.entries, hit.first(), hit.last(), names);
          }
        });
  }

  /**
   * The entry that ends the block begun at {@code first}: same speaker, {@code until}; or -1, also
   * if another begins before.
   */
  private static int blockEnd(
      Clause clause, Entries entries, int first, Map<String, String> names) {
    Entry begin = entries.get(first);
    Expression another = clause.line().pattern();
    int end = Math.min(entries.size(), first + 1 + clause.line().lines());
    for (int i = first + 1; i < end; i++) {
      Entry entry = entries.get(i);
      boolean speaks =
          begin.identifier().isEmpty()
              ? entry.origin() == begin.origin()
              : entry.identifier().equals(begin.identifier()) && entry.pid() == begin.pid();
      if (speaks && clause.line().until().bind(entry.message(), names)) {
        return i;
      }
      if (speaks && another != null && another.occursIn(entry.message())) {
        return -1;
      }
    }
    return -1;
  }

  private void crashes(
      Entries entries, List<Boot> boots, List<CrashReport> crashes, Findings findings) {
    for (CrashReport crash : crashes) {
      Boot boot = Boots.at(boots, crash.firstEntry());
      for (Clause clause : clauses) {
        Map<String, String> names = new HashMap<>();
        boolean holds =
            crash.kind().equals(clause.match().crash()) && holds(clause, crash.title(), names);
        if (holds) {
          names.put("title", crash.title());
          names.put("function", crash.function());
          names.put("subject", crash.subject());
          names.put("line", Integer.toString(entries.line(crash.firstEntry())));
          names.put("message", entries.get(crash.firstEntry()).message());
          findings.add(clause.rule(), boot, entries, crash, names);
        }
      }
    }
  }

  private void observations(Scope scope, Findings findings) {
    for (Observation observation : scope.boot.observations()) {
      for (Clause clause : clauses) {
        if (clause.match().observed() != observation.kind()) {
          continue;
        }
        Map<String, String> names = new HashMap<>(observation.fields());
        if (fieldHolds(clause, names)) {
          int first = observation.firstEntry();
          findings.add(
              clause.rule(), scope.boot, scope.entries, first, observation.lastEntry(), names);
        }
      }
    }
  }

  private static Deque<Fact> inOrder(List<Fact> facts) {
    Deque<Fact> ordered = new ArrayDeque<>();
    if (facts != null) {
      facts.stream()
          .sorted(Comparator.comparingInt(fact -> fact.entries().get(0)))
          .forEach(ordered::add);
    }
    return ordered;
  }

  /**
   * Takes the facts that begin up to entry {@code last}: a finding begins with the line that comes
   * first.
   */
  private void facts(Scope scope, Deque<Fact> ahead, int last, Findings findings) {
    while (!ahead.isEmpty() && ahead.peek().entries().get(0) <= last) {
      Fact fact = ahead.poll();
      for (Clause clause : asking.getOrDefault(fact.kind(), List.of())) {
        Map<String, String> names = new HashMap<>(fact.fields());
        int first = fact.entries().get(0);
        scope.bindEntry(first, scope.entries.get(first).message(), names);
        if (!fieldHolds(clause, names) || !all(clause.line().fields(), fact.fields(), names)) {
          continue;
        }
        if (clause.part() != null) {
          int end = fact.entries().get(fact.entries().size() - 1);
          scope.remember(clause, new Conditions.Event(first, end, names));
        } else {
          findings.add(clause.rule(), scope.boot, scope.entries, fact.entries(), names);
        }
      }
    }
  }

  /** Whether all {@code fields} are as asked; binds what their patterns bind. */
  private static boolean all(
      Map<String, Expression> asked, Map<String, String> fields, Map<String, String> names) {
    for (Map.Entry<String, Expression> field : asked.entrySet()) {
      String text = fields.getOrDefault(field.getKey(), "");
      if (!field.getValue().bind(text, names)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the field that a clause names is as it asks; binds what its pattern binds. */
  private static boolean fieldHolds(Clause clause, Map<String, String> fields) {
    return holds(clause, fields.getOrDefault(String.valueOf(clause.match().field()), ""), fields);
  }

  /**
   * Whether {@code text} is as the pattern and unless of a clause ask; binds the pattern's names.
   */
  private static boolean holds(Clause clause, String text, Map<String, String> names) {
    Expression unless = clause.line().unless();
    return (clause.pattern() == null || clause.pattern().bind(text, names))
        && (unless == null || !unless.occursIn(text));
  }

  /** Where in the log the matcher is. */
  private static final class Scope {
    private final Entries entries;
    private final Boot boot;

    /** What the parts of conditions matched, by number of the condition, then part. */
    private final Map<Integer, Map<String, List<Conditions.Event>>> events = new TreeMap<>();

    private UnitNames units;

    /** The commands whose answers the entries are, by index of the entry. */
    private final Map<Integer, String> commands;

    Scope(Entries entries, Boot boot, Map<Integer, String> commands) {
      this.entries = entries;
      this.boot = boot;
      this.commands = commands;
    }

    Phase.Kind phase(int i) {
      var phase = boot == null ? null : boot.phaseAt(entries.line(i));
      return phase == null ? null : phase.kind();
    }

    void remember(Clause clause, Conditions.Event event) {
      List<Conditions.Event> of =
          events
              .computeIfAbsent(clause.number(), n -> new HashMap<>())
              .computeIfAbsent(clause.part(), p -> new ArrayList<>());
      if (of.size() < Conditions.MAX_EVENTS) {
        of.add(event);
      }
    }

    void bindEntry(int i, String message, Map<String, String> names) {
      Entry entry = entries.get(i);
      names.putIfAbsent("message", message);
      names.putIfAbsent("identifier", entry.identifier());
      names.putIfAbsent("line", Integer.toString(entry.line()));
      names.putIfAbsent("unit", unit(i));
    }

    /** The unit that entry {@code i} is about, in full where the log has it; or empty. */
    String unit(int i) {
      boolean named = entries.origin(i) == Origin.MANAGER || entries.origin(i) == Origin.SERVICE;
      String unit = named ? entries.get(i).unit() : "";
      if (!unit.isEmpty() && boot != null) {
        if (units == null) {
          units = UnitNames.of(entries, boot.firstEntry(), boot.lastEntry());
        }
        unit = units.resolve(unit).name();
      }
      return unit;
    }
  }
}
