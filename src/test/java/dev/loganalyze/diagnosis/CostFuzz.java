package dev.loganalyze.diagnosis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.Fuzz;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * A log that says the same over and over, whatever it is, costs at most so many times what an
 * ordinary log of its length does: what takes time that grows faster than the log would cost more.
 */
public final class CostFuzz {
  private static final int LENGTH = 64 << 10;

  /** A log of lines of two bytes costs 20 times as much as one of lines of eighty. */
  private static final int FACTOR = 100;

  /** So many nanoseconds of processor time are nothing to tell. */
  private static final long LITTLE = 500_000_000;

  private static final Analyzer ANALYZER = new Analyzer(RuleSet.builtIn());
  private static final long ORDINARY = ordinary();

  private CostFuzz() {}

  private static long ordinary() {
    byte[] log = new byte[LENGTH];
    int filled = 0;
    for (byte[] piece : Fuzz.logs(600)) {
      int length = Math.min(piece.length, LENGTH - filled);
      System.arraycopy(piece, 0, log, filled, length);
      filled += length;
    }
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      best = Math.min(best, cost(log));
    }
    return best;
  }

  public static List<byte[]> seeds() {
    return Fuzz.logs(200);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] log = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      log[i] = input[i % input.length];
    }
    long most = Math.max(LITTLE, FACTOR * ORDINARY);
    long cost = cost(log);
    // A compiler or a collector may have taken the thread's time once, but not each time.
    for (int i = 0; i < 4 && cost > most; i++) {
      cost = Math.min(cost, cost(log));
    }
    long took = cost / 1_000_000;
    assertTrue(cost <= most, () -> took + " ms, and an ordinary log " + ORDINARY / 1_000_000);
  }

  /** Nanoseconds of this thread. */
  private static long cost(byte[] log) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    try {
      Source source =
          new Source(
              "x.log", Source.Compression.NONE, log.length, "", Arrays.copyOf(log, log.length), "");
      ANALYZER.analyze(source);
    } catch (InputException e) {
      assertTrue(e.getMessage().startsWith("x.log"), e.getMessage());
    }
    return threads.getCurrentThreadCpuTime() - start;
  }
}
