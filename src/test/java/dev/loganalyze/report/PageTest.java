package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.boot.Unit.Result;
import dev.loganalyze.diagnosis.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PageTest {
  /** To try one longer name after the other would have to look at some 10^12 characters. */
  @Test
  void unitsWhoseNamesDifferInBlanksAloneHaveAnchorsOfTheirOwn() {
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < 1 << 15; i++) {
      String bits = Integer.toBinaryString(1 << 15 | i);
      units.add(unit(bits.replace('0', ' ').replace('1', '\t')));
    }
    units.add(unit("_".repeat(16) + "_7"));
    List<Page.UnitRow> rows = new Page(run(units), 1, true).boots().get(0).units();
    assertEquals(units.size(), rows.size());
    assertEquals(
        units.size(), rows.stream().map(Page.UnitRow::anchor).collect(Collectors.toSet()).size());
    assertTrue(rows.stream().allMatch(row -> row.anchor().startsWith("unit-1-____")));
  }

  private static Unit unit(String name) {
    return new Unit(name, "", false, Result.DONE, 0, 0, 0, 0);
  }

  private static Run run(List<Unit> units) {
    Run one = Runs.empty();
    Boot boot = one.boots().get(0);
    return new Run(
        one.name(),
        one.machine(),
        one.inputs(),
        one.verdict(),
        List.of(boot.with(boot.reached(), boot.ended(), boot.milestones(), units)),
        List.of(),
        one.findings(),
        one.rootCauses(),
        one.views(),
        one.sessions(),
        one.unusual(),
        one.values(),
        one.logs());
  }
}
