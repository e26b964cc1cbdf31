package dev.loganalyze.history;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.timing.Timing;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * When a run began, out of what it left behind: its metadata or harness log says so, else a clock
 * of its first boot that knows the calendar.
 */
public final class Started {
  private Started() {}

  /** UTC, ISO 8601 to the second, as in {@code 2025-12-23T00:44:12Z}; empty when nothing tells. */
  public static String of(Run run) {
    String told = run.values().getOrDefault("started", "");
    if (!told.isEmpty()) {
      try {
        return OffsetDateTime.parse(told).toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
      } catch (DateTimeException e) {
        // Not a time; the clocks may know.
      }
    }
    for (Timing timing : run.timings()) {
      if (timing.clocks().epoch() > 0) {
        return Instant.EPOCH
            .plus(timing.clocks().epoch(), ChronoUnit.MICROS)
            .truncatedTo(ChronoUnit.SECONDS)
            .toString();
      }
    }
    return "";
  }
}
