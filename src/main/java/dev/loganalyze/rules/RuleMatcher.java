package dev.loganalyze.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.UnitNames;
import dev.loganalyze.crash.CrashReport;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.LiteralFilter;
import dev.loganalyze.parse.Literals;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for all rules in one pass over a log.
 *
 * <p>Each pattern has a literal that its matches must contain; one automaton finds all literals of
 * a message at once, and only the patterns whose literal is there are tried, by RE2, in linear
 * time. Immutable and safe for use by several threads.
 */
public final class RuleMatcher {
  private final List<Clause> clauses = new ArrayList<>();
  private final LiteralFilter filter;

  /** Numbers of the clauses that no literal can rule out. */
  private final BitSet unfiltered = new BitSet();

  /** One match of one rule, compiled. */
  private record Clause(
      Rule rule, Rule.Match match, Pattern pattern, Pattern unless, Pattern until) {}

  /** A matcher for {@code rules}. */
  public RuleMatcher(RuleSet rules) {
    List<String> literals = new ArrayList<>();
    for (Rule rule : rules.rules()) {
      for (Rule.Match match : rule.match()) {
        String literal =
            match.pattern() == null || match.observed() != null || match.crash() != null
                ? ""
                : Literals.longest(match.pattern());
        if (literal.isEmpty() && match.observed() == null && match.crash() == null) {
          unfiltered.set(clauses.size());
        }
        literals.add(literal);
        clauses.add(
            new Clause(
                rule,
                match,
                compile(match.pattern()),
                compile(match.unless()),
                compile(match.until())));
      }
    }
    filter = new LiteralFilter(literals);
  }

  private static Pattern compile(String pattern) {
    return pattern == null ? null : RuleReader.compile(pattern);
  }

  /**
   * What the rules find in {@code entries}, in the order of first lines.
   *
   * @param boots the boots of these entries
   * @param crashes the crash reports in these entries, in the order of first entries
   */
  public List<Finding> match(Entries entries, List<Boot> boots, List<CrashReport> crashes) {
    Findings findings = new Findings();
    crashes(entries, boots, crashes, findings);
    int b = 0;
    Scope scope = new Scope(entries, null);
    BitSet candidates = new BitSet();
    for (int i = 0; i < entries.size(); i++) {
      while (b < boots.size() && i >= boots.get(b).firstEntry()) {
        scope = new Scope(entries, boots.get(b++));
        observations(scope, findings);
      }
      if (entries.shape(i) == Shape.BLANK
          || entries.shape(i) == Shape.REMARK
          || entries.repeated(i)) {
        continue;
      }
      candidates.clear();
      candidates.or(unfiltered);
      filter.scan(entries.buffer(), entries.messageFrom(i), entries.messageTo(i), candidates);
      entry(scope, i, candidates, findings);
    }
    return findings.list();
  }

  private void entry(Scope scope, int i, BitSet candidates, Findings findings) {
    String message = null;
    for (int c = candidates.nextSetBit(0); c >= 0; c = candidates.nextSetBit(c + 1)) {
      Clause clause = clauses.get(c);
      if (!admits(clause.match(), scope, i)) {
        continue;
      }
      message = message == null ? scope.entries.get(i).message() : message;
      Map<String, String> names = new HashMap<>();
      if (clause.pattern() != null && !bind(clause.pattern(), message, names)) {
        continue;
      }
      if (clause.unless() != null && clause.unless().matcher(message).find()) {
        continue;
      }
      int last = clause.until() == null ? i : blockEnd(clause, scope.entries, i, names);
      if (last >= 0) {
        scope.bindEntry(i, message, names);
        findings.add(clause.rule(), scope.boot, scope.entries, i, last, names);
      }
    }
  }

  private static boolean admits(Rule.Match match, Scope scope, int i) {
    return (match.shapes().isEmpty() || match.shapes().contains(scope.entries.shape(i)))
        && (match.origins().isEmpty() || match.origins().contains(scope.entries.origin(i)))
        && (match.phases().isEmpty() || match.phases().contains(scope.phase(i)));
  }

  private static boolean bind(Pattern pattern, String text, Map<String, String> names) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return false;
    }
    pattern
        .namedGroups()
        .forEach(
            (name, group) -> {
              if (matcher.group(group) != null) {
                names.put(name, matcher.group(group));
              }
            });
    return true;
  }

  /** The entry that ends the block begun at {@code first}: same speaker, {@code until}; or -1. */
  private static int blockEnd(
      Clause clause, Entries entries, int first, Map<String, String> names) {
    Entry begin = entries.get(first);
    int end = Math.min(entries.size(), first + 1 + clause.match().lines());
    for (int i = first + 1; i < end; i++) {
      Entry entry = entries.get(i);
      boolean speaks =
          begin.identifier().isEmpty()
              ? entry.origin() == begin.origin()
              : entry.identifier().equals(begin.identifier()) && entry.pid() == begin.pid();
      if (speaks && bind(clause.until(), entry.message(), names)) {
        return i;
      }
    }
    return -1;
  }

  private void crashes(
      Entries entries, List<Boot> boots, List<CrashReport> crashes, Findings findings) {
    for (CrashReport crash : crashes) {
      Boot boot = null;
      for (Boot one : boots) {
        boot = one.firstEntry() <= crash.firstEntry() ? one : boot;
      }
      for (Clause clause : clauses) {
        Map<String, String> names = new HashMap<>();
        boolean holds =
            crash.kind().equals(clause.match().crash())
                && (clause.pattern() == null || bind(clause.pattern(), crash.title(), names))
                && (clause.unless() == null || !clause.unless().matcher(crash.title()).find());
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
        Rule.Match match = clause.match();
        if (match.observed() != observation.kind()) {
          continue;
        }
        Map<String, String> names = new HashMap<>(observation.fields());
        String text = observation.fields().getOrDefault(String.valueOf(match.field()), "");
        boolean holds =
            (clause.pattern() == null || bind(clause.pattern(), text, names))
                && (clause.unless() == null || !clause.unless().matcher(text).find());
        if (holds) {
          findings.add(
              clause.rule(),
              scope.boot,
              scope.entries,
              observation.firstEntry(),
              observation.lastEntry(),
              names);
        }
      }
    }
  }

  /** Where in the log the matcher is. */
  private static final class Scope {
    private final Entries entries;
    private final Boot boot;
    private UnitNames units;

    Scope(Entries entries, Boot boot) {
      this.entries = entries;
      this.boot = boot;
    }

    dev.loganalyze.boot.Phase.Kind phase(int i) {
      var phase = boot == null ? null : boot.phaseAt(entries.line(i));
      return phase == null ? null : phase.kind();
    }

    void bindEntry(int i, String message, Map<String, String> names) {
      Entry entry = entries.get(i);
      names.putIfAbsent("message", message);
      names.putIfAbsent("identifier", entry.identifier());
      names.putIfAbsent("line", Integer.toString(entry.line()));
      boolean named = entry.origin() == Origin.MANAGER || entry.origin() == Origin.SERVICE;
      String unit = named ? entry.unit() : "";
      if (!unit.isEmpty() && boot != null) {
        if (units == null) {
          units = UnitNames.of(entries, boot.firstEntry(), boot.lastEntry());
        }
        unit = units.resolve(unit).name();
      }
      names.putIfAbsent("unit", unit);
    }
  }
}
