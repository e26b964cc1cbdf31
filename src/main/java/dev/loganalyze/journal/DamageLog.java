package dev.loganalyze.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what was lost, by reason; each reason keeps the first place it was seen at. */
final class DamageLog {
  private static final class Count {
    String place;
    long entries;
    long fields;
  }

  private final Map<String, Count> counts = new LinkedHashMap<>();

  /** {@code reason} is one of a few constant phrases; {@code place} says where, or is empty. */
  void entries(long lost, String reason, String place) {
    count(reason, place).entries += lost;
  }

  void field(String reason, String place) {
    count(reason, place).fields++;
  }

  private Count count(String reason, String place) {
    Count count = counts.computeIfAbsent(reason, r -> new Count());
    if (count.place == null) {
      count.place = place;
    }
    return count;
  }

  List<Damage> list() {
    List<Damage> list = new ArrayList<>();
    counts.forEach((reason, c) -> list.add(new Damage(c.entries, c.fields, reason + c.place)));
    return List.copyOf(list);
  }
}
