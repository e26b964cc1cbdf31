package dev.loganalyze.timing;

import dev.loganalyze.boot.Certainty;

/**
 * One stretch of a boot that has a name, with the two lines that set it.
 *
 * @param name {@code firmware}, {@code loader}, {@code kernel}, …; for a target its unit name
 * @param within the figure it is a part of, as {@code menu} is of {@code loader}; or empty
 * @param start when it began
 * @param end when it ended
 * @param firstLine 1-based line that shows the start
 * @param lastLine 1-based line that shows the end
 */
public record Figure(
    String name, String within, Instant start, Instant end, int firstLine, int lastLine) {

  /** How long it took, microseconds; 0 when start or end is not known. */
  public long duration() {
    return isKnown() ? Math.max(0, end.micros() - start.micros()) : 0;
  }

  /** By how much {@link #duration} may be off, microseconds. */
  public long error() {
    return (start.high() - start.low() + end.high() - end.low()) / 2;
  }

  /** Whether it took at least {@link #duration}, and nobody knows how much longer. */
  public boolean isOpen() {
    return isKnown() && end.micros() == end.low() && end.high() > end.low();
  }

  /** Whether both ends are known. */
  public boolean isKnown() {
    return start.isKnown() && end.isKnown();
  }

  /** The less sure of both ends. */
  public Certainty certainty() {
    return start.certainty().compareTo(end.certainty()) > 0 ? start.certainty() : end.certainty();
  }
}
