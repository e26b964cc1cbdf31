package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.history.Comparison;
import dev.loganalyze.history.RunRecord;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.timing.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Several runs side by side. Nothing in it is escaped.
 *
 * @param pages the runs, in order
 */
public record Overview(List<Page> pages) {
  /** A table of more columns than these is read by nobody. */
  private static final int MOST_RUNS = 16;

  /**
   * The times of a run, drawn to the scale of the longest.
   *
   * @param took all of it, for a person; empty when no times are known
   */
  public record Bar(Page page, List<Part> parts, String took) {}

  /** A part of a {@link Bar}; places are percentages. */
  public record Part(String name, String x, String width, String took) {}

  /**
   * A finding that some runs have.
   *
   * @param anchors for each run the id of its finding, or empty
   */
  public record Shared(String title, String rule, String severity, List<String> anchors) {}

  /** How many runs have each verdict. */
  public String tally() {
    return Answer.tally(pages.stream().map(Page::run).toList());
  }

  /** The last boot of each run along one scale. */
  public List<Bar> bars() {
    long longest = pages.stream().mapToLong(p -> whole(parts(p))).max().orElse(0);
    List<Bar> bars = new ArrayList<>();
    for (Page page : pages) {
      List<Part> parts = new ArrayList<>();
      long before = 0;
      for (Figure figure : parts(page)) {
        parts.add(
            new Part(
                figure.name(),
                Page.percent(before, longest),
                Page.percent(figure.duration(), longest),
                Seconds.rounded(figure.duration())));
        before += figure.duration();
      }
      bars.add(new Bar(page, parts, before == 0 ? "" : Seconds.rounded(before)));
    }
    return bars;
  }

  private static List<Figure> parts(Page page) {
    List<Page.BootView> boots = page.boots();
    TimingWords words = boots.isEmpty() ? null : boots.get(boots.size() - 1).words();
    return words == null ? List.of() : words.parts();
  }

  private static long whole(List<Figure> parts) {
    return parts.stream().mapToLong(Figure::duration).sum();
  }

  /** Whether so few runs are there that a column for each can be read. */
  public boolean isTable() {
    return pages.size() > 1 && pages.size() <= MOST_RUNS;
  }

  /** The findings of weight, the heaviest and most frequent first. */
  public List<Shared> findings() {
    Map<String, Shared> shared = new LinkedHashMap<>();
    for (int i = 0; i < pages.size(); i++) {
      for (Run.Diagnosed diagnosed : pages.get(i).run().findings()) {
        Severity severity = diagnosed.finding().severity();
        if (severity.compareTo(Severity.WARNING) >= 0 && !diagnosed.isSuppressed()) {
          String title = diagnosed.finding().title();
          String rule = diagnosed.finding().rule().id();
          Shared one =
              shared.computeIfAbsent(
                  diagnosed.signature() + title,
                  s -> new Shared(title, rule, severity.word(), blanks()));
          one.anchors().set(i, pages.get(i).prefix() + "finding-" + diagnosed.id());
        }
      }
    }
    return shared.values().stream()
        .sorted(
            Comparator.comparing((Shared s) -> s.severity().equals("warning"))
                .thenComparingLong(s -> s.anchors().stream().filter(String::isEmpty).count()))
        .toList();
  }

  private List<String> blanks() {
    return new ArrayList<>(IntStream.range(0, pages.size()).mapToObj(i -> "").toList());
  }

  /** What changed from the first run to the second where there are two; else null. */
  public ComparisonWords change() {
    if (pages.size() != 2) {
      return null;
    }
    List<RunRecord> both = pages.stream().map(p -> RunRecord.of(p.run(), "")).toList();
    return new ComparisonWords(Comparison.of(both.subList(0, 1), both.subList(1, 2)));
  }
}
