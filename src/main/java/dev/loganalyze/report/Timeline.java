package dev.loganalyze.report;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Certainty;
import dev.loganalyze.boot.Milestone;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Timespan;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Instant;
import dev.loganalyze.timing.Span;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Step;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A boot along its time, as {@code templates/timeline.ftlh} draws it: phases, milestones, stalls as
 * bands, and a row for each job. Places along the time are percentages, so that one drawing fits
 * any width.
 */
public final class Timeline {
  /** More rows than these are no picture; the tables have the rest. */
  private static final int MOST_ROWS = 120;

  private static final int MOST_STEPS = 12;

  /** A step of a program that is shorter than this, in microseconds, has no row. */
  private static final long SHORT = 100_000;

  /** A stall that would take more of the axis than this part is drawn shorter. */
  private static final double LONG = 0.25;

  /** What a shortened stall takes, as a part of all that is drawn to scale. */
  private static final double SHORTENED = 0.12;

  /** Percent of the width that a character of a label takes where the drawing is 1000 px wide. */
  private static final double CHARACTER = 0.62;

  private static final int LANES = 3;

  /** Pixels: what stands above the labels of milestones, a lane of these, a heading, a row. */
  private static final int ABOVE = 60;

  private static final int LANE = 14;
  private static final int HEAD = 24;
  private static final int ROW = 20;

  private static final Map<String, String> HEADS =
      Map.of(
          "chain", "critical chain",
          "failed", "failed",
          "others", "all others, by their start",
          "steps", "steps that programs tell");

  /**
   * A stretch of the axis.
   *
   * @param x where it begins, in percent
   * @param width in percent
   */
  public record Bar(String x, String width) {}

  /**
   * A part of the boot.
   *
   * @param sure whether both ends are known by a clock
   * @param fits whether its label fits into it
   */
  public record Part(String name, Bar bar, String took, boolean sure, boolean fits, int line) {}

  /**
   * A job, or a step of a program.
   *
   * @param y where it begins, in pixels
   * @param head the heading above it, or empty
   * @param group {@code chain}, {@code failed}, {@code others} or {@code steps}
   * @param result the word of its result; {@code step} for a step
   * @param queued while it waited to run; null when that is not known
   * @param ran while it ran; null when only its end is known
   * @param end where it ended, in percent
   * @param took how long it ran; may be empty
   * @param sure whether its times are known well
   * @param label where its label stands: {@code after} its bar, {@code before} or {@code within} it
   * @param begin where its bar begins, in percent
   * @param told all that is known of its times, a sentence
   * @param line 1-based line of its end; 0 when no line of this log tells it
   */
  public record Row(
      int y,
      String head,
      String group,
      String name,
      String result,
      Bar queued,
      Bar ran,
      String end,
      String took,
      boolean sure,
      String label,
      String begin,
      String told,
      int line) {}

  /** A stall behind all rows; its label lies in lane {@code lane}, or in none below 0. */
  public record Band(Bar bar, String middle, String name, int lane, String told, int line) {}

  /** A milestone; its label lies in lane {@code lane}, or in none below 0. */
  public record Mark(String x, String name, int lane, boolean before, String told, int line) {}

  /** A place with a label. */
  public record Tick(String x, String label) {}

  private final Timing timing;
  private final TimingWords words;
  private final Scale scale;
  private final List<Part> parts = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Band> bands = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private int left;

  /** The drawing of {@code timing}, which is of {@code boot}. */
  Timeline(Boot boot, Timing timing) {
    this.timing = timing;
    this.words = new TimingWords(timing);
    this.scale = Scale.of(timing, words.parts());
    if (scale != null) {
      words.parts().forEach(this::add);
      addBands();
      addMarks(boot);
      addRows();
    }
  }

  /** Whether there is nothing to draw, as no times are known. */
  public boolean isEmpty() {
    return scale == null;
  }

  /** 1-based index of the boot. */
  public int boot() {
    return timing.boot();
  }

  /** Firmware, loader, kernel and so on, in order. */
  public List<Part> parts() {
    return parts;
  }

  /** The rows from above: the critical chain, what failed, all others by their start, steps. */
  public List<Row> rows() {
    return rows;
  }

  /** How many units have no row, as there are too many. */
  public int left() {
    return left;
  }

