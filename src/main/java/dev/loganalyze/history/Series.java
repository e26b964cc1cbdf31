package dev.loganalyze.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Many runs in the order of their time, and where things changed among them for good. */
public final class Series {
  /** A change with fewer runs than this behind it, or before it, is none yet. */
  public static final int FEWEST = 5;

  /** The chance of one false alarm in a whole history, over all that is measured. */
  private static final double ALARM = 0.05;

  private final List<RunRecord> runs;

  /** The series of {@code runs}, which are in the order of their time. */
  public Series(List<RunRecord> runs) {
    this.runs = List.copyOf(runs);
  }

  /**
   * A lasting change.
   *
   * @param since the first run after it
   * @param shift from the runs before to those after
   */
  public record Change(RunRecord since, Shift shift) {}

  /**
   * The things that take longer since some run, and those that take less; each where its runs
   * differ most. A change counts when it is large ({@link Shift#isLarge}) and its p, multiplied by
   * the number of places and things that were looked at (Bonferroni), stays below 0.05.
   */
  public List<Change> changes() {
    Set<String> names = new TreeSet<>();
    runs.forEach(r -> names.addAll(r.seconds().keySet()));
    List<Change> candidates = new ArrayList<>();
    long looks = 0;
    for (String name : names) {
      List<RunRecord> having = runs.stream().filter(r -> r.seconds().containsKey(name)).toList();
      double[] values = Comparison.values(name, having);
      int best = -1;
      Shift.Proof most = null;
      for (int at = FEWEST; at <= values.length - FEWEST; at++) {
        looks++;
        Shift.Proof proof = Shift.proof(before(values, at), since(values, at));
        if (most == null || proof.isStronger(most)) {
          most = proof;
          best = at;
        }
      }
      if (best >= 0) {
        // It sorts all differences, which is much for a place that nobody asks for.
        Shift shift = Shift.of(name, before(values, best), since(values, best));
        candidates.add(new Change(having.get(best), shift));
      }
    }
    long tried = looks;
    return candidates.stream()
        .filter(c -> c.shift.p() * tried < ALARM && c.shift.isLarge())
        .sorted(Comparator.comparingDouble((Change c) -> -Math.abs(c.shift.by())))
        .toList();
  }

  private static Sample before(double[] values, int at) {
    return new Sample(Arrays.copyOfRange(values, 0, at));
  }

  private static Sample since(double[] values, int at) {
    return new Sample(Arrays.copyOfRange(values, at, values.length));
  }
}
