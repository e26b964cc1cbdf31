package dev.loganalyze.timing;

import dev.loganalyze.boot.Unit;
import dev.loganalyze.parse.Timespan;

/**
 * When one unit's start job was queued, ran and ended.
 *
 * @param name as {@link Unit#name}
 * @param ambiguous whether the name is not certain
 * @param result the last word on its start job
 * @param queued when the job was enqueued; the spinner's counter tells it, or a bracket from the
 *     boot's first transaction to its start
 * @param started when the job began to run; unknown for units that show only their end
 * @param finished when it ended; unknown while it has not
 * @param limit microseconds from enqueueing to its time-out as the spinner says, or {@link
 *     Timespan#NONE}
 * @param slack microseconds it could have taken longer without moving the end of the boot, by the
 *     graph of {@link CriticalChain}; or -1 when it is not in it
 * @param firstLine 1-based line of the first sentence about it; 0 when another log tells it
 * @param lastLine 1-based line of the last
 */
public record UnitTime(
    String name,
    boolean ambiguous,
    Unit.Result result,
    Instant queued,
    Instant started,
    Instant finished,
    long limit,
    long slack,
    int firstLine,
    int lastLine) {

  /** How long the job ran, microseconds; 0 where only its end is shown. */
  public long running() {
    return started.isKnown() && finished.isKnown()
        ? Math.max(0, finished.micros() - started.micros())
        : 0;
  }

  /** By how much {@link #running} may be off, microseconds. */
  public long error() {
    return (started.high() - started.low() + finished.high() - finished.low()) / 2;
  }

  /** This unit as another log than the leading one tells of it: without lines. */
  UnitTime elsewhere() {
    return new UnitTime(name, ambiguous, result, queued, started, finished, limit, slack, 0, 0);
  }

  UnitTime withSlack(long newSlack) {
    return new UnitTime(
        name, ambiguous, result, queued, started, finished, limit, newSlack, firstLine, lastLine);
  }
}
