package dev.loganalyze.history;

import java.util.Arrays;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * By how much one thing took longer or shorter.
 *
 * @param name of the figure, target or unit
 * @param base how long it took before, seconds
 * @param fresh how long it takes now
 * @param by the Hodges-Lehmann estimate: the median of all differences between a new and an old
 *     value, seconds
 * @param low lower end of its 95 % interval; {@code by} when there are too few runs
 * @param high upper end of it
 * @param p two-sided, by the Mann-Whitney U test, exact for small samples without ties; 1 when
 *     there are too few runs
 */
public record Shift(
    String name, Sample base, Sample fresh, double by, double low, double high, double p) {

  /** With fewer runs than this on a side there is a difference and no verdict. */
  public static final int FEWEST = 3;

  /** What counts as proof. */
  static final double SIGNIFICANT = 0.05;

  private static final double Z95 = 1.959964;

  /** Seconds; a shift below it is nobody's worry. */
  private static final double SMALL = 0.1;

  /** Of the old median; likewise. */
  private static final double SLIGHT = 0.03;

  /** What the numbers say. */
  public enum Verdict {
    /** It takes longer: proved, and large. */
    SLOWER,
    /** It takes less: proved, and large. */
    FASTER,
    /** Nothing that is both proved and large. */
    SAME,
    /** Too few runs to prove anything. */
    TOO_FEW
  }

  /** The shift from {@code base} to {@code fresh}. */
  static Shift of(String name, Sample base, Sample fresh) {
    double[] differences = differences(base.values(), fresh.values());
    double by = Sample.median(differences);
    if (base.size() < FEWEST || fresh.size() < FEWEST) {
      return new Shift(name, base, fresh, by, by, by, 1);
    }
    double n = base.size();
    double m = fresh.size();
    // Hollander and Wolfe, Nonparametric Statistical Methods, 4.3: the normal approximation.
    double rank = n * m / 2 - Z95 * Math.sqrt(n * m * (n + m + 1) / 12);
    int k = Math.max(0, (int) Math.floor(rank));
    double low = differences[k];
    double high = differences[differences.length - 1 - k];
    return new Shift(name, base, fresh, by, low, high, proof(base, fresh).p());
  }

  /**
   * What the Mann-Whitney U test says.
   *
   * @param p as of a shift
   * @param deviations how far U is from what it would be if nothing had changed, in a measure that
   *     is the same for all ways to part the same values
   */
  record Proof(double p, double deviations) {
    /** Whether it proves more than {@code other} of the same values. */
    boolean isStronger(Proof other) {
      // Of thousands of runs p is too small for a double, and 0.
      return p < other.p || (p == other.p && deviations > other.deviations);
    }
  }

  /** The proof of the shift from {@code base} to {@code fresh}, which have enough runs. */
  static Proof proof(Sample base, Sample fresh) {
    MannWhitneyUTest.Result test =
        MannWhitneyUTest.withDefaults().test(fresh.values(), base.values());
    double product = (double) base.size() * fresh.size();
    double deviations = Math.abs(test.getStatistic() - product / 2) / Math.sqrt(product);
    // Of values that are all alike U has no variance to be divided by.
    return new Proof(Double.isNaN(test.getPValue()) ? 1 : test.getPValue(), deviations);
  }

  private static double[] differences(double[] base, double[] fresh) {
    double[] all = new double[base.length * fresh.length];
    int at = 0;
    for (double b : base) {
      for (double f : fresh) {
        all[at++] = f - b;
      }
    }
    Arrays.sort(all);
    return all;
  }

  /** Whether it is more than 3 %, more than 100 ms, and more than twice the scatter of before. */
  public boolean isLarge() {
    double least = Math.max(Math.max(SLIGHT * base.median(), SMALL), 2 * base.mad());
    return Math.abs(by) > least;
  }

  /** What the numbers say, taking a p below 0.05 for proof. */
  public Verdict verdict() {
    if (base.size() < FEWEST || fresh.size() < FEWEST) {
      return Verdict.TOO_FEW;
    }
    if (p >= SIGNIFICANT || !isLarge()) {
      return Verdict.SAME;
    }
    return by > 0 ? Verdict.SLOWER : Verdict.FASTER;
  }
}
