package dev.loganalyze.timing;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.parse.Entry;

/** A boot whose phases and milestones have the times that its clocks tell. */
public final class TimedBoot {
  private final Boot boot;
  private final Timing timing;
  private final Times times;

  TimedBoot(Boot boot, Timing timing, Times times) {
    this.boot = boot;
    this.timing = timing;
    this.times = times;
  }

  /** The boot. */
  public Boot boot() {
    return boot;
  }

  /** Where its time went. */
  public Timing timing() {
    return timing;
  }

  /**
   * When entry {@code entry} of the boot was said, microseconds on the boot's clock; {@code
   * Entry.NO_TIME} where neither a stamp nor its arrival tells.
   */
  public long micros(int entry) {
    return times.isTimed(entry) ? times.at(entry).micros() : Entry.NO_TIME;
  }
}
