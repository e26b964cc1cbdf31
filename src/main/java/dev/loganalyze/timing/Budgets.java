package dev.loganalyze.timing;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Observation.Kind;
import dev.loganalyze.parse.Timespan;
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
            "a budget is NAME=TIME, as in login=40s or 'multi-user.target=1min 30s', not '"
                + word
                + "'");
      }
      String name = word.substring(0, equals);
      if (!Figures.NAMES.contains(name) && name.indexOf('.') < 0) {
        throw new IllegalArgumentException(
            "there is no figure '"
                + name
                + "'; a budget is for "
                + String.join(", ", Figures.NAMES)
                + ", or for a target or unit by its whole name");
      }
      limits.put(name, limit);
    }
    return new Budgets(limits);
  }

  /**
   * A budget and what became of it.
   *
   * @param name of a figure, a target or a unit
   * @param limit microseconds
   * @param took microseconds, or -1 where there is no such time
   */
  public record Kept(String name, long limit, long took) {
    /** What is not reached is late; a part that is not there took no time. */
    public boolean isKept() {
      boolean goal = name.equals("login") || name.equals("ssh") || name.endsWith(".target");
      return took < 0 ? !goal : took <= limit;
    }
  }

  /** What became of each budget in a boot, in the order in which they were given. */
  public List<Kept> kept(Timing timing) {
    List<Kept> kept = new ArrayList<>();
    limits.forEach((name, limit) -> kept.add(new Kept(name, limit, took(timing, name))));
    return kept;
  }

  /** One observation for each budget that the boot did not keep. */
  List<Observation> exceeded(Boot boot, Timing timing) {
    return kept(timing).stream()
        .filter(kept -> !kept.isKept())
        .map(
            kept ->
                new Observation(
                    Kind.BUDGET_EXCEEDED,
                    boot.lastEntry(),
                    boot.lastEntry(),
                    Map.of(
                        "name",
                        kept.name(),
                        "budget",
                        Timespan.format(kept.limit()),
                        "took",
                        kept.took() < 0 ? "not reached" : Timespan.format(kept.took()))))
        .toList();
  }

  private static long took(Timing timing, String name) {
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
    return -1;
  }
}
