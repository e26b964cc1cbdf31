package dev.loganalyze.history;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How long one thing took in several runs, in seconds. Immutable.
 *
 * <p>Robust figures: boot times have long tails, and a mean follows the tail.
 */
public final class Sample {
  /** The seed is fixed, so that the same runs give the same interval. */
  private static final long SEED = 20_261_123;

  private static final int RESAMPLES = 10_000;

  /** Fewer runs than this show no two humps. */
  private static final int HUMPS = 6;

  private final double[] sorted;

  /** The sample of these values, at least one, in any order. */
  public Sample(double... values) {
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  /** How many runs there are. */
  public int size() {
    return sorted.length;
  }

  double[] values() {
    return sorted.clone();
  }

  /** The smallest value. */
  public double min() {
    return sorted[0];
  }

  /** The largest value. */
  public double max() {
    return sorted[sorted.length - 1];
  }

  /** The middle of the values. */
  public double median() {
    return median(sorted);
  }

  /** The median distance from the median. */
  public double mad() {
    double middle = median();
    double[] distances = Arrays.stream(sorted).map(v -> Math.abs(v - middle)).sorted().toArray();
    return median(distances);
  }

  /** The value below which 95 of 100 lie, by the nearest rank. */
  public double p95() {
    return sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
  }

  /** The 95 % interval of the median: the percentile bootstrap with 10,000 resamples. */
  public double[] interval() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] medians = new double[RESAMPLES];
    double[] drawn = new double[sorted.length];
    for (int r = 0; r < RESAMPLES; r++) {
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = sorted[random.nextInt(sorted.length)];
      }
      Arrays.sort(drawn);
      medians[r] = median(drawn);
    }
    Arrays.sort(medians);
    return new double[] {
      medians[(int) (0.025 * RESAMPLES)], medians[(int) (0.975 * RESAMPLES) - 1]
    };
  }

  /**
   * Where the values fall in two groups: the middle of the widest gap, when at least a quarter of
   * them lies on either side and the gap is wider than both groups together; else NaN. A median of
   * such values stands for none of them.
   */
  public double humps() {
    if (sorted.length < HUMPS) {
      return Double.NaN;
    }
    int quarter = Math.max(2, sorted.length / 4);
    int at = -1;
    for (int i = quarter; i <= sorted.length - quarter; i++) {
      if (at < 0 || sorted[i] - sorted[i - 1] > sorted[at] - sorted[at - 1]) {
        at = i;
      }
    }
    double gap = sorted[at] - sorted[at - 1];
    double below = sorted[at - 1] - min();
    double above = max() - sorted[at];
    return gap > below + above ? (sorted[at] + sorted[at - 1]) / 2 : Double.NaN;
  }

  static double median(double[] sorted) {
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
