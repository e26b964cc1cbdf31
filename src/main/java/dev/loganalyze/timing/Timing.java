package dev.loganalyze.timing;

import dev.loganalyze.boot.Certainty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where the time of one boot went.
 *
 * @param boot 1-based index of the boot
 * @param clocks its clocks
 * @param figures firmware, loader, kernel, userspace, … in order
 * @param finished whether the log shows that start-up came to its end
 * @param startup systemd's own figures; null where the log does not hold them
 * @param targets when each target was reached
 * @param units in the order of their first mention
 * @param spans in the order in which they began
 * @param chain from the end of the boot back to its start
 * @param stalls in the order in which they began
 * @param notes what could not be told and why, a sentence each
 */
public record Timing(
    int boot,
    Clocks clocks,
    List<Figure> figures,
    boolean finished,
    Startup startup,
    List<Figure> targets,
    List<UnitTime> units,
    List<Span> spans,
    List<Step> chain,
    List<Stall> stalls,
    List<String> notes) {

  /** The figure of this name. */
  public Optional<Figure> figure(String name) {
    return figures.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /**
   * This timing with what another log of the same boot knows better: units by the surer clock,
   * systemd's own figures, and the chain of the log that is sure of more units. Spans and stalls
   * stay those of the log that leads.
   */
  public Timing with(Timing other) {
    Map<String, UnitTime> all = new LinkedHashMap<>();
    TreeSet<String> names = new TreeSet<>();
    other.units.forEach(u -> names.add(u.name()));
    for (UnitTime unit : units) {
      // What the console shortened stands in full in the other log.
      int cut = unit.ambiguous() ? unit.name().indexOf('\u2026') : -1;
      String full = cut < 1 ? null : names.ceiling(unit.name().substring(0, cut));
      if (full == null || !full.startsWith(unit.name().substring(0, cut))) {
        all.put(unit.name(), unit);
      }
    }
    for (UnitTime unit : other.units) {
      all.merge(
          unit.name(),
          unit.elsewhere(),
          (mine, theirs) ->
              theirs.finished().certainty().compareTo(mine.finished().certainty()) < 0
                  ? theirs
                  : mine);
    }
    List<Figure> some = new ArrayList<>();
    for (Figure mine : figures) {
      Figure theirs = other.figure(mine.name()).orElse(mine);
      boolean surer = theirs.isKnown() && theirs.error() < mine.error();
      boolean cut = mine.name().equals("userspace") && finished && !other.finished;
      some.add(surer && !cut ? theirs : mine);
    }
    boolean surerChain = other.sure() > sure();
    return new Timing(
        boot,
        clocks.with(other.clocks),
        some.isEmpty() ? other.figures : List.copyOf(some),
        finished || other.finished,
        startup == null ? other.startup : startup,
        targets.size() < other.targets.size() ? other.targets : targets,
        List.copyOf(all.values()),
        spans.isEmpty() ? other.spans : spans,
        surerChain ? other.chain : chain,
        stalls.isEmpty() ? other.stalls : stalls,
        notes);
  }

  /**
   * This timing with what a log tells that was printed later, if both count from the kernel's
   * start; that log's alone where this one has no times.
   */
  public Timing recalling(Timing other) {
    boolean kernel = clocks.zero() == Clocks.Zero.KERNEL;
    if (kernel && other.clocks.zero() == Clocks.Zero.KERNEL) {
      return with(other);
    }
    return isTimed() || !other.isTimed()
        ? this
        : new Timing(
            boot,
            other.clocks,
            other.figures,
            other.finished,
            other.startup,
            other.targets,
            other.units,
            other.spans,
            other.chain,
            other.stalls,
            other.notes);
  }

  private long sure() {
    return units.stream().filter(u -> u.finished().certainty() == Certainty.EXACT).count();
  }

  /** Whether any time of it is known. */
  public boolean isTimed() {
    return figures.stream().anyMatch(Figure::isKnown)
        || units.stream().anyMatch(u -> u.finished().isKnown());
  }
}
