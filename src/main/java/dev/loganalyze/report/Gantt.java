package dev.loganalyze.report;

import dev.loganalyze.boot.Unit;
import dev.loganalyze.parse.Timespan;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Instant;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Step;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The times of a boot as a Gantt chart in Mermaid's language, and as bars of block characters for
 * readers that do not draw it.
 *
 * <p>That language has no quotes: of names only letters, digits and what unit names have is left.
 * Times are whole milliseconds from the first, as decimals confuse its axis.
 *
 * @see <a href="https://mermaid.js.org/syntax/gantt.html">Mermaid: Gantt diagrams</a>
 */
public final class Gantt {
  /** A person reads no longer chart. */
  private static final int MOST_BARS = 25;

  private static final int MOST_STALLS = 4;

  private static final int LONGEST_NAME = 60;

  /** Columns of the bars of block characters. */
  private static final int COLUMNS = 48;

  private final TimingWords words;
  private final List<Task> tasks = new ArrayList<>();
  private long zero;
  private long end;

  /** A bar: its section, and Mermaid's tag for how it went. */
  private record Task(String section, String name, String tag, Instant start, Instant end) {
    private Task {
      name = plain(name) + " " + Timespan.format(Math.max(0, end.micros() - start.micros()));
    }
  }

  Gantt(Timing timing) {
    this.words = new TimingWords(timing);
    for (Figure part : words.parts()) {
      add("phases", part.name(), "done, ", part.start(), part.end());
    }
    if (!isEmpty()) {
      stalls();
      units(timing);
      zero = tasks.stream().mapToLong(t -> t.start().micros()).min().orElse(0);
      end = tasks.stream().mapToLong(t -> t.end().micros()).max().orElse(0);
    }
  }

  private void add(String section, String name, String tag, Instant start, Instant end) {
    tasks.add(new Task(section, name, tag, start, end));
  }

  private void stalls() {
    words.stalls().stream()
        .filter(s -> s.start().isKnown() && s.end().isKnown())
        .limit(MOST_STALLS)
        .sorted(Comparator.comparingLong((Stall s) -> s.start().micros()))
        .forEach(s -> add("stalls", Timeline.name(s), "active, ", s.start(), s.end()));
  }

  /** The critical chain, what failed, and the longest of the others. */
  private void units(Timing timing) {
    Set<String> chain = new HashSet<>();
    timing.chain().stream().map(Step::name).forEach(chain::add);
    Comparator<UnitTime> telling =
        Comparator.comparing((UnitTime u) -> !chain.contains(u.name()))
            .thenComparing(u -> u.result() == Unit.Result.DONE)
            .thenComparing(u -> -u.running());
    words.blame().stream()
        .sorted(telling)
        .limit(Math.max(0, MOST_BARS - tasks.size()))
        .sorted(
            Comparator.comparing((UnitTime u) -> !chain.contains(u.name()))
                .thenComparingLong(u -> u.started().micros()))
        .forEach(
            u ->
                add(
                    chain.contains(u.name()) ? "critical chain" : "units",
                    u.name(),
                    u.result() == Unit.Result.DONE ? "" : "crit, ",
                    u.started(),
                    u.finished()));
  }

  /** Whether no times are known. */
  public boolean isEmpty() {
    return tasks.isEmpty();
  }

  private static String plain(String name) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(name.length(), LONGEST_NAME); i++) {
      char c = name.charAt(i);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "._@/-".indexOf(c) >= 0);
      shown.append(plain ? c : '_');
    }
    return shown.toString();
  }

  /** The lines of the chart. */
  public List<String> mermaid() {
    List<String> chart = new ArrayList<>();
    chart.add("gantt");
    chart.add("    dateFormat x");
    chart.add("    axisFormat %M:%S");
    String section = "";
    for (Task task : tasks) {
      if (!task.section().equals(section)) {
        section = task.section();
        chart.add("    section " + section);
      }
      long from = (task.start().micros() - zero) / 1000;
      long to = Math.max(from + 1, (task.end().micros() - zero) / 1000);
      chart.add("    " + task.name() + " :" + task.tag() + from + ", " + to);
    }
    return chart;
  }

  /** The same as text: a bar of block characters and a name in each line. */
  public List<String> bars() {
    List<String> bars = new ArrayList<>();
    long whole = Math.max(1, end - zero);
    for (Task task : tasks) {
      int from = (int) ((task.start().micros() - zero) * COLUMNS / whole);
      int to = (int) ((task.end().micros() - zero) * COLUMNS / whole);
      int width = Math.max(1, to - from);
      from = Math.min(from, COLUMNS - width);
      String block = task.tag().equals("crit, ") ? "\u2593" : "\u2588";
      String after = " ".repeat(COLUMNS - from - width + 1);
      bars.add(" ".repeat(from) + block.repeat(width) + after + task.name());
    }
    return bars;
  }
}
