package dev.loganalyze.harness;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.transcript.Transcript;
import java.util.List;
import java.util.Map;

/**
 * The log of a program that drove a machine.
 *
 * @param words its entries, those with what the console said among them
 * @param consoles what each machine printed, by name (empty where the log names none), in the order
 *     in which they first speak; empty where console lines look like all others
 * @param pieces what came to the console of the first machine and when: what it printed, and what
 *     was typed, which it echoes; empty where the harness tells no times
 * @param awaits what it waited for, in order
 * @param replies what it took for answers, in order
 * @param values what it tells of the run, by the names of {@link RunValues}
 */
public record HarnessLog(
    Entries words,
    Map<String, Transcript> consoles,
    List<Piece> pieces,
    List<Await> awaits,
    List<Reply> replies,
    Map<String, String> values) {

  /** Whether a file with this content is the log of a harness that is known. */
  public static boolean matches(byte[] content) {
    return !HarnessFormat.of(content).isEmpty();
  }

  /** What {@code words}, which are the lines of {@code content}, say. */
  public static HarnessLog of(byte[] content, Entries words) {
    return new HarnessReader(words, HarnessFormat.of(content)).read();
  }
}
