package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Ended;
import dev.loganalyze.boot.Milestone;
import dev.loganalyze.boot.Reached;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.timing.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The logs of one run as one story: a boot that both the console and a journal saw is one boot.
 *
 * <p>Two logs saw the same boot when kernel version and command line are the same and, where both
 * tell the kernel's clock, lines of the kernel with the same stamp to the microsecond. A journal
 * without the kernel's first words, as of one unit, is of the last boot. The first part leads: its
 * boots, lines and phases are the run's. From the others come units, milestones and findings that
 * it does not have, and how far the boot came where they saw it come further; what the first says
 * of the end of its lines is no word about the boot then.
 */
final class Joined {
  /** So many equal stamps prove a boot; the first kernel lines of two boots may share some. */
  private static final int PROOF = 5;

  /** So many stamps of a boot are compared. */
  private static final int STAMPS = 2000;

  private final Part main;
  private final List<Boot> boots;
  private final List<Timing> timings;
  private final List<Finding> findings = new ArrayList<>();
  private final List<View> views = new ArrayList<>();
  private final IdentityHashMap<Finding, Long> clock = new IdentityHashMap<>();

  /** The {@link #key}s of {@link #findings}. */
  private final Set<String> seen = new HashSet<>();

  /** Those of the main part's boots that somebody asked for, by their place. */
  private final Map<Integer, Set<Long>> stamps = new HashMap<>();

  private Joined(Part main) {
    this.main = main;
    this.boots = new ArrayList<>(main.boots());
    this.timings = new ArrayList<>(main.timings());
    findings.addAll(main.findings());
    findings.forEach(f -> seen.add(key(f)));
    clock(main, main.findings());
  }

  /**
   * Joins {@code parts}, of which there is at least one; the first leads.
   *
   * @param recalls logs that were printed in the sessions of the first
   */
  static Joined of(List<Part> parts, List<Recalled> recalls) {
    Joined joined = new Joined(parts.get(0));
    recalls.forEach(joined::add);
    joined.findings.sort(
        Comparator.comparingInt(Finding::firstLine)
            .thenComparingInt(Finding::boot)
            .thenComparing(f -> f.rule().id())
            .thenComparing(Finding::subject));
    for (Part part : parts.subList(1, parts.size())) {
      joined.add(part);
    }
    if (parts.size() > 1) {
      joined.findings.sort(
          Comparator.comparingInt(Finding::boot)
              .thenComparingLong(joined.clock::get)
              .thenComparingInt(Finding::input)
              .thenComparingInt(Finding::firstLine)
              .thenComparing(f -> f.rule().id())
              .thenComparing(Finding::subject));
    }
    return joined;
  }

  /** Whether {@code main} holds all boots of {@code other}. */
  static boolean holds(Part main, Part other) {
    Joined joined = new Joined(main);
    return other.boots().stream().allMatch(boot -> joined.same(other, boot) >= 0);
  }

  List<Boot> boots() {
    return List.copyOf(boots);
  }

  List<Timing> timings() {
    return List.copyOf(timings);
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  List<View> views() {
    return List.copyOf(views);
  }

  private void add(Part part) {
    for (Boot other : part.boots()) {
      int same = same(part, other);
      if (same < 0) {
        views.add(new View(0, part.input(), other.firstLine(), other.lastLine(), List.of()));
      } else {
        Boot boot = main.boots().get(same);
        views.add(
            new View(
                boot.index(),
                main.input(),
                boot.firstLine(),
                boot.lastLine(),
                onlyIn(boot, other)));
        views.add(
            new View(
                boot.index(),
                part.input(),
                other.firstLine(),
                other.lastLine(),
                onlyIn(other, boot)));
        if (goesOn(boots.get(same), other)) {
          findings.removeIf(f -> f.boot() == boot.index() && isOfTheEnd(f));
        }
        boots.set(same, merged(boots.get(same), other));
        timings.set(same, timings.get(same).with(part.clocks().get(other.index() - 1).timing()));
        take(part, other, boot.index());
      }
    }
    if (part.boots().isEmpty()) {
      boolean harness = part.entries().isOfHarness();
      // A harness tells of the boot that it saw last.
      take(part, null, harness ? boots.size() : 0);
    }
  }

  /** Adds a log that was printed in a session: its last boot is that of the session. */
  private void add(Recalled recalled) {
    Part part = recalled.part();
    for (Boot other : part.boots()) {
      boolean now = other.index() == part.boots().size() && !recalled.past();
      int same = now ? recalled.boot() - 1 : same(part, other);
      boolean isPast = recalled.past() && same == recalled.boot() - 1;
      if (same >= 0 && !isPast) {
        Timing timing = part.clocks().get(other.index() - 1).timing();
        boots.set(same, merged(boots.get(same), other).named(other));
        timings.set(same, timings.get(same).recalling(timing));
        recall(part, other.index(), same + 1);
      }
    }
    if (part.boots().isEmpty() && !recalled.past()) {
      recall(part, 0, recalled.boot());
    }
  }

  private void recall(Part part, int boot, int index) {
    List<Finding> taken = new ArrayList<>();
    for (Finding finding : part.findings()) {
      Finding placed = finding.recalledIn(index);
      if (finding.boot() == boot && !isOfTheEnd(finding) && seen.add(key(placed))) {
        taken.add(placed);
      }
    }
    clock(part, taken);
    findings.addAll(taken);
  }

  // ---- is it the same boot? ---------------------------------------------------------------------

  /** Index of the main part's boot that {@code other} is, or -1. */
  private int same(Part part, Boot other) {
    int last = main.boots().size() - 1;
    Set<Long> theirs = stamps(part.entries(), other);
    if (other.kernelVersion().isEmpty() && last >= 0) {
      // A part of a journal (`journalctl -u x`), saved with the run: no boot but the last is meant.
      return agree(stampsOfMain(last), theirs) ? last : -1;
    }
    for (int b = 0; b < main.boots().size(); b++) {
      Boot boot = main.boots().get(b);
      boolean alike =
          !boot.kernelVersion().isEmpty()
              && boot.kernelVersion().equals(other.kernelVersion())
              && boot.commandLine().equals(other.commandLine());
      if (alike && agree(stampsOfMain(b), theirs)) {
        return b;
      }
    }
    return -1;
  }

  private static boolean agree(Set<Long> one, Set<Long> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return true;
    }
    int shared = 0;
    for (long stamp : one) {
      shared += other.contains(stamp) ? 1 : 0;
    }
    return shared >= Math.min(PROOF, Math.min(one.size(), other.size()));
  }

