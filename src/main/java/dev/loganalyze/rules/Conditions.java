package dev.loganalyze.rules;

import dev.loganalyze.parse.Condition;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides conditions over the lines that a rule's parts matched in one boot, in time linear in
 * their number.
 *
 * <p>Lines that share names are looked at together: the values of the names that the compared parts
 * both bind are a key, and only lines with one key belong to each other. Time is told by the boot's
 * clock, else the calendar, else the arrival; where none is there, nothing is within a limit. What
 * hangs on a line that is missing is no hit where that line may have been left out.
 */
final class Conditions {
  /** So many lines a part are looked at in one boot. */
  static final int MAX_EVENTS = 100_000;

  /** A line that a part matched. */
  record Event(int first, int last, Map<String, String> names) {}

  /** The lines of the log behind {@code from} and before {@code to}, of which some are unknown. */
  private record Gap(int from, int to) {}

  private final Entries entries;
  private final int end;

  /**
   * @param end index of the boot's last entry
   */
  Conditions(Entries entries, int end) {
    this.entries = entries;
    this.end = end;
  }

  /**
   * What of {@code events} fulfils {@code condition}: the first line and the last, and the names of
   * all lines in it.
   *
   * @param events by part, in the order of the log
   * @param names the names that each part binds
   */
  List<Event> hits(
      Condition condition, Map<String, List<Event>> events, Map<String, Set<String>> names) {
    List<List<Event>> parts = new ArrayList<>();
    for (String part : condition.parts()) {
      parts.add(events.getOrDefault(part, List.of()));
    }
    return switch (condition.kind()) {
      case THEN -> {
        List<Event> hits = parts.get(0);
        Set<String> bound = new TreeSet<>(names.get(condition.parts().get(0)));
        for (int p = 1; p < parts.size(); p++) {
          Set<String> next = names.get(condition.parts().get(p));
          hits = then(hits, parts.get(p), common(bound, next), condition.within());
          bound.addAll(next);
        }
        yield hits;
      }
      case WITHOUT ->
          without(parts.get(0), parts.get(1), shared(condition, names), condition.within());
      case AT_LEAST ->
          atLeast(parts.get(0), shared(condition, names), condition.least(), condition.within());
      case BETWEEN -> between(parts.get(0), parts.get(1), parts.get(2), shared(condition, names));
    };
  }

  /** The names that all parts bind. */
  private static Set<String> shared(Condition condition, Map<String, Set<String>> names) {
    Set<String> shared = new TreeSet<>(names.get(condition.parts().get(0)));
    condition.parts().forEach(part -> shared.retainAll(names.get(part)));
    return shared;
  }

  private static Set<String> common(Set<String> one, Set<String> other) {
    Set<String> common = new TreeSet<>(one);
    common.retainAll(other);
    return common;
  }

  private List<Event> then(List<Event> one, List<Event> other, Set<String> shared, long within) {
    Map<String, List<Event>> byKey = byKey(other, shared);
    Map<String, Integer> reached = new HashMap<>();
    List<Event> hits = new ArrayList<>();
    for (Event event : one) {
      String key = key(event, shared);
      List<Event> candidates = byKey.getOrDefault(key, List.of());
      int next = reached.getOrDefault(key, 0);
      while (next < candidates.size() && candidates.get(next).first() <= event.last()) {
        next++;
      }
      reached.put(key, next);
      if (next < candidates.size()
          && isWithin(event.first(), candidates.get(next).last(), within)) {
        hits.add(joined(event, candidates.get(next)));
      }
    }
    return hits;
  }

  private List<Event> without(List<Event> one, List<Event> other, Set<String> shared, long within) {
    int known = gap(other).to();
    Map<String, List<Event>> byKey = byKey(other, shared);
    Map<String, Integer> reached = new HashMap<>();
    List<Event> hits = new ArrayList<>();
    for (Event event : one) {
      String key = key(event, shared);
      List<Event> candidates = byKey.getOrDefault(key, List.of());
      int next = reached.getOrDefault(key, 0);
      while (next < candidates.size() && candidates.get(next).first() <= event.last()) {
        next++;
      }
      reached.put(key, next);
      boolean came = next < candidates.size();
      boolean limited = within != Condition.NO_LIMIT;
      boolean missing =
          came
              ? limited && isLater(event.last(), candidates.get(next).first(), within)
              : !limited || isLater(event.last(), end, within);
      if (missing && entries.line(event.last()) >= known) {
        hits.add(event);
      }
    }
    return hits;
  }