  /** The stalls, in the order in which they began. */
  public List<Band> bands() {
    return bands;
  }

  /** The targets and other points on the way, in the order of their times. */
  public List<Mark> marks() {
    return marks;
  }

  /** The labels of the axis. */
  public List<Tick> ticks() {
    return scale.ticks();
  }

  /** Where the axis leaves time out, and how much of it. */
  public List<Tick> breaks() {
    return scale.breaks();
  }

  /** Pixels above the first row. */
  public int top() {
    return ABOVE + LANE * marks.stream().mapToInt(m -> m.lane() + 1).max().orElse(0);
  }

  /** Pixels of the whole drawing. */
  public int height() {
    return (rows.isEmpty() ? top() : rows.get(rows.size() - 1).y() + ROW) + 8;
  }

  private void add(Figure figure) {
    Bar bar = scale.bar(figure.start(), figure.end());
    String took = Seconds.rounded(figure.duration());
    double width = scale.at(figure.end().micros()) - scale.at(figure.start().micros());
    boolean fits = width > (figure.name().length() + took.length() + 3) * CHARACTER;
    boolean sure = TimingWords.isSure(figure.error(), figure.duration());
    parts.add(new Part(figure.name(), bar, took, sure, fits, figure.firstLine()));
  }

  private static boolean failed(UnitTime unit) {
    return switch (unit.result()) {
      case FAILED, TIMEOUT, DEPENDENCY, REFUSED -> true;
      case STARTING, DONE, SKIPPED, CANCELED -> false;
    };
  }

  private static Instant begin(UnitTime unit) {
    return unit.started().isKnown() ? unit.started() : unit.finished();
  }

  private Row row(String group, UnitTime unit) {
    boolean ran = unit.started().isKnown() && unit.running() > 0;
    boolean waited = unit.queued().isKnown() && unit.queued().micros() < begin(unit).micros();
    String took = ran ? TimingWords.took(unit) : "";
    return placed(
        group,
        unit.name(),
        unit.result().word(),
        waited ? scale.bar(unit.queued(), begin(unit)) : null,
        ran ? scale.bar(unit.started(), unit.finished()) : null,
        waited ? unit.queued() : begin(unit),
        unit.finished(),
        took,
        TimingWords.isSure(unit.error(), unit.running()),
        TimingWords.told(unit),
        unit.lastLine());
  }

  private Row row(Span span) {
    String told = span.kind().word() + " " + span.name() + ": " + Seconds.rounded(span.duration());
    return placed(
        "steps",
        span.name(),
        "step",
        null,
        scale.bar(span.start(), span.end()),
        span.start(),
        span.end(),
        Timespan.format(span.duration()),
        true,
        told,
        span.firstLine());
  }

  private Row step(Step step) {
    String told = step.name() + " " + words.at(step);
    return placed(
        "chain",
        step.name(),
        step.result().word(),
        null,
        null,
        step.at(),
        step.at(),
        "",
        step.at().certainty() != Certainty.BRACKET,
        told,
        step.line());
  }

  private Row placed(
      String group,
      String name,
      String result,
      Bar queued,
      Bar ran,
      Instant begin,
      Instant end,
      String took,
      boolean sure,
      String told,
      int line) {
    Row last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
    String head = last == null || !last.group().equals(group) ? HEADS.get(group) : "";
    int y = (last == null ? top() : last.y() + ROW) + (head.isEmpty() ? 0 : HEAD);
    double right = scale.at(end.micros());
    double left = scale.at(begin.micros());
    double width = (name.length() + took.length() + 2) * CHARACTER;
    String label = right + width <= 100 ? "after" : left >= width ? "before" : "within";
    return new Row(
        y,
        head,
        group,
        name,
        result,
        queued,
        ran,
        percent(right),
        took,
        sure,
        label,
        percent(left),
        told,
        line);
  }

