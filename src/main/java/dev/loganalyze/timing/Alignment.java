package dev.loganalyze.timing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How one clock lies to another, from lines that carry both.
 *
 * <p>The offset is the median of the differences, its error the median distance from it; where the
 * differences change for good, the other clock made a step, and each side has an offset of its own
 * (reference: median and MAD are not moved by the lines that came late).
 */
final class Alignment {
  /** A jump smaller than this is a line that was held up. */
  private static final long STEP = 250_000;

  /** So many lines in a row tell one offset. */
  private static final int WINDOW = 9;

  /** More steps than these are no steps but a line that cannot keep up. */
  private static final int MOST_STEPS = 5;

  private static final long DRIFT_SPAN = 60_000_000;

  private final List<long[]> pairs = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();
  private long error;
  private long drift;

  /**
   * Entry {@code i} happened at {@code other} by the other clock and {@code boot} by the boot's.
   */
  void add(int i, long other, long boot) {
    pairs.add(new long[] {i, other, boot});
  }

  int size() {
    return pairs.size();
  }

  /** Looks for the offsets; to be called once, after all pairs. */
  void settle() {
    if (pairs.isEmpty()) {
      return;
    }
    List<Integer> cuts = cuts();
    cuts = cuts.size() > MOST_STEPS ? List.of() : cuts;
    int from = 0;
    for (int c = 0; c <= cuts.size(); c++) {
      int to = c < cuts.size() ? cuts.get(c) : pairs.size();
      starts.add(from == 0 ? 0 : (int) pairs.get(from)[0]);
      offsets.add(median(differences(from, to)));
      from = to;
    }
    long[] distances = new long[pairs.size()];
    for (int p = 0; p < distances.length; p++) {
      long[] pair = pairs.get(p);
      distances[p] = Math.abs(pair[1] - pair[2] - offset((int) pair[0]));
    }
    error = median(distances);
    drift = cuts.isEmpty() ? slope() : 0;
  }

  /** Where the median of a window and of all windows after it leave the one before. */
  private List<Integer> cuts() {
    int windows = pairs.size() / WINDOW;
    long[] medians = new long[windows];
    for (int w = 0; w < windows; w++) {
      medians[w] = median(differences(w * WINDOW, (w + 1) * WINDOW));
    }
    List<Integer> cuts = new ArrayList<>();
    for (int w = 1; w < windows; w++) {
      boolean lasts = w + 1 == windows || Math.abs(medians[w + 1] - medians[w]) < STEP;
      boolean back = w + 2 < windows && Math.abs(medians[w + 2] - medians[w - 1]) < STEP;
      if (Math.abs(medians[w] - medians[w - 1]) >= STEP && lasts && !back) {
        cuts.add(sharp(w, medians[w - 1], medians[w]));
      } else if (Math.abs(medians[w] - medians[w - 1]) >= STEP && !lasts) {
        medians[w] = medians[w - 1];
      }
    }
    return cuts;
  }

  /** The first pair about window {@code w} that is nearer to {@code after} than to the past. */
  private int sharp(int w, long before, long after) {
    int p = (w - 1) * WINDOW + 1;
    while (p < w * WINDOW + WINDOW - 1) {
      long difference = pairs.get(p)[1] - pairs.get(p)[2];
      if (Math.abs(difference - after) < Math.abs(difference - before)) {
        return p;
      }
      p++;
    }
    return p;
  }

  private long[] differences(int from, int to) {
    long[] differences = new long[to - from];
    for (int p = from; p < to; p++) {
      differences[p - from] = pairs.get(p)[1] - pairs.get(p)[2];
    }
    return differences;
  }

  /** Least squares over the pairs, in parts per million. */
  private long slope() {
    int n = pairs.size();
    if (n < 10 || pairs.get(n - 1)[2] - pairs.get(0)[2] < DRIFT_SPAN) {
      return 0;
    }
    double meanX = 0;
    double meanY = 0;
    long base = pairs.get(0)[1] - pairs.get(0)[2];
    for (long[] pair : pairs) {
      meanX += (double) pair[2] / n;
      meanY += (double) (pair[1] - pair[2] - base) / n;
    }
    double xy = 0;
    double xx = 0;
    for (long[] pair : pairs) {
      xy += (pair[2] - meanX) * (pair[1] - pair[2] - base - meanY);
      xx += (pair[2] - meanX) * (pair[2] - meanX);
    }
    return xx == 0 ? 0 : Math.round(1e6 * xy / xx);
  }

  /** The offset at entry {@code i}. */
  long offset(int i) {
    int segment = 0;
    while (segment + 1 < starts.size() && starts.get(segment + 1) <= i) {
      segment++;
    }
    return offsets.get(segment);
  }

  /** The median distance of a line from the offset, microseconds. */
  long error() {
    return error;
  }

  long drift() {
    return drift;
  }

  /** The entries that follow a step, each with by how much. */
  List<long[]> steps() {
    List<long[]> steps = new ArrayList<>();
    for (int s = 1; s < starts.size(); s++) {
      steps.add(new long[] {starts.get(s), offsets.get(s) - offsets.get(s - 1)});
    }
    return steps;
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
