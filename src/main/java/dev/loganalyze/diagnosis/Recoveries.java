package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * A unit that failed and came up later in the same boot ({@code Restart=on-failure}) is worth a
 * warning, not an error.
 */
final class Recoveries {
  private Recoveries() {}

  /** {@code findings}, those about units that recovered made lighter. */
  static List<Finding> applied(List<Finding> findings, List<Boot> boots) {
    List<Finding> applied = new ArrayList<>();
    for (Finding finding : findings) {
      applied.add(
          recovered(finding, boots)
              ? finding.as(Severity.WARNING, finding.title() + " (it came up later)")
              : finding);
    }
    return applied;
  }

  private static boolean recovered(Finding finding, List<Boot> boots) {
    String unit = finding.names().get("unit");
    if (unit == null
        || unit.isEmpty()
        || finding.boot() == 0
        || finding.severity() != Severity.ERROR) {
      return false;
    }
    return boots.get(finding.boot() - 1).units().stream()
        .anyMatch(
            u ->
                u.name().equals(unit)
                    && u.result() == Unit.Result.DONE
                    && u.lastLine() > finding.lastLine());
  }
}
