package dev.loganalyze.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One boot that a journal tells of.
 *
 * @param id its boot id
 * @param first realtime of its first entry, microseconds since 1970 UTC
 * @param last realtime of its last entry
 */
public record JournalBoot(Id128 id, long first, long last) {
  /** The boots in {@code journal}, which is read to its end, in the order they come. */
  public static List<JournalBoot> list(JournalReader journal) {
    Map<Id128, JournalBoot> boots = new LinkedHashMap<>();
    for (JournalEntry entry = journal.next(); entry != null; entry = journal.next()) {
      long time = entry.realtime();
      if (!entry.bootId().isNull()) {
        boots.merge(
            entry.bootId(),
            new JournalBoot(entry.bootId(), time, time),
            (known, now) -> new JournalBoot(known.id(), known.first(), now.last()));
      }
    }
    return new ArrayList<>(boots.values());
  }
}
