package dev.loganalyze.report;

import dev.loganalyze.history.Comparison;
import dev.loganalyze.history.RunRecord;
import dev.loganalyze.history.Sample;
import dev.loganalyze.history.Shift;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What changed between runs, in the order and the words in which a person is told of it. Nothing in
 * it is escaped.
 *
 * @param comparison what is told
 */
public record ComparisonWords(Comparison comparison) {
  /** Seconds and share below which a difference without proof is not told. */
  private static final double LEAST = 0.1;

  private static final double LEAST_SHARE = 0.03;

  /** How many runs on either side. */
  public String sides() {
    return runs(comparison.base()) + " before, " + runs(comparison.fresh()) + " now";
  }

  private static String runs(List<RunRecord> runs) {
    return runs.size() == 1 ? "1 run" : runs.size() + " runs";
  }

  /** In a sentence whether it got worse; what is not proved is said to be not proved. */
  public String verdict() {
    long slower = count(Shift.Verdict.SLOWER);
    long faster = count(Shift.Verdict.FASTER);
    long fresh = comparison.faults().stream().filter(Comparison.FaultChange::isNew).count();
    long gone = comparison.faults().stream().filter(Comparison.FaultChange::isGone).count();
    String times = slower + faster == 0 ? "" : ", " + slower + " slower, " + faster + " faster";
    return things(fresh, "new finding") + ", " + things(gone, "finding") + " gone" + times + ".";
  }

  private static String things(long n, String thing) {
    return n + " " + thing + (n == 1 ? "" : "s");
  }

  private long count(Shift.Verdict verdict) {
    return comparison.shifts().stream().filter(s -> s.verdict() == verdict).count();
  }

  /** Why nothing is proved of times, or empty. */
  public String unproved() {
    int fewest = Math.min(comparison.base().size(), comparison.fresh().size());
    if (comparison.shifts().isEmpty()) {
      return "No time is known on both sides.";
    }
    if (fewest < Shift.FEWEST) {
      return "With fewer than 3 runs on a side the differences below prove nothing.";
    }
    return fewest == Shift.FEWEST && comparison.base().size() == comparison.fresh().size()
        ? "3 runs against 3 cannot prove a difference (p is 0.1 at the least); 4 against 4 can."
        : "";
  }

  /** How often a finding came, as in {@code 0 of 3 runs before, 3 of 3 now}. */
  public String often(Comparison.FaultChange change) {
    return change.before()
        + " of "
        + runs(comparison.base())
        + " before, "
        + change.now()
        + " of "
        + comparison.fresh().size()
        + " now";
  }

  /** {@code new}, {@code gone}, {@code more often} or {@code less often}. */
  public String direction(Comparison.FaultChange change) {
    if (change.isNew() || change.isGone()) {
      return change.isNew() ? "new" : "gone";
    }
    double before = (double) change.before() / comparison.base().size();
    double now = (double) change.now() / comparison.fresh().size();
    return now > before ? "more often" : "less often";
  }

  /** The times that differ: what is proved first, then the largest differences. */
  public List<Shift> shifts() {
    return comparison.shifts().stream()
        .filter(ComparisonWords::isTold)
        .sorted(
            Comparator.comparingInt((Shift s) -> isProved(s) ? 0 : 1)
                .thenComparingDouble(s -> -Math.abs(s.by()))
                .thenComparing(Shift::name))
        .toList();
  }

  private static boolean isProved(Shift shift) {
    return shift.verdict() == Shift.Verdict.SLOWER || shift.verdict() == Shift.Verdict.FASTER;
  }

  private static boolean isTold(Shift shift) {
    return isProved(shift)
        || Math.abs(shift.by()) >= Math.max(LEAST, LEAST_SHARE * shift.base().median());
  }

  /** Seconds to the millisecond. */
  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3fs", seconds);
  }

  /** By how much, as in {@code +2.000s (+20 %)}. */
  public static String by(Shift shift) {
    double share = shift.base().median() == 0 ? 0 : 100 * shift.by() / shift.base().median();
    return String.format(Locale.ROOT, "%+.3fs (%+.0f %%)", shift.by(), share);
  }

  /** What the numbers prove, as in {@code slower, p 0.008, 95 % in +1.9s to +2.1s}. */
  public static String proof(Shift shift) {
    String what =
        switch (shift.verdict()) {
          case SLOWER -> "slower";
          case FASTER -> "faster";
          case SAME -> "not proved";
          case TOO_FEW -> "";
        };
    return what.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%s, p %.2g, 95 %% in %+.3fs to %+.3fs",
            what,
            shift.p(),
            shift.low(),
            shift.high());
  }

  /** Where a sample falls in two groups, a sentence; else empty. */
  public static String humps(String when, Sample sample) {
    double at = sample.humps();
    return Double.isNaN(at)
        ? ""
        : when
            + " it falls in two groups, below and above "
            + seconds(at)
            + "; read neither median";
  }

  /** What is to be said of the samples of a shift besides, or empty. */
  public static String remarks(Shift shift) {
    String before = humps("before", shift.base());
    String now = humps("now", shift.fresh());
    return before.isEmpty() || now.isEmpty() ? before + now : before + "; " + now;
  }
}
