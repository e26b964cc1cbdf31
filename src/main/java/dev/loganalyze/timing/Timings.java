package dev.loganalyze.timing;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Certainty;
import dev.loganalyze.boot.Milestone;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Observation.Kind;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.parse.Timespan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the timing of one boot together. */
public final class Timings {
  /** systemd's figures and ours differ by what a start-up's last message takes. */
  private static final long TOLERANCE = 500_000;

  /** In {@link #times}: nobody knows when. Times may be negative. */
  public static final long UNTIMED = Long.MIN_VALUE;

  private Timings() {}

  /**
   * When each of {@code entries} was said, microseconds on the clock of its boot: by its own stamp
   * or by its arrival; {@link #UNTIMED} where neither tells, and outside any boot.
   *
   * @param boots those of the entries, in order
   */
  public static long[] times(Entries entries, List<TimedBoot> boots) {
    long[] micros = new long[entries.size()];
    Arrays.fill(micros, UNTIMED);
    for (TimedBoot timed : boots) {
      for (int i = timed.boot().firstEntry(); i <= timed.boot().lastEntry(); i++) {
        long at = timed.micros(i);
        micros[i] = at == Entry.NO_TIME ? UNTIMED : at;
      }
    }
    return micros;
  }

  /**
   * Where the time of {@code boot} went.
   *
   * @param facts what the running machine said of its units, or {@link UnitFacts#NONE}
   * @param quoted the entries that somebody printed out of a log
   */
  public static TimedBoot of(Entries entries, Boot boot, UnitFacts facts, BitSet quoted) {
    Times times = new Times(entries, boot, quoted);
    Boot timed = boot.timed(phases(boot, times), milestones(boot, times));
    return new TimedBoot(timed, timing(entries, timed, facts, times), times);
  }

  private static Timing timing(Entries entries, Boot boot, UnitFacts facts, Times times) {
    Figures figures = new Figures(entries, boot, times);
    UnitTimes units = new UnitTimes(entries, boot, times);
    List<UnitTime> all = known(units.all(), facts);
    List<Span> spans = Spans.of(entries, boot, times);
    List<Stall> stalls = Stalls.of(entries, boot, times, units, all, spans);
    CriticalChain chain = new CriticalChain(entries, all, units.rows(), facts);
    String stuck =
        stalls.stream()
            .filter(s -> s.open() && units.rows().containsKey(s.waitingFor()))
            .map(Stall::waitingFor)
            .findFirst()
            .orElse(null);
    int login = find(entries, boot, Shape.LOGIN_PROMPT);
    Instant prompt = login < 0 ? Instant.UNKNOWN : times.at(login);
    return new Timing(
        boot.index(),
        times.clocks(),
        figures.all(),
        figures.finished(),
        figures.startup(),
        figures.targets(),
        chain.slack(all),
        spans,
        chain.from(login, prompt, stuck),
        stalls,
        notes(entries, times));
  }

  /**
   * The phases, each up to where the next begins. Where nobody tells when that was, from the first
   * to the last of its entries that have a time.
   */
  private static List<Phase> phases(Boot boot, Times times) {
    List<Phase> phases = new ArrayList<>();
    for (int p = 0; p < boot.phases().size(); p++) {
      Phase phase = boot.phases().get(p);
      boolean ends = p + 1 < boot.phases().size();
      int first = times.entryAt(phase.firstLine());
      int next = ends ? times.entryAt(boot.phases().get(p + 1).firstLine()) : -1;
      int last = ends ? Math.max(first, next - 1) : times.lastSaid(boot.lastEntry());
      Instant start = seen(times, first, last);
      Instant end = ends && times.isTimed(next) ? times.at(next) : seen(times, last, first);
      Figure figure = new Figure("", "", start, end, phase.firstLine(), phase.lastLine());
      phases.add(
          new Phase(
              phase.kind(),
              phase.firstLine(),
              phase.lastLine(),
              start.isKnown() ? start.micros() : Entry.NO_TIME,
              end.isKnown() ? end.micros() : Entry.NO_TIME,
              figure.certainty()));
    }
    return List.copyOf(phases);
  }

