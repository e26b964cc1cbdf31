package dev.loganalyze.diagnosis;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Ended;
import dev.loganalyze.boot.Reached;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where somebody waits for a boot to come.
 *
 * @param place how far it shall come
 */
public record Goal(Reached place) {

  /**
   * The goal of this word: {@code kernel}, {@code userspace}, {@code login}, …
   *
   * @throws IllegalArgumentException when there is none; the message is for the user
   */
  public static Goal of(String word) {
    return Arrays.stream(Reached.values())
        .filter(place -> place.word().equals(word))
        .findFirst()
        .map(Goal::new)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--until takes " + String.join(", ", words()) + ", not '" + word + "'"));
  }

  /** The words that {@link #of} takes, the nearest first. */
  public static List<String> words() {
    return Arrays.stream(Reached.values()).map(Reached::word).collect(Collectors.toList());
  }

  /** Its word. */
  public String word() {
    return place.word();
  }

  /** Whether the last boot of {@code run} came so far. */
  public boolean isReached(Run run) {
    Boot last = last(run);
    return last != null && last.reached().compareTo(place) >= 0;
  }

  /** Whether the last boot of {@code run} is over: nobody need wait for it any more. */
  public boolean isMissed(Run run) {
    Boot last = last(run);
    return last != null
        && !isReached(run)
        && (last.ended() == Ended.PANIC || last.ended() == Ended.POWEROFF);
  }

  /** Whether it is where a boot goes, and not a place on the way. */
  public boolean isTheEnd() {
    return place.compareTo(Reached.LOGIN) >= 0;
  }

  private static Boot last(Run run) {
    return run.boots().isEmpty() ? null : run.boots().get(run.boots().size() - 1);
  }
}
