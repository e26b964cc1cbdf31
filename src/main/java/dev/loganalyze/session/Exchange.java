package dev.loganalyze.session;

import java.util.List;

/**
 * A command and what came back.
 *
 * @param command what the shell took, with LF between the lines of one that has several
 * @param prompt as printed, without the command
 * @param firstEntry index of the prompt it was first typed at
 * @param lastEntry index of its last entry, inclusive
 * @param firstLine 1-based raw line of the prompt
 * @param lastLine 1-based raw line of its last entry, inclusive
 * @param output what came back, in order, without echoes; of the last time it was asked
 * @param exitStatus 0 to 255, or {@link #UNKNOWN} where the log does not show it
 * @param micros how long the last answer took, in microseconds of the recorder's clock, or {@link
 *     #UNKNOWN}
 * @param at when it was first asked, by the same clock, or {@link #UNKNOWN}
 * @param polled how long from then to the end of the last answer, or {@link #UNKNOWN}
 * @param asked how often it was asked in a row with this one answer
 * @param echoes how many lines of its stretch only repeat what was typed
 * @param lost how many characters fewer the shell took than were sent
 */
public record Exchange(
    String command,
    String prompt,
    int firstEntry,
    int lastEntry,
    int firstLine,
    int lastLine,
    List<Said> output,
    int exitStatus,
    long micros,
    long at,
    long polled,
    int asked,
    int echoes,
    int lost) {

  /** What is not known. */
  public static final int UNKNOWN = -1;

  /**
   * A line of an answer.
   *
   * @param entry index of its entry
   * @param line 1-based raw line
   * @param text without escape sequences
   * @param spliced the kernel or the service manager said it meanwhile: it is no part of the answer
   */
  public record Said(int entry, int line, String text, boolean spliced) {}

  /** The answer alone: its lines without those that others said meanwhile. */
  public List<String> answer() {
    return output.stream().filter(said -> !said.spliced()).map(Said::text).toList();
  }

  /** This exchange, asked again with the same answer. */
  Exchange again(Exchange next) {
    return new Exchange(
        command,
        prompt,
        firstEntry,
        next.lastEntry,
        firstLine,
        next.lastLine,
        next.output,
        next.exitStatus,
        next.micros,
        at,
        at == UNKNOWN || next.at < at || next.micros == UNKNOWN
            ? UNKNOWN
            : next.at - at + next.micros,
        asked + next.asked,
        echoes + next.echoes,
        Math.max(lost, next.lost));
  }

  /** This exchange with the status that a later command showed. */
  Exchange exited(int status) {
    return new Exchange(
        command,
        prompt,
        firstEntry,
        lastEntry,
        firstLine,
        lastLine,
        output,
        status,
        micros,
        at,
        polled,
        asked,
        echoes,
        lost);
  }
}
