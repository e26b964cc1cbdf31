package dev.loganalyze.timing;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Observation.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long each part of a boot may take.
 *
 * @param limits microseconds by the name of a figure, a target or a unit
 */
public record Budgets(Map<String, Long> limits) {
  /** Everything may take as long as it takes. */
  public static final Budgets NONE = new Budgets(Map.of());

  /**
   * Reads {@code login=40s}, {@code kernel=3s}, {@code multi-user.target=1min}.
   *
   * @throws IllegalArgumentException when one is none; the message is a sentence for the user
   */
  public static Budgets of(List<String> words) {
    Map<String, Long> limits = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.lastIndexOf('=');
      long limit = equals < 1 ? Timespan.NONE : Timespan.parse(word.substring(equals + 1));
      if (limit == Timespan.NONE) {
        throw new IllegalArgumentException(
            "a budget is NAME=TIME, as in login=40s or multi-user.target=1min 30s, not '"
                + word
                + "'");
      }
      limits.put(word.substring(0, equals), limit);
    }
    return new Budgets(limits);
  }

  /** One observation for each budget that the boot did not keep. */
  List<Observation> exceeded(Boot boot, Timing timing) {
    List<Observation> exceeded = new ArrayList<>();
    limits.forEach(
        (name, limit) -> {
          Long took = took(timing, name);
          boolean late = took == null ? isGoal(name) : took > limit;
          if (late) {
            exceeded.add(
                new Observation(
                    Kind.BUDGET_EXCEEDED,
                    boot.lastEntry(),
                    boot.lastEntry(),
                    Map.of(
                        "name",
                        name,
                        "budget",
                        Timespan.format(limit),
                        "took",
                        took == null ? "not reached" : Timespan.format(took))));
          }
        });
    return exceeded;
  }

  /** What is not reached is late; a part that is not there took no time. */
  private static boolean isGoal(String name) {
    return name.equals("login") || name.equals("ssh") || name.endsWith(".target");
  }

  private static Long took(Timing timing, String name) {
    for (List<Figure> some : List.of(timing.figures(), timing.targets())) {
      for (Figure figure : some) {
        if (figure.name().equals(name) && figure.isKnown()) {
          return figure.duration();
        }
      }
    }
    for (UnitTime unit : timing.units()) {
      if (unit.name().equals(name) && unit.started().isKnown() && unit.finished().isKnown()) {
        return unit.running();
      }
    }
    return null;
  }
}
