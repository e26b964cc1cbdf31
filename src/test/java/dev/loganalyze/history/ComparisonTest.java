package dev.loganalyze.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final RunRecord.Fault FAULT =
      new RunRecord.Fault("s1", "a.b", "error", "x.service", "x failed", true);

  private static List<RunRecord> taking(String prefix, double... seconds) {
    return Stream.iterate(0, i -> i + 1)
        .limit(seconds.length)
        .map(i -> SeriesTest.record(prefix + i, Map.of("login", seconds[i]), List.of()))
        .toList();
  }

  private static Shift shift(double[] base, double[] fresh) {
    return Comparison.of(taking("b", base), taking("n", fresh)).shifts().get(0);
  }

  @Test
  void aLargeShiftInFewRunsIsADifferenceAndNoVerdict() {
    Shift one = shift(new double[] {10}, new double[] {20});
    assertEquals(10, one.by());
    assertEquals(Shift.Verdict.TOO_FEW, one.verdict());
    assertEquals(
        Shift.Verdict.SAME, shift(new double[] {10, 11, 12}, new double[] {20, 21, 22}).verdict());
  }

  @Test
  void whatIsProvedAndLargeIsAVerdict() {
    double[] base = {10, 10.1, 9.9, 10.05, 9.95};
    Shift slower = shift(base, new double[] {12, 12.1, 11.9, 12.05, 11.95});
    assertEquals(Shift.Verdict.SLOWER, slower.verdict());
    assertEquals(2, slower.by(), 0.05);
    assertTrue(slower.low() < 2 && slower.high() > 2 && slower.high() - slower.low() < 0.5);
    // Proved, but by 1 %.
    double[] little = {10.1, 10.2, 10.15, 10.25, 10.3};
    assertEquals(Shift.Verdict.SAME, shift(base, little).verdict());
    assertEquals(
        Shift.Verdict.FASTER, shift(base, new double[] {8, 8.1, 7.9, 8.05, 7.95}).verdict());
  }

  @Test
  void whereAllIsAlikeNothingIsProved() {
    Shift none = shift(new double[] {5, 5, 5}, new double[] {5, 5, 5, 5});
    assertEquals(1, none.p());
    assertEquals(Shift.Verdict.SAME, none.verdict());
  }

  @Test
  void onlyFiniteNumbersAreKept() {
    String timings = "{\"start\": \"2026-01-01T00:00:00Z\", \"total_seconds\": 1e999,";
    String ledger = "{\"timings\": " + timings + " \"build_seconds\": 3}}";
    RunRecord run = Ledger.runs(ledger, "").get(0);
    assertEquals(Map.of("buildSeconds", 3.0), run.seconds());
    String kept = RunStore.empty().with(List.of(run)).text();
    for (String number : List.of("1e999", "\"NaN\"", "\"-Infinity\"")) {
      String line = kept.replace("\"buildSeconds\":3.0", "\"a\":" + number + ",\"b\":1");
      assertEquals(Map.of("b", 1.0), RunStore.parse(line).runs().get(0).seconds(), number);
    }
  }

  @Test
  void theSampleTellsRobustFigures() {
    Sample sample = new Sample(5, 1, 2, 3, 100);
    assertEquals(3, sample.median());
    assertEquals(2, sample.mad());
    assertEquals(100, sample.p95());
    double[] interval = sample.interval();
    assertTrue(interval[0] <= 3 && interval[1] >= 3);
    assertTrue(Double.isNaN(sample.humps()));
  }

  @Test
  void twoHumpsAreSeen() {
    assertEquals(108, new Sample(99, 99.5, 98.8, 117, 117.4, 116.9, 99.1, 117.2).humps(), 1);
    assertTrue(Double.isNaN(new Sample(1, 2, 3, 4, 5, 6, 7, 8).humps()));
  }

  @Test
  void findingsThatComeAndGoAreToldWithHowManyRunsHaveThem() {
    RunRecord with = SeriesTest.record("w", Map.of(), List.of(FAULT));
    RunRecord without = SeriesTest.record("o", Map.of(), List.of());
    Comparison worse = Comparison.of(List.of(without), List.of(with, without));
    assertTrue(worse.faults().get(0).isNew());
    assertEquals(1, worse.faults().get(0).now());
    assertTrue(worse.isWorse());
    Comparison better = Comparison.of(List.of(with), List.of(without));
    assertTrue(better.faults().get(0).isGone());
    assertFalse(better.isWorse());
    assertEquals(List.of(), Comparison.of(List.of(with), List.of(with)).faults());
  }

  @Test
  void theStoreKeepsRunsInTheOrderOfTheirTimeAndNoneTwice() {
    RunRecord late = at("late", "2026-01-02T00:00:00Z");
    RunRecord early = at("early", "2026-01-01T00:00:00Z");
    RunStore store = RunStore.empty().with(List.of(late, early)).with(List.of(late));
    assertEquals(List.of(early, late), store.runs());
    assertEquals(store.runs(), RunStore.parse(store.text()).runs());
    assertEquals(
        "line 2 is no kept run; restore the file, or remove that line",
        assertThrows(IllegalArgumentException.class, () -> RunStore.parse(at("a", "") + "\n{}"))
            .getMessage()
            .replace("line 1", "line 2"));
  }

  private static RunRecord at(String id, String started) {
    return new RunRecord(
        id,
        id,
        "label",
        started,
        "",
        "6.1",
        "",
        "failed",
        "kernel",
        List.of(FAULT),
        Map.of("kernel", 1.5),
        Map.of("a.service", "failed"));
  }
}