  private void addRows() {
    Map<String, UnitTime> byName = new LinkedHashMap<>();
    timing.units().forEach(u -> byName.putIfAbsent(u.name(), u));
    Set<String> drawn = new HashSet<>();
    List<Step> chain = new ArrayList<>(timing.chain());
    Collections.reverse(chain);
    for (Step step : chain) {
      UnitTime unit = byName.get(step.name());
      if (unit != null && unit.finished().isKnown() && drawn.add(unit.name())) {
        rows.add(row("chain", unit));
      } else if (unit == null && step.at().isKnown() && drawn.add(step.name())) {
        rows.add(step(step));
      }
    }
    List<UnitTime> others =
        byName.values().stream()
            .filter(u -> u.finished().isKnown() && !drawn.contains(u.name()))
            .filter(u -> u.running() > 0 || failed(u))
            .sorted(
                Comparator.comparing((UnitTime u) -> !failed(u))
                    .thenComparingLong((UnitTime u) -> -u.running()))
            .toList();
    int room = Math.max(0, MOST_ROWS - rows.size());
    left = Math.max(0, others.size() - room);
    others.stream()
        .limit(room)
        .sorted(
            Comparator.comparing((UnitTime u) -> !failed(u))
                .thenComparingLong(u -> begin(u).micros()))
        .forEach(u -> rows.add(row(failed(u) ? "failed" : "others", u)));
    timing.spans().stream()
        .filter(s -> s.duration() >= SHORT && s.start().isKnown() && s.end().isKnown())
        .sorted(Comparator.comparingLong((Span s) -> -s.duration()))
        .limit(MOST_STEPS)
        .sorted(Comparator.comparingLong((Span s) -> s.start().micros()))
        .forEach(s -> rows.add(row(s)));
  }

  private void addBands() {
    Lanes lanes = new Lanes(1);
    for (Stall stall : timing.stalls()) {
      if (stall.start().isKnown() && stall.end().isKnown() && scale.holds(stall.start())) {
        Bar bar = scale.bar(stall.start(), stall.end());
        double from = scale.at(stall.start().micros());
        double to = scale.at(stall.end().micros());
        String name = name(stall);
        double half = Math.min(40, name.length()) * CHARACTER / 2;
        double middle = Math.max(half, Math.min(100 - half, (from + to) / 2));
        int lane = to - from < 1 ? -1 : lanes.lane(middle - half, middle + half);
        String told = "Stall: " + words.sentence(stall);
        bands.add(new Band(bar, percent(middle), name, lane, told, stall.firstLine()));
      }
    }
  }

  /** The unit, device, prompt or command that held; a word where nobody is to blame. */
  static String name(Stall stall) {
    return switch (stall.kind()) {
      case SILENCE, KERNEL, LOADER -> stall.kind().word();
      default -> stall.waitingFor();
    };
  }

  /** A milestone or a target, with its time. */
  private record Point(String name, long micros, int line) {}

  private void addMarks(Boot boot) {
    Map<String, Point> points = new LinkedHashMap<>();
    for (Figure target : timing.targets()) {
      Instant at = target.end();
      if (at.isKnown() && at.certainty() != Certainty.BRACKET) {
        points.put(target.name(), new Point(target.name(), at.micros(), target.lastLine()));
      }
    }
    for (Milestone milestone : boot.milestones()) {
      if (milestone.micros() != Entry.NO_TIME) {
        points.putIfAbsent(
            milestone.name(), new Point(milestone.name(), milestone.micros(), milestone.line()));
      }
    }
    Lanes lanes = new Lanes(LANES);
    points.values().stream()
        .filter(p -> scale.holds(Instant.exact(p.micros())))
        .sorted(Comparator.comparingLong(Point::micros))
        .forEach(point -> marks.add(mark(point, lanes)));
  }

  private Mark mark(Point point, Lanes lanes) {
    double x = scale.at(point.micros());
    double width = (point.name().length() + 1) * CHARACTER;
    boolean before = x + width > 100;
    int lane = before ? lanes.lane(x - width, x) : lanes.lane(x, x + width);
    String told = point.name() + " at " + Seconds.rounded(point.micros());
    return new Mark(percent(x), point.name(), lane, before, told, point.line());
  }

  /** To a thousandth, without the locale and the noise of floating point. */
  private static String percent(double value) {
    long thousandths = Math.round(Math.max(0, Math.min(100, value)) * 1000);
    return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
  }

  /** Labels in rows, so that none covers another. */
  private static final class Lanes {
    private final double[] ends;

    Lanes(int lanes) {
      ends = new double[lanes];
      Arrays.fill(ends, -1);
    }

    /** The first lane with room from {@code from} to {@code to}, which is taken then; or -1. */
    int lane(double from, double to) {
      for (int lane = 0; lane < ends.length; lane++) {
        if (from >= ends[lane]) {
          ends[lane] = to + CHARACTER;
          return lane;
        }
      }
      return -1;
    }
  }

