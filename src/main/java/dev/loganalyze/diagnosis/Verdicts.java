package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Ended;
import dev.loganalyze.boot.Reached;
import dev.loganalyze.diagnosis.Run.Diagnosed;
import dev.loganalyze.rules.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The answer in one word. */
final class Verdicts {
  /** The words of {@code runner/Stop} for runs that were made for something but a login. */
  private static final Set<String> GOALS = Set.of("goal", "off");

  /**
   * What asks systemd for a shell in place of the system: its {@code proc-cmdline.c,
   * runlevel_to_target()}.
   */
  private static final Set<String> SHELLS =
      Set.of(
          "systemd.unit=rescue.target",
          "systemd.unit=emergency.target",
          "rescue",
          "emergency",
          "single",
          "s",
          "S",
          "1",
          "-s",
          "-b");

  private Verdicts() {}

  /**
   * The verdict on a run: the last boot decides how far the run came, since the boots before it led
   * to it; a finding of error or above that is not suppressed decides whether it came there in good
   * health. A run that was made to come somewhere else, and came there, passed; so did one that was
   * asked for a shell in place of the system.
   *
   * @param values what is told of the run as a whole
   */
  static Verdict of(List<Boot> boots, List<Diagnosed> findings, Map<String, String> values) {
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
    if (!faulty && (GOALS.contains(values.getOrDefault("stopped", "")) || isShellAsked(last))) {
      return Verdict.PASSED;
    }
    return faulty || last.ended() == Ended.PANIC ? Verdict.FAILED : Verdict.INCOMPLETE;
  }

  private static boolean isShellAsked(Boot boot) {
    return boot.milestones().stream().anyMatch(m -> m.name().equals("emergency"))
        && Stream.of(boot.commandLine().split(" ", -1)).anyMatch(SHELLS::contains);
  }
}
