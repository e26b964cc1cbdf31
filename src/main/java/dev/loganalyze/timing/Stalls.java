package dev.loganalyze.timing;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.parse.Timespan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What held each stretch without progress: asked are, in this order, the spinner, the job whose end
 * ends it, a menu that counts, a prompt, a command, an open span.
 */
final class Stalls {

  /** A unit falls with another within so many lines. */
  private static final int FALL = 40;

  /** So many lines back the prompt is looked for. */
  private static final int FAR = 1000;

  private final Entries entries;
  private final Boot boot;
  private final Times times;
  private final UnitTimes units;
  private final Map<String, UnitTime> byName = new LinkedHashMap<>();
  private final List<Span> spans;
  private final List<Stall> stalls = new ArrayList<>();

  private Stalls(
      Entries entries,
      Boot boot,
      Times times,
      UnitTimes units,
      List<UnitTime> all,
      List<Span> spans) {
    this.entries = entries;
    this.boot = boot;
    this.times = times;
    this.units = units;
    this.spans = spans;
    all.forEach(u -> byName.put(u.name(), u));
  }

  /** The stalls of a boot in the order in which they began. */
  static List<Stall> of(
      Entries entries,
      Boot boot,
      Times times,
      UnitTimes units,
      List<UnitTime> all,
      List<Span> spans) {
    Stalls stalls = new Stalls(entries, boot, times, units, all, spans);
    stalls.probes();
    Gaps.of(entries, boot, times, units).forEach(stalls::attribute);
    stalls.timeouts();
    return stalls.merged();
  }

  // ---- what held it -----------------------------------------------------------------------------

  private void attribute(Gaps.Gap gap) {
    boolean polled =
        stalls.stream()
            .anyMatch(
                s ->
                    s.kind() == Stall.Kind.PROBE
                        && s.firstLine() <= entries.line(gap.from())
                        && s.lastLine() >= entries.line(gap.to()));
    if (polled) {
      return;
    }
    Stall held = spun(gap);
    if (held == null) {
      held = job(gap);
    }
    stalls.add(held == null ? other(gap) : held);
  }

  private Stall stall(Gaps.Gap gap, Stall.Kind kind, String waitingFor, int count) {
    return new Stall(
        kind,
        waitingFor,
        times.at(gap.from()),
        times.at(gap.to()),
        gap.micros(),
        Instant.UNKNOWN,
        Timespan.NONE,
        Timespan.NONE,
        true,
        null,
        count,
        gap.open(),
        List.of(),
        entries.line(gap.from()),
        entries.line(gap.to()));
  }

  /** The unit that the spinner names; of several the one whose end ends the stall. */
  private Stall spun(Gaps.Gap gap) {
    Map<String, Waits.Spinner> seen = new LinkedHashMap<>();
    Map<String, Long> since = new LinkedHashMap<>();
    int count = 0;
    for (int i = gap.from() + 1; i <= gap.to(); i++) {
      if (entries.shape(i) == Shape.JOB_RUNNING) {
        Waits.Spinner spinner = Waits.spinner(entries.get(i));
        count++;
        if (spinner != null && seen.size() < Gaps.MOST) {
          String name = units.spun(spinner.unit());
          seen.put(name == null ? spinner.unit() : name, spinner);
          since.putIfAbsent(name == null ? spinner.unit() : name, spinner.elapsed());
        }
      }
    }
    if (seen.isEmpty()) {
      return null;
    }
    UnitTimes.Row ender = gap.open() || !units.isEnd(gap.to()) ? null : units.row(gap.to());
    String name = ender == null ? null : ender.unit.name();
    String ends = name;
    // A spinner shortens names that no other line shows in full.
    boolean told = name != null && seen.keySet().stream().anyMatch(n -> isOf(n, ends));
    name = told ? name : longest(seen);
    Waits.Spinner last = seen.getOrDefault(name, seen.get(longest(seen)));
    long micros = gap.micros() >= 0 ? gap.micros() : last.elapsed() - since.get(longest(seen));
    return ofUnit(gap, name, micros, last, count);
  }

  /** Whether {@code printed}, which may be shortened at an ellipsis, is {@code name}. */
  private static boolean isOf(String printed, String name) {
    int cut = printed.indexOf('\u2026');
    return printed.equals(name) || (cut > 0 && name.startsWith(printed.substring(0, cut)));
  }

  private static String longest(Map<String, Waits.Spinner> seen) {
    return seen.entrySet().stream()
        .max(
            Comparator.comparingLong(
                (Map.Entry<String, Waits.Spinner> s) -> s.getValue().elapsed()))
        .orElseThrow()
        .getKey();
  }