  /**
   * Microseconds to percent. Stalls that would leave no room for all else are shortened, and the
   * axis says so.
   *
   * @param from where the axis begins
   * @param to where it ends
   * @param cuts the stretches that are shortened, in order, none over another
   * @param drawn for each of them how many microseconds of the axis it takes
   */
  private record Scale(long from, long to, List<long[]> cuts, long drawn) {

    /** The scale of {@code timing}, or null when no times are known. */
    static Scale of(Timing timing, List<Figure> parts) {
      long from = Long.MAX_VALUE;
      long to = Long.MIN_VALUE;
      for (Figure part : parts) {
        from = Math.min(from, part.start().micros());
        to = Math.max(to, part.end().micros());
      }
      for (UnitTime unit : timing.units()) {
        if (unit.finished().isKnown()) {
          from = Math.min(from, begin(unit).micros());
          to = Math.max(to, unit.finished().micros());
        }
      }
      return from >= to ? null : cut(timing, from, to);
    }

    private static Scale cut(Timing timing, long from, long to) {
      List<long[]> cuts = new ArrayList<>();
      long whole = to - from;
      long last = from;
      for (Stall stall : timing.stalls()) {
        long begin = Math.max(last, stall.start().micros());
        long end = Math.min(to, stall.end().micros());
        boolean known = stall.start().isKnown() && stall.end().isKnown();
        if (known && end - begin > LONG * whole) {
          cuts.add(new long[] {begin, end});
          last = end;
        }
      }
      long cut = cuts.stream().mapToLong(c -> c[1] - c[0]).sum();
      long drawn = Math.max(1, Math.round((whole - cut) * SHORTENED));
      boolean shorter = cuts.stream().allMatch(c -> c[1] - c[0] > 2 * drawn);
      return shorter
          ? new Scale(from, to, List.copyOf(cuts), drawn)
          : new Scale(from, to, List.of(), 0);
    }

    boolean holds(Instant at) {
      return at.micros() >= from && at.micros() <= to;
    }

    double at(long micros) {
      long place = Math.max(from, Math.min(to, micros));
      return 100.0 * axis(place) / axis(to);
    }

    /** Microseconds of the axis from its begin to {@code micros}. */
    private double axis(long micros) {
      double axis = micros - from;
      for (long[] cut : cuts) {
        double in = Math.max(0, Math.min(micros, cut[1]) - cut[0]);
        axis -= in - in / (cut[1] - cut[0]) * drawn;
      }
      return axis;
    }

    Bar bar(Instant start, Instant end) {
      double x = at(start.micros());
      return new Bar(percent(x), percent(Math.max(0.15, at(end.micros()) - x)));
    }

    List<Tick> ticks() {
      double seconds = axis(to) / 1e6;
      long step = 1_000;
      long[] factors = {2, 5, 10};
      long unit = step;
      for (int i = 0; seconds * 1e6 / step > 12; i++) {
        step = unit * factors[i % 3];
        unit = i % 3 == 2 ? step : unit;
      }
      List<Tick> ticks = new ArrayList<>();
      double last = -100;
      for (long at = Math.floorDiv(from + step - 1, step) * step; at <= to; at += step) {
        long here = at;
        long[] cut = cuts.stream().filter(c -> here > c[0] && here < c[1]).findFirst().orElse(null);
        if (cut != null) {
          at = Math.max(at, Math.floorDiv(cut[1], step) * step);
        } else if (at(at) - last > 4 && at(at) < 96 && !isAtBreak(at(at))) {
          last = at(at);
          ticks.add(new Tick(percent(last), label(at)));
        }
      }
      return ticks;
    }

    /** Whether the label of a break stands at {@code place}. */
    private boolean isAtBreak(double place) {
      return cuts.stream().anyMatch(c -> Math.abs((at(c[0]) + at(c[1])) / 2 - place) < 9);
    }

    private static String label(long micros) {
      return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString() + " s";
    }

    List<Tick> breaks() {
      return cuts.stream()
          .map(
              c ->
                  new Tick(
                      percent((at(c[0]) + at(c[1])) / 2), Seconds.rounded(c[1] - c[0]) + " here"))
          .toList();
    }
  }
}
