package dev.loganalyze.report;

import java.util.List;
import java.util.Locale;

/** The formats that {@code loganalyze timing} writes. */
public enum TimingFormat {
  /** In the layout of systemd-analyze. */
  TEXT,
  /** A picture of the boot along its time. */
  SVG,
  /** Chrome trace events, for about:tracing and Perfetto. */
  TRACE,
  /** One row a figure, unit, span and stall. */
  CSV,
  /** The whole analysis, as the main command writes it. */
  JSON,
  /** Tables, and a Gantt chart in Mermaid's language. */
  MARKDOWN;

  /** The word on the command line: the name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of this word.
   *
   * @throws IllegalArgumentException when there is none; the message is a sentence for the user
   */
  public static TimingFormat of(String word) {
    return FormatWord.of(word, values(), TimingFormat::word);
  }

  /**
   * The report that writes this format.
   *
   * @param screen what text is laid out for
   */
  public Report report(Screen screen) {
    return switch (this) {
      case TEXT -> new TimingText(screen);
      case SVG -> new TimingSvg();
      case TRACE -> new TimingTrace();
      case CSV -> new TimingCsv();
      case JSON -> JsonReport.document(List.of());
      case MARKDOWN -> new TimingMarkdown();
    };
  }
}
