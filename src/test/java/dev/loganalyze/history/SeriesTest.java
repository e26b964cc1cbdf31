package dev.loganalyze.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private static final int UNITS = 50;

  /** 40 runs of 50 units with a scatter of 2 %, now and then a slow one; one unit shifts by 8 %. */
  private static List<RunRecord> runs(long seed, boolean shifted) {
    Random random = new Random(seed);
    List<RunRecord> runs = new ArrayList<>();
    for (int r = 0; r < 40; r++) {
      Map<String, Double> seconds = new TreeMap<>();
      for (int u = 0; u < UNITS; u++) {
        double mean = 0.2 + 0.2 * u;
        double took = mean * (1 + 0.02 * random.nextGaussian());
        took *= random.nextInt(30) == 0 ? 1.5 : 1;
        boolean slower = shifted && u == 25 && r >= 22;
        seconds.put(String.format("u%02d.service", u), slower ? took * 1.08 : took);
      }
      runs.add(record("r" + r, seconds, List.of()));
    }
    return runs;
  }

  static RunRecord record(String id, Map<String, Double> seconds, List<RunRecord.Fault> faults) {
    return new RunRecord(
        id, id, "", "", "", "6.1", "quiet", "passed", "login", faults, seconds, Map.of());
  }

  @Test
  void namesTheUnitThatShiftedAndNothingElse() {
    int wrong = 0;
    for (long seed = 0; seed < 100; seed++) {
      List<String> changed =
          new Series(runs(seed, true)).changes().stream().map(c -> c.shift().name()).toList();
      wrong += changed.equals(List.of("u25.service")) ? 0 : 1;
    }
    assertTrue(wrong <= 3, wrong + " of 100 series were judged otherwise");
  }

  @Test
  void namesNothingWhereNothingShifted() {
    int alarms = 0;
    for (long seed = 0; seed < 100; seed++) {
      alarms += new Series(runs(seed, false)).changes().isEmpty() ? 0 : 1;
    }
    assertTrue(alarms <= 3, alarms + " false alarms in 100 series");
  }

  /** A whole {@link Shift} for each place would have to sort some ten thousand million numbers. */
  @Test
  void thousandsOfRunsAreNoTrouble() {
    List<RunRecord> runs = new ArrayList<>();
    for (int r = 0; r < 4000; r++) {
      double took = (r < 1500 ? 10 : 12) + r % 7 * 0.01;
      runs.add(record("r" + r, Map.of("login", took), List.of()));
    }
    List<Series.Change> changes = new Series(runs).changes();
    assertEquals(1, changes.size());
    assertEquals("r1500", changes.get(0).since().id());
    assertEquals(2, changes.get(0).shift().by(), 0.01);
  }

  @Test
  void tellsSinceWhichRun() {
    Series.Change change = new Series(runs(1, true)).changes().get(0);
    int since = Integer.parseInt(change.since().id().substring(1));
    assertTrue(Math.abs(since - 22) <= 2, "since run " + since);
    assertEquals(0.08 * 5.2, change.shift().by(), 0.12);
  }
}