  private List<Event> atLeast(List<Event> events, Set<String> shared, int least, long within) {
    List<Event> hits = new ArrayList<>();
    for (List<Event> alike : byKey(events, shared).values()) {
      for (int i = least - 1; i < alike.size() && least > 0; i++) {
        Event first = alike.get(i - least + 1);
        if (isWithin(first.first(), alike.get(i).last(), within)) {
          hits.add(joined(first, alike.get(i)));
          break;
        }
      }
    }
    return hits;
  }

  private List<Event> between(
      List<Event> events, List<Event> from, List<Event> to, Set<String> shared) {
    int known = gap(to).from();
    Map<String, Integer> open = new HashMap<>();
    List<Event> hits = new ArrayList<>();
    int f = 0;
    int t = 0;
    for (Event event : events) {
      while ((f < from.size() && from.get(f).last() < event.first())
          || (t < to.size() && to.get(t).last() < event.first())) {
        boolean opens =
            t == to.size() || (f < from.size() && from.get(f).first() < to.get(t).first());
        Event mark = opens ? from.get(f++) : to.get(t++);
        if (mark.last() < event.first()) {
          open.merge(key(mark, shared), opens ? 1 : -1, (a, b) -> b > 0 ? 1 : 0);
        }
      }
      if (open.getOrDefault(key(event, shared), 0) > 0 && entries.line(event.first()) <= known) {
        hits.add(event);
      }
    }
    return hits;
  }

  // ---- pieces -----------------------------------------------------------------------------------

  /** Where more like {@code events} may stand: those that an excerpt counted, those too many. */
  private Gap gap(List<Event> events) {
    int from = Integer.MAX_VALUE;
    int to = 0;
    for (Event event : events) {
      if (from == Integer.MAX_VALUE && entries.alike(event.first()) > 0) {
        from = entries.line(event.first());
      }
      // Those counted stand before the last of their kind, which is kept.
      to = from == Integer.MAX_VALUE ? 0 : Math.max(to, entries.lastAlike(event.first()));
    }
    return events.size() < MAX_EVENTS
        ? new Gap(from, to)
        : new Gap(
            Math.min(from, entries.line(events.get(MAX_EVENTS - 1).first())), Integer.MAX_VALUE);
  }

  private static Map<String, List<Event>> byKey(List<Event> events, Set<String> shared) {
    Map<String, List<Event>> byKey = new LinkedHashMap<>();
    for (Event event : events) {
      byKey.computeIfAbsent(key(event, shared), k -> new ArrayList<>()).add(event);
    }
    return byKey;
  }

  private static String key(Event event, Set<String> shared) {
    StringBuilder key = new StringBuilder();
    for (String name : shared) {
      key.append(event.names().getOrDefault(name, "")).append('\0');
    }
    return key.toString();
  }

  private static Event joined(Event one, Event other) {
    Map<String, String> names = new HashMap<>(other.names());
    names.putAll(one.names());
    return new Event(one.first(), other.last(), names);
  }

  private boolean isWithin(int from, int to, long limit) {
    long between = between(from, to);
    return limit == Condition.NO_LIMIT || (between >= 0 && between <= limit);
  }

  private boolean isLater(int from, int to, long limit) {
    return between(from, to) > limit;
  }

  /** Microseconds between two entries, or -1 when no clock tells. */
  private long between(int from, int to) {
    Entry one = entries.get(from);
    Entry other = entries.get(to);
    return difference(one.micros(), other.micros()) >= 0
        ? difference(one.micros(), other.micros())
        : difference(one.wall(), other.wall()) >= 0
            ? difference(one.wall(), other.wall())
            : difference(one.arrival(), other.arrival());
  }

  /**
   * Microseconds from one time to another, or -1 when one is unknown. Of two lines the later one
   * with the earlier time was handed over late, by another processor or program: they are of one
   * time. Where a clock was set back, nobody knows how long it was, and their order must do.
   */
  private static long difference(long from, long to) {
    return from == Entry.NO_TIME || to == Entry.NO_TIME ? -1 : Math.max(0, to - from);
  }
}
