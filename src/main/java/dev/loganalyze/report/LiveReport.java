package dev.loganalyze.report;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is new in a run that is not over: each phase and each finding from warning on, once, in a
 * line of its own. What follows from the end of a log is left to the verdict, since this log has
 * not ended.
 */
public final class LiveReport {
  private final Screen screen;
  private final OutputStream out;
  private final Set<String> told = new HashSet<>();
  private Severity worst;

  /** Tells {@code out}, in UTF-8. */
  public LiveReport(Screen screen, OutputStream out) {
    this.screen = screen;
    this.out = out;
  }

  /**
   * A line.
   *
   * @param line 1-based line of the log it stands for
   * @param micros when, on the boot's clock, or {@code Entry.NO_TIME}
   * @param style SGR sequence or empty
   * @param word the phase or the severity
   * @param text what is said of it
   */
  private record News(int line, long micros, String style, String word, String text) {}

  /** Tells what {@code run} has that was not told before. */
  public void tell(Run run) throws IOException {
    List<News> news = new ArrayList<>();
    run.boots().forEach(boot -> phases(run, boot, news));
    for (Run.Diagnosed diagnosed : run.findings()) {
      Finding finding = diagnosed.finding();
      if (!diagnosed.isSuppressed()
          && finding.severity().compareTo(Severity.WARNING) >= 0
          && !isOfTheEnd(finding)
          && isNew(finding)) {
        news.add(news(finding));
        worst =
            worst == null || finding.severity().compareTo(worst) > 0 ? finding.severity() : worst;
      }
    }
    news.sort(Comparator.comparingInt(News::line));
    for (News one : news) {
      write(one);
    }
    out.flush();
  }

  /** The heaviest finding that was told; null when none was. */
  public Severity worst() {
    return worst;
  }

  private void phases(Run run, Boot boot, List<News> news) {
    for (Phase phase : boot.phases()) {
      if (told.add(boot.index() + " " + phase.kind())) {
        boolean first = phase.firstLine() == boot.phases().get(0).firstLine();
        String which = first && run.boots().size() > 1 ? "boot " + boot.index() + ", " : "";
        String what = phase.kind() == Phase.Kind.KERNEL ? boot.kernelVersion() + ", " : "";
        news.add(
            new News(
                phase.firstLine(),
                phase.start(),
                Sgr.BOLD,
                phase.kind().word(),
                which + (what.equals(", ") ? "" : what) + "line " + phase.firstLine()));
      }
    }
  }

  private static News news(Finding finding) {
    return new News(
        finding.firstLine(),
        finding.micros(),
        Sgr.of(finding.severity()),
        finding.severity().word(),
        finding.title() + " (" + finding.rule().id() + ", line " + finding.firstLine() + ")");
  }

  /** Later lines may name a subject in full, but it stays where it was first seen. */
  private boolean isNew(Finding finding) {
    String fault = finding.boot() + " " + finding.rule().id() + " ";
    boolean subject = told.add(fault + finding.subject());
    boolean line = told.add(fault + "line " + finding.firstLine());
    return subject && line;
  }

  private static boolean isOfTheEnd(Finding finding) {
    return finding.rule().match().stream()
        .anyMatch(match -> match.observed() != null && match.observed().isOfTheEnd());
  }

  private void write(News news) throws IOException {
    String time = news.micros() == Entry.NO_TIME ? "" : Seconds.rounded(news.micros());
    String first = String.format(Locale.ROOT, "%12s  %-9s  ", time, news.word());
    String text = screen.shown(news.text().replace('\n', ' '));
    StringBuilder lines = new StringBuilder();
    for (String line : Lines.wrap(text, first, first.length(), screen.width(), 3)) {
      String said = Lines.cut(Printable.line(line), screen.width());
      lines.append(screen.colour() ? news.style() + said + Sgr.RESET : said).append('\n');
    }
    out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
