package dev.loganalyze.boot;

import java.util.Locale;

/**
 * What became of one systemd unit, as far as the log says.
 *
 * @param name unit name such as {@code sshd.service}, or what was printed in its place when the log
 *     never shows the name
 * @param description from {@code name - description}, or empty
 * @param ambiguous the name was shortened by an ellipsis and more than one unit would fit
 * @param result the last word on its start job
 * @param firstLine 1-based raw line; 0 when the run's main log does not mention it of the first
 *     sentence about it
 * @param lastLine 1-based raw line of the last sentence about its start
 * @param started microseconds at which its start job began to run, or {@code Entry.NO_TIME}
 * @param finished microseconds at which its start job ended, or {@code Entry.NO_TIME}
 */
public record Unit(
    String name,
    String description,
    boolean ambiguous,
    Result result,
    int firstLine,
    int lastLine,
    long started,
    long finished) {

  /** This unit with what another log knows better of it. */
  public Unit with(Unit other) {
    return new Unit(
        name,
        description.isEmpty() ? other.description : description,
        ambiguous && other.ambiguous,
        other.result == Result.STARTING ? result : other.result,
        firstLine,
        lastLine,
        Boots.isTime(other.started) ? other.started : started,
        Boots.isTime(other.finished) ? other.finished : finished);
  }

  /** How a start job ended; systemd's {@code job_result} and what the console shows of it. */
  public enum Result {
    /** It began, and the log does not say how it ended. */
    STARTING,
    DONE,
    FAILED,
    TIMEOUT,
    DEPENDENCY,
    SKIPPED,
    /** Assertion failed, unsupported, once. */
    REFUSED,
    /** It was stopped before its start ended. */
    CANCELED;

    /** The word in JSON: the name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