  /** When the first entry from {@code from} towards {@code to} was said that has a time. */
  private static Instant seen(Times times, int from, int to) {
    int step = from <= to ? 1 : -1;
    for (int i = from; i != to + step; i += step) {
      if (times.isTimed(i)) {
        Instant at = times.at(i);
        return i == from ? at : new Instant(at.micros(), at.low(), at.high(), Certainty.BRACKET);
      }
    }
    return Instant.UNKNOWN;
  }

  /** The milestones that the boot passed before this log's eyes; a bracket is no time for one. */
  private static List<Milestone> milestones(Boot boot, Times times) {
    List<Milestone> milestones = new ArrayList<>();
    for (Milestone milestone : boot.milestones()) {
      int entry = times.entryAt(milestone.line());
      if (times.isNew(entry)) {
        long micros = times.isTimed(entry) ? times.at(entry).micros() : Entry.NO_TIME;
        milestones.add(new Milestone(milestone.name(), milestone.line(), micros));
      }
    }
    return List.copyOf(milestones);
  }

  /** The units with the times that the machine itself told. */
  private static List<UnitTime> known(List<UnitTime> all, UnitFacts facts) {
    List<UnitTime> known = new ArrayList<>();
    for (UnitTime unit : all) {
      Long active = facts.active().get(unit.name());
      Long start = facts.activating().get(unit.name());
      known.add(
          active == null || start == null || active < start
              ? unit
              : new UnitTime(
                  unit.name(),
                  unit.ambiguous(),
                  unit.result(),
                  unit.queued(),
                  Instant.exact(start),
                  Instant.exact(active),
                  unit.limit(),
                  unit.slack(),
                  unit.firstLine(),
                  unit.lastLine()));
    }
    return known;
  }

  private static int find(Entries entries, Boot boot, Shape shape) {
    for (int i = boot.firstEntry(); i <= boot.lastEntry(); i++) {
      if (entries.shape(i) == shape) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> notes(Entries entries, Times times) {
    List<String> notes = new ArrayList<>();
    if (times.zero() == Clocks.Zero.NONE) {
      notes.add("The log has no clock: only the order of its lines is known.");
    }
    if (entries.hasReceiveTimes()) {
      notes.add(
          "Lines of the kernel carry the time at which journald took them in, so the kernel's own"
              + " time is not known; an export, JSON or binary journal has it.");
    }
    if (entries.isJournal()) {
      notes.add(
          "Times are those of PID 1's messages, which come some milliseconds after the states that"
              + " systemd-analyze reads; units of which PID 1 says nothing (devices, slices, some"
              + " mounts) are missing.");
    }
    return List.copyOf(notes);
  }

  /** What rules may ask of {@code timing}. */
  public static List<Observation> observations(Boot boot, Timing timing, Budgets budgets) {
    List<Observation> observations = new ArrayList<>(budgets.exceeded(boot, timing));
    Startup startup = timing.startup();
    if (startup != null && timing.clocks().zero() == Clocks.Zero.KERNEL) {
      Map<String, Long> ours = new HashMap<>();
      timing.figures().forEach(f -> ours.put(f.name(), f.duration()));
      startup
          .parts()
          .forEach(
              (name, theirs) -> {
                Figure figure = timing.figure(name).orElse(null);
                long tolerance = figure == null ? 0 : TOLERANCE + figure.error();
                if (figure != null
                    && figure.isKnown()
                    && Math.abs(ours.get(name) - theirs) > tolerance) {
                  observations.add(
                      new Observation(
                          Kind.FIGURES_DISAGREE,
                          boot.firstEntry(),
                          boot.firstEntry(),
                          Map.of(
                              "name", name,
                              "measured", Timespan.format(ours.get(name)),
                              "told", Timespan.format(theirs))));
                }
              });
    }
    return observations;
  }
}
