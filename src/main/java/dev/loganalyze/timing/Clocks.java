package dev.loganalyze.timing;

import dev.loganalyze.parse.Entry;
import java.util.List;

/**
 * The clocks of one boot, and how they lie to each other.
 *
 * @param zero what the times of the boot are counted from
 * @param offset microseconds from the recorder's clock to the boot's: arrival = boot + offset; 0
 *     when there are not both
 * @param error how far single lines lie from that, as the median of the distances, microseconds
 * @param anchors how many lines carry both; 0 when the clocks could not be aligned
 * @param driftPpm by how much the recorder's clock runs faster, parts per million; 0 when the lines
 *     span less than a minute
 * @param hidden microseconds between the first sign of the kernel and the start of its clock, which
 *     printk does not count; or -1 when it cannot be told
 * @param epoch microseconds since 1970 UTC at the boot clock's zero, or -1
 * @param epochError how far that may be off, microseconds
 * @param epochBy what told it, such as {@code journal} or {@code rtc}; or empty
 * @param steps where a clock jumped, in order
 */
public record Clocks(
    Zero zero,
    long offset,
    long error,
    int anchors,
    long driftPpm,
    long hidden,
    long epoch,
    long epochError,
    String epochBy,
    List<ClockStep> steps) {

  /**
   * When something happened that arrived at {@code arrival}: microseconds on the boot's clock, or
   * {@code Entry.NO_TIME} when the clocks could not be aligned.
   */
  public long boot(long arrival) {
    return anchors == 0 || arrival == Entry.NO_TIME ? Entry.NO_TIME : arrival - offset;
  }

  /** These clocks, with the calendar of {@code other} where only that has one. */
  Clocks with(Clocks other) {
    boolean mine = epoch >= 0 && epochError <= other.epochError;
    return mine || other.epoch < 0
        ? this
        : new Clocks(
            zero,
            offset,
            error,
            anchors,
            driftPpm,
            hidden,
            other.epoch,
            other.epochError,
            other.epochBy,
            steps);
  }

  /** What times are counted from. */
  public enum Zero {
    /** The start of the kernel's clock. */
    KERNEL,
    /** The first byte of the boot that arrived; no line carries the kernel's clock. */
    ARRIVAL,
    /** The first line that says when it was by the calendar. */
    WALL,
    /** Nothing: the log has no clock. */
    NONE
  }

  /**
   * A clock that jumped.
   *
   * @param clock {@code arrival}, {@code wall} or {@code printk}
   * @param line 1-based line of the first entry after the jump
   * @param by microseconds, negative when it went back
   */
  public record ClockStep(String clock, int line, long by) {}
}