  private Stall ofUnit(Gaps.Gap gap, String name, long micros, Waits.Spinner last, int count) {
    UnitTime unit = byName.get(name);
    boolean ended = unit != null && unit.result() == Unit.Result.TIMEOUT;
    long elapsed = last == null ? Timespan.NONE : last.elapsed();
    return new Stall(
        kind(name),
        name,
        times.at(gap.from()),
        times.at(gap.to()),
        micros,
        unit == null ? Instant.UNKNOWN : unit.queued(),
        elapsed,
        last == null ? unit == null ? Timespan.NONE : unit.limit() : last.limit(),
        last == null || last.limit() != Timespan.NONE,
        unit == null ? Unit.Result.STARTING : unit.result(),
        count,
        gap.open(),
        ended ? fell(name) : List.of(),
        entries.line(gap.from()),
        entries.line(gap.to()));
  }

  private static Stall.Kind kind(String unit) {
    if (unit.contains(".device") || unit.startsWith("dev-") || unit.startsWith("/dev/")) {
      return Stall.Kind.DEVICE;
    }
    if (unit.contains("wait-online") || unit.contains("dhc") || unit.contains("etwork")) {
      return Stall.Kind.NETWORK;
    }
    if (unit.contains("fsck")) {
      return Stall.Kind.FSCK;
    }
    return unit.contains("random-seed") ? Stall.Kind.ENTROPY : Stall.Kind.JOB;
  }

  /** The job whose end ends the stall and that ran all through it. */
  private Stall job(Gaps.Gap gap) {
    if (!units.isEnd(gap.to())) {
      return null;
    }
    UnitTimes.Row row = units.row(gap.to());
    return row == null || row.start < 0 || row.start > gap.from()
        ? null
        : ofUnit(gap, row.unit.name(), gap.micros(), null, 0);
  }

  private Stall other(Gaps.Gap gap) {
    int counted = 0;
    for (int i = gap.from() + 1; i < gap.to(); i++) {
      counted += Waits.counts(entries.get(i).message()) ? 1 : 0;
    }
    String before = entries.get(gap.from()).message().strip();
    boolean loads = gap.phase() == Phase.Kind.LOADER || gap.phase() == Phase.Kind.FIRMWARE;
    if (counted > 0 && (loads || before.isEmpty())) {
      return stall(gap, Stall.Kind.MENU, "the loader's menu", counted);
    }
    switch (entries.shape(gap.from())) {
      case LOGIN_PROMPT, PASSWORD_PROMPT, INITRD_PROMPT, LOADER_PROMPT, EMERGENCY -> {
        return stall(gap, Stall.Kind.PROMPT, before, 0);
      }
      case SHELL_PROMPT -> {
        String command = entries.get(gap.from()).unit().strip();
        return command.isEmpty()
            ? stall(gap, Stall.Kind.PROMPT, before, 0)
            : stall(gap, Stall.Kind.COMMAND, command, 0);
      }
      default -> {
        // The lines and what is open tell.
      }
    }
    if (entries.shape(gap.to()) == Shape.KERNEL_BANNER) {
      // Where the loader says so, the kernel has the machine, and is silent until it has a console.
      Phase last = boot.phaseAt(entries.line(gap.from()));
      boolean loader =
          last != null
              && last.kind() == Phase.Kind.LOADER
              && entries.shape(gap.from()) != Shape.HANDOVER;
      return stall(gap, loader ? Stall.Kind.LOADER : Stall.Kind.KERNEL, before, 0);
    }
    String running = gap.phase() == Phase.Kind.SESSION ? command(gap.from()) : "";
    if (!running.isEmpty()) {
      return stall(gap, Stall.Kind.COMMAND, running, 0);
    }
    Span open = open(gap);
    if (open != null) {
      Stall.Kind kind =
          open.kind() == Span.Kind.INITCALL
              ? Stall.Kind.INITCALL
              : open.name().contains("root") && open.name().startsWith("Waiting for")
                  ? Stall.Kind.DEVICE
                  : Stall.Kind.SPAN;
      return stall(gap, kind, open.name(), 0);
    }
    if (gap.phase() == Phase.Kind.LOADER || entries.shape(gap.from()) == Shape.LOADER) {
      return stall(gap, Stall.Kind.LOADER, before, 0);
    }
    return stall(
        gap, gap.phase() == Phase.Kind.KERNEL ? Stall.Kind.KERNEL : Stall.Kind.SILENCE, before, 0);
  }

  /** The command in whose output entry {@code i} stands, or empty. */
  private String command(int i) {
    for (int at = i; at >= Math.max(boot.firstEntry(), i - FAR); at--) {
      if (entries.shape(at) == Shape.SHELL_PROMPT) {
        return entries.get(at).unit().strip();
      }
    }
    return "";
  }

