package dev.loganalyze.timing;

import dev.loganalyze.boot.Certainty;

/**
 * A point in time of one boot, with what is known of it.
 *
 * @param micros microseconds since the zero of the boot's clock ({@link Clocks#zero}); negative
 *     before the kernel's clock ran; 0 when only the order is known
 * @param low the earliest it can have been
 * @param high the latest it can have been
 * @param certainty how it is known
 */
public record Instant(long micros, long low, long high, Certainty certainty) {
  /** Nobody knows when. */
  public static final Instant UNKNOWN = new Instant(0, 0, 0, Certainty.ORDER);

  /** A time that the boot's clock told. */
  public static Instant exact(long micros) {
    return new Instant(micros, micros, micros, Certainty.EXACT);
  }

  /** A time of arrival, known to {@code error} microseconds. */
  public static Instant host(long micros, long error) {
    return new Instant(micros, micros - error, micros + error, Certainty.HOST);
  }

  /** Somewhere from {@code low} to {@code high}; the middle stands for it. */
  public static Instant between(long low, long high) {
    return new Instant(low + (high - low) / 2, low, high, Certainty.BRACKET);
  }

  /** Whether more than the order is known. */
  public boolean isKnown() {
    return certainty != Certainty.ORDER;
  }

  /** The time between this and {@code other}, by which the less sure of both may be off. */
  static Instant middle(Instant one, Instant other) {
    return one.isKnown() && other.isKnown()
        ? between(Math.min(one.micros, other.micros), Math.max(one.micros, other.micros))
        : other.isKnown() ? other : one;
  }
}
