package dev.loganalyze.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What changed between some runs and others.
 *
 * @param base the runs before
 * @param fresh the runs now
 * @param faults the findings that more or fewer of the runs have, those that are new first
 * @param facts what runs were of and how they went, where that differs: kernel, command line,
 *     image, verdict, how far they came
 * @param units the units that only some have, or that went otherwise
 * @param shifts how long things took, for all that both have, by name
 */
public record Comparison(
    List<RunRecord> base,
    List<RunRecord> fresh,
    List<FaultChange> faults,
    List<Difference> facts,
    List<Difference> units,
    List<Shift> shifts) {

  /**
   * A finding that became more or less frequent.
   *
   * @param fault as the runs have it
   * @param before how many of the runs before have it
   * @param now how many of the runs now have it
   */
  public record FaultChange(RunRecord.Fault fault, int before, int now) {
    /** Whether no run had it before. */
    public boolean isNew() {
      return before == 0;
    }

    /** Whether no run has it now. */
    public boolean isGone() {
      return now == 0;
    }
  }

  /**
   * Something that was one way and is another.
   *
   * @param what as in {@code kernel}, or the name of a unit
   * @param before how it was, each way with the number of runs where they differ; {@code none}
   * @param now how it is
   */
  public record Difference(String what, String before, String now) {}

  private static final String NONE = "none";

  /** What changed from {@code base} to {@code fresh}; neither is empty. */
  public static Comparison of(List<RunRecord> base, List<RunRecord> fresh) {
    List<Difference> facts = new ArrayList<>();
    differ("verdict", RunRecord::verdict, base, fresh, facts);
    differ("reached", RunRecord::reached, base, fresh, facts);
    differ("kernel", RunRecord::kernel, base, fresh, facts);
    differ("command line", RunRecord::commandLine, base, fresh, facts);
    differ("image", RunRecord::image, base, fresh, facts);
    return new Comparison(
        List.copyOf(base),
        List.copyOf(fresh),
        faults(base, fresh),
        List.copyOf(facts),
        units(base, fresh),
        shifts(base, fresh));
  }

  /** Whether it got worse: a new finding of error or above, or something proved slower. */
  public boolean isWorse() {
    return faults.stream().anyMatch(f -> f.isNew() && isError(f.fault()))
        || shifts.stream().anyMatch(s -> s.verdict() == Shift.Verdict.SLOWER);
  }

  private static boolean isError(RunRecord.Fault fault) {
    return fault.severity().equals("error") || fault.severity().equals("critical");
  }

  private static List<FaultChange> faults(List<RunRecord> base, List<RunRecord> fresh) {
    Map<String, RunRecord.Fault> known = new LinkedHashMap<>();
    fresh.forEach(run -> run.faults().forEach(f -> known.putIfAbsent(f.signature(), f)));
    base.forEach(run -> run.faults().forEach(f -> known.putIfAbsent(f.signature(), f)));
    List<FaultChange> changes = new ArrayList<>();
    for (RunRecord.Fault fault : known.values()) {
      int before = having(fault, base);
      int now = having(fault, fresh);
      if ((long) before * fresh.size() != (long) now * base.size()) {
        changes.add(new FaultChange(fault, before, now));
      }
    }
    changes.sort(
        Comparator.comparing((FaultChange c) -> c.isNew() ? 0 : c.isGone() ? 2 : 1)
            .thenComparing(c -> isError(c.fault()) ? 0 : 1));
    return List.copyOf(changes);
  }

  private static int having(RunRecord.Fault fault, List<RunRecord> runs) {
    return (int)
        runs.stream()
            .filter(r -> r.faults().stream().anyMatch(f -> f.signature().equals(fault.signature())))
            .count();
  }

  private static void differ(
      String what,
      Function<RunRecord, String> of,
      List<RunRecord> base,
      List<RunRecord> fresh,
      List<Difference> differences) {
    String before = tally(base.stream().map(of).toList());
    String now = tally(fresh.stream().map(of).toList());
    if (!before.equals(now)) {
      differences.add(new Difference(what, before, now));
    }
  }

  /** One value as it is, several with how many runs have each. */
  private static String tally(List<String> values) {
    Map<String, Long> counts =
        values.stream()
            .map(v -> v.isEmpty() ? NONE : v)
            .collect(Collectors.groupingBy(v -> v, TreeMap::new, Collectors.counting()));
    return counts.size() == 1
        ? counts.keySet().iterator().next()
        : counts.entrySet().stream()
            .map(e -> e.getKey() + " (" + e.getValue() + ")")
            .collect(Collectors.joining(", "));
  }

  /** Units of runs that show units at all: a quiet console is no change of the system. */
  private static List<Difference> units(List<RunRecord> base, List<RunRecord> fresh) {
    List<RunRecord> before = base.stream().filter(r -> !r.units().isEmpty()).toList();
    List<RunRecord> now = fresh.stream().filter(r -> !r.units().isEmpty()).toList();
    List<Difference> differences = new ArrayList<>();
    if (!before.isEmpty() && !now.isEmpty()) {
      Set<String> names = new TreeSet<>();
      before.forEach(r -> names.addAll(r.units().keySet()));
      now.forEach(r -> names.addAll(r.units().keySet()));
      for (String name : names) {
        differ(name, r -> r.units().getOrDefault(name, ""), before, now, differences);
      }
    }
    return List.copyOf(differences);
  }

  private static List<Shift> shifts(List<RunRecord> base, List<RunRecord> fresh) {
    List<Shift> shifts = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    base.forEach(r -> names.addAll(r.seconds().keySet()));
    for (String name : names) {
      double[] before = values(name, base);
      double[] now = values(name, fresh);
      if (before.length > 0 && now.length > 0) {
        shifts.add(Shift.of(name, new Sample(before), new Sample(now)));
      }
    }
    return List.copyOf(shifts);
  }

  static double[] values(String name, List<RunRecord> runs) {
    return runs.stream()
        .filter(r -> r.seconds().containsKey(name))
        .mapToDouble(r -> r.seconds().get(name))
        .toArray();
  }
}
