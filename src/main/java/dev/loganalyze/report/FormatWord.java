package dev.loganalyze.report;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The word behind {@code --format}, for the commands that have formats of their own. */
final class FormatWord {
  private FormatWord() {}

  /**
   * The one of {@code formats} that has this word.
   *
   * @throws IllegalArgumentException when there is none; the message is a sentence for the user
   */
  static <F> F of(String word, F[] formats, Function<F, String> words) {
    return Arrays.stream(formats)
        .filter(format -> words.apply(format).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--format takes "
                        + Arrays.stream(formats).map(words).collect(Collectors.joining(", "))
                        + " here, not '"
                        + word
                        + "'"));
  }
}
