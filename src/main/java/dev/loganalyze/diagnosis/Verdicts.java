package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Ended;
import dev.loganalyze.boot.Reached;
import dev.loganalyze.diagnosis.Run.Diagnosed;
import dev.loganalyze.rules.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answer in one word. */
final class Verdicts {
  /** The words of {@code runner/Stop} for runs that were made for something but a login. */
  private static final Set<String> GOALS = Set.of("goal", "off");

  /** What systemd's runlevel_to_target() makes of words on the kernel command line. */
  private static final Map<String, String> TARGETS =
      Map.of(
          "emergency", "emergency.target",
          "-b", "emergency.target",
          "rescue", "rescue.target",
          "single", "rescue.target",
          "-s", "rescue.target",
          "s", "rescue.target",
          "S", "rescue.target",
          "1", "rescue.target");

  private static final String UNIT = "systemd.unit=";

  private Verdicts() {}

  /**
   * The verdict on a run: the last boot decides how far the run came, since the boots before it led
   * to it; a finding of error or above that is not suppressed decides whether it came there in good
   * health. A run that was made to come somewhere else, and came there, passed.
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
    if (last.reached().compareTo(Reached.LOGIN) >= 0 || isWhereAsked(last)) {
      return faulty ? Verdict.DEGRADED : Verdict.PASSED;
    }
    if (!faulty && GOALS.contains(values.getOrDefault("stopped", ""))) {
      return Verdict.PASSED;
    }
    return faulty || last.ended() == Ended.PANIC ? Verdict.FAILED : Verdict.INCOMPLETE;
  }

  /** Whether the boot came to the target without a login that its kernel command line names. */
  private static boolean isWhereAsked(Boot boot) {
    Set<String> asked = new HashSet<>();
    for (String word : boot.commandLine().split(" ")) {
      boolean named = word.startsWith(UNIT);
      asked.add(named ? word.substring(UNIT.length()) : TARGETS.getOrDefault(word, ""));
    }
    return boot.milestones().stream()
        .anyMatch(m -> TARGETS.containsValue(m.name()) && asked.contains(m.name()));
  }
}