  /**
   * The innermost span that covers the gap, or null. One that never ended does so while its phase
   * lasts and nothing else of its kind began or ended: later its end was lost, as lines may be.
   */
  private Span open(Gaps.Gap gap) {
    int from = entries.line(gap.from());
    int to = entries.line(gap.to());
    Map<Span.Kind, Integer> heard = new EnumMap<>(Span.Kind.class);
    for (Span span : spans) {
      int line = span.lastLine() <= from ? span.lastLine() : span.firstLine();
      if (line <= from) {
        heard.merge(span.kind(), line, Math::max);
      }
    }
    Span inner = null;
    for (Span span : spans) {
      boolean covers =
          span.firstLine() <= from
              && (span.end().isKnown() ? span.lastLine() >= to : hangs(gap, span, heard));
      inner = covers ? span : inner;
    }
    return inner;
  }

  private boolean hangs(Gaps.Gap gap, Span span, Map<Span.Kind, Integer> heard) {
    Phase phase = boot.phaseAt(span.firstLine());
    return phase != null
        && phase.kind() == gap.phase()
        && heard.get(span.kind()) == span.firstLine();
  }

  // ---- what the boot itself observed ------------------------------------------------------------

  private void probes() {
    for (Observation seen : boot.observations()) {
      if (seen.kind() == Observation.Kind.COMMAND_REPEATED) {
        Instant start = times.at(seen.firstEntry());
        Instant end = times.at(seen.lastEntry());
        boolean known = start.isKnown() && end.isKnown();
        Gaps.Gap gap =
            new Gaps.Gap(
                seen.firstEntry(),
                seen.lastEntry(),
                known ? end.micros() - start.micros() : -1,
                false,
                Phase.Kind.SESSION);
        int asked = Integer.parseInt(seen.fields().get("times"));
        stalls.add(stall(gap, Stall.Kind.PROBE, seen.fields().get("command"), asked));
      }
    }
  }

  /** A job that timed out while others went on is no silence, but a wait with consequences. */
  private void timeouts() {
    Set<String> told = new HashSet<>();
    stalls.forEach(s -> told.add(s.waitingFor()));
    for (UnitTimes.Row row : units.rows().values()) {
      boolean late = row.ended == Shape.DEVICE_TIMEOUT || row.ended == Shape.JOB_TIMEOUT;
      if (late && !told.contains(row.unit.name()) && stalls.size() < 2 * Gaps.MOST) {
        UnitTime unit = byName.get(row.unit.name());
        int from = row.start < 0 ? row.end : row.start;
        long micros = unit.started().isKnown() ? unit.running() : -1;
        Gaps.Gap gap = new Gaps.Gap(from, row.end, micros, false, Phase.Kind.USERSPACE);
        stalls.add(ofUnit(gap, unit.name(), micros, null, 0));
      }
    }
  }

  /** The units that were given up in the lines after the end of {@code name}. */
  private List<String> fell(String name) {
    UnitTimes.Row row = units.rows().get(name);
    Set<String> fell = new LinkedHashSet<>();
    int to = row == null || row.end < 0 ? -1 : Math.min(boot.lastEntry(), row.end + FALL);
    for (int i = row == null ? 0 : row.end + 1; i <= to; i++) {
      Shape shape = entries.shape(i);
      if (shape == Shape.DEVICE_TIMEOUT || shape == Shape.JOB_TIMEOUT) {
        UnitTimes.Row other = units.row(i);
        if (other != row) {
          break;
        }
      }
      if (shape == Shape.JOB_DEPENDENCY && units.row(i) != null) {
        fell.add(units.row(i).unit.name());
      }
    }
    return List.copyOf(fell);
  }

  /** Stalls that one unit held are one, though another spoke in between. */
  private List<Stall> merged() {
    stalls.sort(Comparator.comparingInt(Stall::firstLine).thenComparingInt(Stall::lastLine));
    Map<String, Stall> merged = new LinkedHashMap<>();
    for (Stall stall : stalls) {
      String key =
          stall.result() == null
              ? merged.size() + "\n" + stall.waitingFor()
              : stall.kind() + "\n" + stall.waitingFor();
      merged.merge(key, stall, Stalls::joined);
    }
    return List.copyOf(merged.values());
  }

  private static Stall joined(Stall one, Stall two) {
    boolean timed = one.duration() >= 0 && two.duration() >= 0;
    return new Stall(
        one.kind(),
        one.waitingFor(),
        one.start(),
        two.end(),
        timed ? one.duration() + two.duration() : Math.max(one.duration(), two.duration()),
        two.queued(),
        Math.max(one.elapsed(), two.elapsed()),
        two.limit() == Timespan.NONE ? one.limit() : two.limit(),
        two.limited(),
        two.result(),
        one.times() + two.times(),
        two.open(),
        two.fell(),
        one.firstLine(),
        two.lastLine());
  }
}
