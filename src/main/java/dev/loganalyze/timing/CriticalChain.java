package dev.loganalyze.timing;

import dev.loganalyze.boot.Unit;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which unit waited for which, from the end of the boot back to its start.
 *
 * <p>Where the order of units is known, a unit waited for the last of those it is ordered after
 * (list_dependencies_one() in systemd's analyze-critical-chain.c). Else it is taken to have waited
 * for the last job that ended before its own began; of neighbours that took no time only targets
 * are told.
 */
final class CriticalChain {
  /** A chain this long is none that a person reads. */
  private static final int LONGEST = 200;

  /** Microseconds within which targets are reached together. */
  private static final long BREATH = 5_000;

  private final Entries entries;
  private final Map<String, UnitTime> units = new HashMap<>();
  private final Map<String, UnitTimes.Row> rows;
  private final UnitFacts facts;

  /** The ends of jobs by entry. */
  private final TreeMap<Integer, String> ends = new TreeMap<>();

  CriticalChain(
      Entries entries, List<UnitTime> times, Map<String, UnitTimes.Row> rows, UnitFacts facts) {
    this.entries = entries;
    this.rows = rows;
    this.facts = facts;
    times.forEach(u -> units.put(u.name(), u));
    rows.forEach(
        (name, row) -> {
          if (row.end >= 0) {
            ends.put(row.end, name);
          }
        });
  }

  /**
   * The chain from its last step to the first.
   *
   * @param login the entry of the login prompt, or -1
   * @param stuck the unit that never ended and that the boot waits for, or null
   */
  List<Step> from(int login, Instant prompt, String stuck) {
    List<Step> chain = new ArrayList<>();
    String name = stuck == null ? lastTarget() : stuck;
    if (name == null && login >= 0) {
      Map.Entry<Integer, String> before = ends.lowerEntry(login);
      chain.add(new Step("login", Unit.Result.DONE, prompt, 0, false, entries.line(login)));
      name = before == null ? null : before.getValue();
    } else if (name == null && !ends.isEmpty()) {
      name = ends.lastEntry().getValue();
    }
    while (name != null && chain.size() < LONGEST) {
      UnitTime unit = units.get(name);
      boolean certain = facts.after().containsKey(name);
      Step step = new Step(name, result(name), at(unit), unit.running(), certain, unit.lastLine());
      if (chain.isEmpty() || certain || tells(step, chain.get(chain.size() - 1))) {
        chain.add(step);
      }
      name = certain ? ordered(name) : inferred(name);
    }
    return List.copyOf(chain);
  }

  /** How the job ended that the chain is about; what became of the unit later is another story. */
  private Unit.Result result(String name) {
    return rows.get(name).ended == Shape.JOB_DONE ? Unit.Result.DONE : units.get(name).result();
  }

  /**
   * Whether a step that is only inferred is worth a line: it took time, went wrong, or is a target
   * that was not reached in the same breath as the step after it.
   */
  private static boolean tells(Step step, Step after) {
    boolean breath =
        step.at().isKnown()
            && after.at().isKnown()
            && after.at().micros() - step.at().micros() < BREATH;
    return step.took() > 0
        || step.result() != Unit.Result.DONE
        || (step.name().endsWith(".target") && !breath);
  }

  private static Instant at(UnitTime unit) {
    return unit.finished().isKnown() ? unit.finished() : unit.started();
  }

  private String lastTarget() {
    String last = null;
    for (String name : List.of("multi-user.target", "graphical.target")) {
      UnitTimes.Row row = rows.get(name);
      last = row != null && row.end >= 0 && row.ended == Shape.JOB_DONE ? name : last;
    }
    return last;
  }

  /** Of those that {@code name} is ordered after the one that ended last before it; or null. */
  private String ordered(String name) {
    int end = rows.get(name).end < 0 ? Integer.MAX_VALUE : rows.get(name).end;
    String last = null;
    int lastEnd = -1;
    for (String other : facts.after().get(name)) {
      UnitTimes.Row row = rows.get(other);
      if (row != null && row.end > lastEnd && row.end < end) {
        last = other;
        lastEnd = row.end;
      }
    }
    return last;
  }

  /** The last job that ended before {@code name}'s began, or before its end where that is all. */
  private String inferred(String name) {
    UnitTimes.Row row = rows.get(name);
    // Never after its own end, so that every step goes back.
    boolean begun = row.start >= 0 && (row.end < 0 || row.start < row.end);
    int begin = begun ? row.start : row.end;
    Map.Entry<Integer, String> before = begin < 0 ? null : ends.lowerEntry(begin);
    return before == null ? null : before.getValue();
  }

  /** The units with their slack, by the graph of what each waited for. */
  List<UnitTime> slack(List<UnitTime> all) {
    Map<String, Long> slack = new HashMap<>();
    long end = Long.MIN_VALUE;
    for (UnitTime unit : all) {
      if (unit.finished().isKnown()) {
        end = Math.max(end, unit.finished().micros());
      }
    }
    List<UnitTime> late = new ArrayList<>(all);
    late.removeIf(u -> !u.finished().isKnown());
    late.sort(Comparator.comparingInt((UnitTime u) -> -rows.get(u.name()).end));
    for (UnitTime unit : late) {
      long own = slack.merge(unit.name(), end - unit.finished().micros(), Math::min);
      String before = inferred(unit.name());
      UnitTime other = before == null ? null : units.get(before);
      if (other != null && other.finished().isKnown()) {
        Instant begin = unit.started().isKnown() ? unit.started() : unit.finished();
        long gap = Math.max(0, begin.micros() - other.finished().micros());
        slack.merge(before, gap + own, Math::min);
      }
    }
    return all.stream().map(u -> u.withSlack(slack.getOrDefault(u.name(), -1L))).toList();
  }
}
