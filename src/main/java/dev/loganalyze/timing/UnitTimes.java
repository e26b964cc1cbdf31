package dev.loganalyze.timing;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.boot.UnitNames;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.parse.Timespan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The job sentences of a boot, up to its shutdown, with their times. Of a unit that started again
 * the first start.
 */
final class UnitTimes {
  private static final long SECOND = 1_000_000;

  private final Entries entries;
  private final Times times;
  private final UnitNames names;
  private final Map<String, Unit> byName = new LinkedHashMap<>();
  private final Map<Integer, Unit> byLine = new HashMap<>();

  /** A unit by its name and by its description. */
  private final TreeMap<String, String> words = new TreeMap<>();

  private final Map<String, Row> rows = new LinkedHashMap<>();
  private int transaction = -1;

  /** What is known of one unit so far. */
  static final class Row {
    final Unit unit;
    int start = -1;
    int end = -1;
    Shape ended;
    Instant queued = Instant.UNKNOWN;
    long limit = Timespan.NONE;
    boolean spun;

    Row(Unit unit) {
      this.unit = unit;
    }
  }

  UnitTimes(Entries entries, Boot boot, Times times) {
    this.entries = entries;
    this.times = times;
    this.names = UnitNames.of(entries, boot.firstEntry(), boot.lastEntry());
    for (Unit unit : boot.units()) {
      byName.put(unit.name(), unit);
      byLine.putIfAbsent(unit.firstLine(), unit);
      byLine.putIfAbsent(unit.lastLine(), unit);
      words.put(unit.name(), unit.name());
      if (!unit.description().isEmpty()) {
        words.putIfAbsent(unit.description(), unit.name());
      }
    }
    int shutdown = times.firstOf(boot, Phase.Kind.SHUTDOWN);
    int end = shutdown > boot.firstEntry() ? shutdown : boot.lastEntry() + 1;
    for (int i = boot.firstEntry(); i < end; i++) {
      if (times.isNew(i)) {
        take(i);
      }
    }
  }

  private void take(int i) {
    switch (entries.shape(i)) {
      case JOB_STARTING, JOB_DONE, JOB_FAILED, JOB_TIMEOUT, DEVICE_TIMEOUT, JOB_DEPENDENCY -> {
        Row row = row(i);
        if (row != null) {
          job(row, i);
        }
      }
      case JOB_RUNNING -> spinner(i);
      case DEFAULT_TARGET -> transaction = i;
      default -> {
        // Says nothing of a job.
      }
    }
  }

  /** The row of the unit that entry {@code i} is about, made where there is none; or null. */
  Row row(int i) {
    Entry entry = entries.get(i);
    Unit unit = byName.get(names.resolve(entry.unit()).name());
    unit = unit == null ? byLine.get(entry.line()) : unit;
    return unit == null ? null : rows.computeIfAbsent(unit.name(), n -> new Row(byName.get(n)));
  }

  private void job(Row row, int i) {
    Shape shape = entries.shape(i);
    if (shape == Shape.JOB_STARTING) {
      // Before journald runs every status line has a stamped twin in the kernel's log.
      boolean twin = row.end < 0 && (row.start < 0 || better(i, row.start));
      row.start = twin ? i : row.start;
    } else if (row.end < 0 || (shape == row.ended && isTwin(i, row.end))) {
      boolean better = row.end < 0 || better(i, row.end);
      row.end = better ? i : row.end;
      row.ended = shape;
    }
  }

  private boolean better(int i, int than) {
    return times.at(i).certainty().compareTo(times.at(than).certainty()) < 0;
  }

  /** A status line and its twin follow each other within a few lines. */
  private static boolean isTwin(int i, int other) {
    return i - other <= 3;
  }

  private void spinner(int i) {
    Waits.Spinner spinner = Waits.spinner(entries.get(i));
    String name = spinner == null ? null : spun(spinner.unit());
    Row row = name == null ? null : rows.computeIfAbsent(name, n -> new Row(byName.get(n)));
    if (row == null) {
      return;
    }
    row.limit = spinner.limit() == Timespan.NONE ? row.limit : spinner.limit();
    if (times.isTimed(i)) {
      // Printed at t with e seconds gone by: enqueued after t - e - 1 s, and at or before t - e.
      Instant at = times.at(i);
      long low = at.low() - spinner.elapsed() - SECOND;
      long high = at.high() - spinner.elapsed();
      boolean apart = !row.spun || low > row.queued.high() || high < row.queued.low();
      row.queued =
          apart
              ? Instant.between(low, high)
              : Instant.between(Math.max(low, row.queued.low()), Math.min(high, row.queued.high()));
      row.spun = true;
    }
  }

  /** The unit that a spinner shortens to {@code text}; null when none or more than one fits. */
  String spun(String text) {
    int cut = text.indexOf('\u2026');
    if (cut < 0) {
      return words.get(text);
    }
    String head = text.substring(0, cut);
    Map.Entry<String, String> fits = words.ceilingEntry(head);
    if (fits == null || !fits.getKey().startsWith(head)) {
      return null;
    }
    String next = words.higherKey(fits.getKey());
    return next != null && next.startsWith(head) ? null : fits.getValue();
  }

  /** The rows by the unit's name, in the order of their first mention. */
  Map<String, Row> rows() {
    return rows;
  }

  /** The units with their times, in the order of their first mention; no slack yet. */
  List<UnitTime> all() {
    List<UnitTime> all = new ArrayList<>();
    for (Row row : rows.values()) {
      Instant started = row.start < 0 ? Instant.UNKNOWN : times.at(row.start);
      Instant finished = row.end < 0 ? Instant.UNKNOWN : times.at(row.end);
      Instant from = started.isKnown() ? started : finished;
      Instant queued = row.queued;
      if (!queued.isKnown() && transaction >= 0 && row.start > transaction && from.isKnown()) {
        Instant since = times.at(transaction);
        queued =
            since.isKnown() && since.micros() <= from.micros()
                ? Instant.between(since.micros(), from.micros())
                : queued;
      }
      all.add(
          new UnitTime(
              row.unit.name(),
              row.unit.ambiguous(),
              row.unit.result(),
              queued,
              started,
              finished,
              row.limit,
              -1,
              row.start >= 0 ? entries.line(row.start) : row.unit.firstLine(),
              row.end >= 0 ? entries.line(row.end) : row.unit.lastLine()));
    }
    return all;
  }

  /** Whether entry {@code i} was said by PID 1 of a job that ended. */
  boolean isEnd(int i) {
    return entries.origin(i) == Origin.MANAGER
        && switch (entries.shape(i)) {
          case JOB_DONE, JOB_FAILED, JOB_TIMEOUT, DEVICE_TIMEOUT, JOB_DEPENDENCY -> true;
          default -> false;
        };
  }
}
