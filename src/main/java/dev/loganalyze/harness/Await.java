package dev.loganalyze.harness;

import java.util.List;

/**
 * Something that a harness waited for.
 *
 * @param what in the harness's words; empty where it only names patterns
 * @param patterns regular expressions as the harness has them, any of which would do; may be empty
 * @param limitSeconds how long it would wait, or -1 where it does not say
 * @param entry index of the entry that says that it waits; where nothing does, that it gave up
 * @param lastEntry index of the entry that says how it ended; the same where nothing does
 * @param tookMicros between the two, by the harness's clock; or -1
 * @param outcome how it ended
 * @param seen the last characters of the console as the harness quotes them, raw; or empty
 */
public record Await(
    String what,
    List<String> patterns,
    double limitSeconds,
    int entry,
    int lastEntry,
    long tookMicros,
    Outcome outcome,
    String seen) {

  /** How a wait ends. */
  public enum Outcome {
    /** It came. */
    MATCHED,
    /** It did not come in time. */
    TIMED_OUT,
    /** The console was closed: nothing more could come. */
    EOF,
    /** The log ends, or goes on with something else, and does not say. */
    OPEN
  }
}
