package dev.loganalyze.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats a report can have, by the names that {@code --format} takes. */
public enum Format {
  /** For a person at a terminal. */
  TEXT,
  /** One JSON document with all runs. */
  JSON,
  /** One JSON object a run, each on its own line. */
  JSONL,
  /** For a job page or an issue. */
  MARKDOWN,
  /** One page that needs nothing else. */
  HTML;

  /** The word on the command line: the name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of this word.
   *
   * @throws IllegalArgumentException when there is none; the message is a sentence for the user
   */
  public static Format of(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no format '"
                        + word
                        + "'; choose one of "
                        + Arrays.stream(values())
                            .map(Format::word)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  /**
   * The report that writes this format.
   *
   * @param width columns of the terminal; only text asks for it
   * @param colour whether text may carry colours; only text asks for it
   */
  public Report report(int width, boolean colour) {
    return switch (this) {
      case TEXT -> new TextReport(width, colour);
      case JSON -> JsonReport.document();
      case JSONL -> JsonReport.lines();
      case MARKDOWN -> new MarkdownReport();
      case HTML -> new HtmlReport();
    };
  }
}