  private Set<Long> stampsOfMain(int boot) {
    return stamps.computeIfAbsent(boot, b -> stamps(main.entries(), main.boots().get(b)));
  }

  /** The stamps that a real clock gave; early ones are zero or count ticks. */
  private static Set<Long> stamps(Entries entries, Boot boot) {
    Set<Long> stamps = new HashSet<>();
    for (int i = boot.firstEntry(); i <= boot.lastEntry() && stamps.size() < STAMPS; i++) {
      if (entries.origin(i) == Origin.KERNEL
          && entries.micros(i) > 0
          && entries.micros(i) % 1000 != 0) {
        stamps.add(entries.micros(i));
      }
    }
    return stamps;
  }

  // ---- what one has and the other has not -------------------------------------------------------

  private static List<String> onlyIn(Boot boot, Boot other) {
    Set<String> known = new HashSet<>();
    other.units().forEach(u -> known.add(u.name()));
    Set<String> only = new TreeSet<>();
    for (Unit unit : boot.units()) {
      if (!known.contains(unit.name()) && !unit.ambiguous()) {
        only.add(unit.name() + " " + unit.result().word());
      }
    }
    return List.copyOf(only);
  }

  /** Whether {@code other} saw the boot come further, and nothing that {@code boot} saw end it. */
  private static boolean goesOn(Boot boot, Boot other) {
    boolean open = boot.ended() == Ended.CUT_OFF || boot.ended() == Ended.RUNNING;
    return open && other.reached().compareTo(boot.reached()) > 0;
  }

  private static Boot merged(Boot boot, Boot other) {
    Reached reached =
        other.reached().compareTo(boot.reached()) > 0 ? other.reached() : boot.reached();
    Ended ended = goesOn(boot, other) ? other.ended() : boot.ended();
    Map<String, Unit> units = new LinkedHashMap<>();
    boot.units().forEach(u -> units.put(u.name(), u));
    for (Unit unit : other.units()) {
      units.merge(unit.name(), elsewhere(unit), (mine, theirs) -> mine.with(theirs));
    }
    Map<String, Milestone> milestones = new LinkedHashMap<>();
    boot.milestones().forEach(m -> milestones.put(m.name(), m));
    for (Milestone milestone : other.milestones()) {
      milestones.putIfAbsent(
          milestone.name(), new Milestone(milestone.name(), 0, milestone.micros()));
    }
    return boot.with(reached, ended, List.copyOf(milestones.values()), List.copyOf(units.values()));
  }

  private static Unit elsewhere(Unit unit) {
    return new Unit(
        unit.name(),
        unit.description(),
        unit.ambiguous(),
        unit.result(),
        0,
        0,
        unit.started(),
        unit.finished());
  }

  // ---- findings ---------------------------------------------------------------------------------

  private void take(Part part, Boot boot, int index) {
    List<Finding> taken = new ArrayList<>();
    for (Finding finding : part.findings()) {
      boolean here = boot == null ? finding.boot() == 0 : finding.boot() == boot.index();
      Finding placed = finding.in(part.input(), index);
      if (here && !isOfTheEnd(finding) && seen.add(key(placed))) {
        taken.add(placed);
      }
    }
    clock(part, taken);
    findings.addAll(taken);
  }

  private static boolean isOfTheEnd(Finding finding) {
    return finding.rule().match().stream()
        .allMatch(m -> m.observed() != null && m.observed().isOfTheEnd());
  }

  private static String key(Finding finding) {
    return finding.boot() + "\0" + finding.rule().id() + "\0" + finding.subject();
  }

  /**
   * When each finding happened: its own stamp, else its arrival, else the last stamp before it in
   * its log.
   */
  private void clock(Part part, List<Finding> some) {
    Entries entries = part.entries();
    for (Finding finding : some) {
      boolean stamped = entries.micros(finding.firstEntry()) != Entry.NO_TIME;
      long last = stamped ? Entry.NO_TIME : finding.micros();
      for (int i = finding.firstEntry(); i >= 0 && last == Entry.NO_TIME; i--) {
        last = entries.micros(i);
        if (entries.shape(i) == Shape.KERNEL_BANNER) {
          break;
        }
      }
      clock.put(finding, entries.isOfHarness() ? Long.MAX_VALUE : Math.max(0, last));
    }
  }
}
