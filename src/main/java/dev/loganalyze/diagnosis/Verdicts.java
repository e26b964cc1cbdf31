package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Ended;
import dev.loganalyze.boot.Reached;
import dev.loganalyze.diagnosis.Run.Diagnosed;
import dev.loganalyze.rules.Severity;
import java.util.List;

/** The answer in one word. */
final class Verdicts {
  private Verdicts() {}

  /**
   * The verdict on a run: the last boot decides how far the run came, since the boots before it led
   * to it; a finding of error or above that is not suppressed decides whether it came there in good
   * health.
   */
  static Verdict of(List<Boot> boots, List<Diagnosed> findings) {
    boolean faulty =
        findings.stream()
            .filter(f -> !f.isSuppressed())
            .anyMatch(f -> f.finding().severity().compareTo(Severity.ERROR) >= 0);
    if (boots.isEmpty()) {
      return faulty ? Verdict.FAILED : Verdict.UNKNOWN;
    }
    Boot last = boots.get(boots.size() - 1);
    if (last.reached().compareTo(Reached.LOGIN) >= 0) {
      return faulty ? Verdict.DEGRADED : Verdict.PASSED;
    }
    return faulty || last.ended() == Ended.PANIC ? Verdict.FAILED : Verdict.INCOMPLETE;
  }
}
