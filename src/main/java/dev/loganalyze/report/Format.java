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
  HTML,
  /** For code scanning: SARIF 2.1.0. */
  SARIF,
  /** For the test tab of a CI job: JUnit XML. */
  JUNIT,
  /** Annotations of a GitHub Actions job. */
  GITHUB,
  /** GitLab's code quality report. */
  GITLAB,
  /** Chrome trace events, for about:tracing and Perfetto. */
  TRACE,
  /** A picture of the boots along their time. */
  SVG,
  /** One row a figure, unit, span and stall. */
  CSV;

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
                    "there is no format '"
                        + word
                        + "'; choose one of "
                        + Arrays.stream(values())
                            .map(Format::word)
                            .collect(Collectors.joining(", "))));
  }

  /** Whether it tells the hashes of what was read. */
  public boolean tellsHashes() {
    return switch (this) {
      case JSON, JSONL, MARKDOWN, HTML, SARIF -> true;
      case TEXT, JUNIT, GITHUB, GITLAB, TRACE, SVG, CSV -> false;
    };
  }

  /** The report that writes this format. */
  public Report report(ReportOptions options) {
    return switch (this) {
      case TEXT -> new TextReport(options.screen());
      case JSON -> JsonReport.document(options.unread());
      case JSONL -> JsonReport.lines();
      case MARKDOWN -> new MarkdownReport(options.maxBytes(), options.unread());
      case HTML -> new HtmlReport(options.rules(), options.unread());
      case SARIF -> new SarifReport(options.rules(), options.unread());
      case JUNIT -> new JunitReport(options.rules(), options.budgets(), options.unread());
      case GITHUB -> new GithubReport(options.unread());
      case GITLAB -> new GitlabReport();
      case TRACE -> new TimingTrace();
      case SVG -> new TimingSvg();
      case CSV -> new TimingCsv();
    };
  }
}
