package dev.loganalyze.timing;

import dev.loganalyze.boot.SpinnerTimes;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Timespan;
import dev.loganalyze.pattern.Expression;

/** Lines that are printed while nothing goes on: counters of a wait. */
final class Waits {
  /** GRUB, ISOLINUX, systemd-boot, U-Boot, SeaBIOS: seconds until the menu's choice is taken. */
  private static final Expression COUNTDOWN =
      Expression.tested(
          "executed automatically in \\d+s|Automatic boot in \\d+|Boot in \\d+ ?s"
              + "|Hit any key to stop autoboot|Press any key to (?:enter|stop)"
              + "|Retrying in \\d+ seconds");

  private Waits() {}

  /** Whether a loader counts down in this message. */
  static boolean counts(String message) {
    return COUNTDOWN.occursIn(message);
  }

  /**
   * What a line of systemd's spinner says.
   *
   * @param unit as printed, shortened
   * @param elapsed microseconds since the job was enqueued, cut to seconds
   * @param limit microseconds from enqueueing to the time-out, or {@link Timespan#NONE}
   */
  record Spinner(String unit, long elapsed, long limit) {}

  /** The spinner in {@code entry}, or null when its times are cut off. */
  static Spinner spinner(Entry entry) {
    SpinnerTimes times = SpinnerTimes.in(entry.message());
    long elapsed = times == null ? Timespan.NONE : Timespan.parse(times.elapsed());
    return elapsed == Timespan.NONE
        ? null
        : new Spinner(entry.unit(), elapsed, Timespan.parse(times.limit()));
  }
}
