package dev.loganalyze.journal;

import java.util.List;
import java.util.function.Predicate;

/** Which entries are asked for, by what journalctl's options of the same names ask for. */
public final class JournalFilter {
  private static final String COREDUMP = "fc2e22bc6ee647b6b90729ab34a250b1";

  private JournalFilter() {}

  /**
   * Entries of {@code unit}: said by it, said about it by the service manager or another process of
   * root, or a core dump of it; for a slice also what its units said (systemd {@code
   * src/shared/logs-show.c}, {@code add_matches_for_unit}).
   */
  public static Predicate<JournalEntry> unit(String unit) {
    return e ->
        e.has("_SYSTEMD_UNIT", unit)
            || (e.has("UNIT", unit) && e.has("_PID", "1"))
            || (e.has("OBJECT_SYSTEMD_UNIT", unit) && e.has("_UID", "0"))
            || (e.has("COREDUMP_UNIT", unit) && e.has("_UID", "0") && e.has("MESSAGE_ID", COREDUMP))
            || (unit.endsWith(".slice") && e.has("_SYSTEMD_SLICE", unit));
  }

  /** Entries of any of {@code units}. */
  public static Predicate<JournalEntry> units(List<String> units) {
    return units.stream().map(JournalFilter::unit).reduce(e -> false, Predicate::or);
  }

  /** Entries with a priority from {@code first} to {@code last}, 0 (emerg) to 7 (debug). */
  public static Predicate<JournalEntry> priority(int first, int last) {
    return e -> {
      Field priority = e.first("PRIORITY");
      long number = priority == null ? -1 : priority.number();
      return number >= first && number <= last;
    };
  }

  /** Entries that came from the kernel. */
  public static Predicate<JournalEntry> kernel() {
    return e -> e.has("_TRANSPORT", "kernel");
  }

  /** Entries taken in from {@code since} to {@code until}, microseconds since 1970 UTC, both in. */
  public static Predicate<JournalEntry> between(long since, long until) {
    return e -> e.realtime() >= since && e.realtime() <= until;
  }

  /** Entries of one boot. */
  public static Predicate<JournalEntry> boot(Id128 boot) {
    return e -> e.bootId().equals(boot);
  }
}
