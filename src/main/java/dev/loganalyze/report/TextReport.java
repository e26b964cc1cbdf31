package dev.loganalyze.report;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.Unusual;
import dev.loganalyze.diagnosis.Verdict;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Severity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * For a person at a terminal: the verdict, the root causes, then the rest by weight.
 *
 * <p>The report's own words are ASCII; text of the log is {@link Printable}. Colours follow ECMA-48
 * SGR and never say what the words do not.
 */
final class TextReport implements Report {
  private static final int NARROWEST = 40;
  private static final int EVIDENCE = 4;
  private static final int ROWS = 10;
  private static final int INFOS = 5;

  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[1;31m";
  private static final String GREEN = "\u001b[1;32m";
  private static final String YELLOW = "\u001b[1;33m";
  private static final String CYAN = "\u001b[36m";
  private static final String PLAIN = "";

  private final int width;
  private final boolean colour;

  /**
   * A report of this shape.
   *
   * @param width columns no line exceeds; less than 40 is taken as 40
   * @param colour whether lines may carry SGR sequences
   */
  TextReport(int width, boolean colour) {
    this.width = Math.max(width, NARROWEST);
    this.colour = colour;
  }

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    Page page = new Page(writer);
    boolean first = true;
    for (Run run : runs) {
      if (!first) {
        page.blank();
      }
      first = false;
      page.run(new Answer(run));
    }
    if (runs.size() > 1) {
      page.blank();
      page.summary(runs);
    }
    writer.flush();
  }

  /** The lines of one report on their way out. */
  private final class Page {
    private final Writer out;

    Page(Writer out) {
      this.out = out;
    }

    void run(Answer answer) throws IOException {
      Run run = answer.run();
      say(
          style(run.verdict()),
          "",
          run.name() + ": " + word(run.verdict()) + ", " + answer.story(),
          2,
          4);
      if (!answer.system().isEmpty()) {
        say(DIM, "  ", answer.system(), 2, 1);
      }
      if (run.verdict() != Verdict.PASSED && !answer.commandLine().isEmpty()) {
        say(DIM, "  Command line: ", answer.commandLine(), 4, 2);
      }
      if (run.boots().size() > 1) {
        boots(answer.boots());
      }
      causes(answer);
      others(answer);
      suppressed(answer);
      unusual(answer);
      views(answer);
      talks(answer.talks());
      if (run.boots().size() == 1 && run.verdict() != Verdict.PASSED) {
        phases(run.boots().get(0));
      }
      times(answer);
    }

    private void times(Answer answer) throws IOException {
      List<String> times = answer.times();
      if (!times.isEmpty()) {
        blank();
      }
      for (String time : times) {
        say(DIM, "  ", time, 4, 6);
      }
    }

    private void views(Answer answer) throws IOException {
      if (!answer.views().isEmpty()) {
        blank();
        for (String view : answer.views().subList(0, Math.min(ROWS, answer.views().size()))) {
          say(DIM, "  ", view, 4, 3);
        }
      }
    }

    private void talks(List<Answer.Talk> talks) throws IOException {
      if (!talks.isEmpty()) {
        blank();
      }
      for (Answer.Talk talk : talks.subList(0, Math.min(ROWS, talks.size()))) {
        String commands = talk.commands() == 1 ? " command" : " commands";
        say(DIM, "  Session, ", talk.heading() + ", " + talk.commands() + commands, 4, 2);
      }
    }

    private void boots(List<Answer.Boots> rows) throws IOException {
      for (Answer.Boots row : rows.subList(0, Math.min(ROWS, rows.size()))) {
        String which =
            row.first() == row.last() ? "boot " + row.first() : row.first() + "-" + row.last();
        String lines = "lines " + row.firstLine() + "-" + row.lastLine();
        say(
            PLAIN,
            row.first() == row.last() ? "  " : "  boots ",
            which + " (" + lines + "): reached " + row.reached().word() + "; " + row.end(),
            4,
            2);
      }
      if (rows.size() > ROWS) {
        say(DIM, "  ", "and " + (rows.size() - ROWS) + " more changes from boot to boot", 4, 1);
      }
    }

    private void causes(Answer answer) throws IOException {
      List<Answer.Cause> causes = answer.causes();
      if (answer.unexplained()) {
        blank();
        say(BOLD, "  ", "No root cause found: nothing in this log explains it.", 4, 2);
      }
      for (Answer.Cause cause : causes.subList(0, Math.min(ROWS, causes.size()))) {
        Finding finding = cause.diagnosed().finding();
        blank();
        say(BOLD, "  Root cause: ", finding.title(), 4, 4);
        if (!cause.chain().isEmpty()) {
          say(PLAIN, "    ", cause.chain().replace("→", "->"), 7, 6);
        }
        evidence(finding);
        if (!cause.fell().isEmpty()) {
          say(PLAIN, "    With it fell: ", cause.fell(), 6, 4);
        }
        if (!cause.collect().isEmpty()) {
          say(PLAIN, "    Why is not in this log. To find it: ", cause.collect(), 6, 8);
        }
        if (!finding.advice().isEmpty()) {
          say(PLAIN, "    What to do: ", finding.advice(), 6, 12);
        }
        String seen = answer.circumstances(finding);
        String rule = finding.rule().id() + ", " + finding.severity().word();
        say(DIM, "    (", seen.isEmpty() ? rule + ")" : rule + ", " + seen + ")", 5, 2);
      }
      if (causes.size() > ROWS) {
        blank();
        say(BOLD, "  ", "and " + (causes.size() - ROWS) + " more root causes", 4, 1);
      }
    }

    private void evidence(Finding finding) throws IOException {
      List<Finding.Evidence> lines = finding.evidence();
      for (Finding.Evidence line : lines.subList(0, Math.min(EVIDENCE, lines.size()))) {
        // Cut, not wrapped: a log line keeps its columns.
        String number = "    line " + line.line() + "  ";
        put(PLAIN, Lines.cut(number + Printable.text(line.text()), width));
      }
    }

    private void others(Answer answer) throws IOException {
      List<Run.Diagnosed> others = answer.others();
      if (others.isEmpty()) {
        return;
      }
      blank();
      say(BOLD, "  ", answer.run().rootCauses().isEmpty() ? "Seen" : "Also seen", 2, 1);
      Severity[] severities = Severity.values();
      for (int i = severities.length - 1; i >= 0; i--) {
        Severity severity = severities[i];
        List<Run.Diagnosed> alike =
            others.stream().filter(f -> f.finding().severity() == severity).toList();
        boolean folded = severity == Severity.INFO && alike.size() > INFOS;
        int shown = folded ? 0 : Math.min(ROWS, alike.size());
        for (Run.Diagnosed diagnosed : alike.subList(0, shown)) {
          Finding finding = diagnosed.finding();
          String place = String.format(Locale.ROOT, "%-8s  ", severity.word());
          String times = finding.occurrences() > 1 ? ", " + finding.occurrences() + " times" : "";
          String source =
              " (" + finding.rule().id() + ", line " + finding.firstLine() + times + ")";
          // The title gives way, so that the rule and the line are there whole.
          String title = Lines.cut(Printable.text(finding.title()), 2 * (width - 14) - 8);
          say(style(severity), "    " + place, title + source, 14, 4);
        }
        if (alike.size() > shown) {
          String more = shown == 0 ? "" : "and ";
          String count = Answer.count(severity, alike.size() - shown);
          say(style(severity), "    ", more + count + (shown == 0 ? "" : " more"), 14, 1);
        }
      }
    }

    private void unusual(Answer answer) throws IOException {
      List<Unusual.Line> lines = answer.unusual();
      if (lines.isEmpty()) {
        return;
      }
      blank();
      say(BOLD, "  ", answer.unusualHeading(), 2, 2);
      if (!answer.lastProgress().isEmpty()) {
        say(PLAIN, "    ", answer.lastProgress(), 4, 2);
      }
      for (Unusual.Line line : lines) {
        String number = "    line " + line.line() + "  ";
        put(PLAIN, Lines.cut(number + Printable.text(line.text()), width));
      }
      String from = answer.run().inputs().get(0).path() + ":" + lines.get(0).line();
      say(DIM, "    ", "A rule of it: loganalyze rules new FAMILY.NAME --from " + from, 6, 4);
    }

    private void suppressed(Answer answer) throws IOException {
      List<Run.Diagnosed> suppressed = answer.suppressed();
      if (!suppressed.isEmpty()) {
        blank();
        say(BOLD, "  ", "Accepted, and not counted", 2, 1);
        for (Run.Diagnosed known : suppressed.subList(0, Math.min(ROWS, suppressed.size()))) {
          Finding finding = known.finding();
          String place = " (" + finding.rule().id() + ", line " + finding.firstLine() + "): ";
          say(DIM, "    ", finding.title() + place + known.suppressed(), 14, 4);
        }
        if (suppressed.size() > ROWS) {
          say(DIM, "    ", "and " + (suppressed.size() - ROWS) + " more", 14, 1);
        }
      }
    }

    private void phases(Boot boot) throws IOException {
      if (boot.phases().size() < 2) {
        return;
      }
      blank();
      String phases =
          boot.phases().stream()
              .map(
                  p -> {
                    String took = Answer.duration(p);
                    String lines = p.kind().word() + " " + p.firstLine() + "-" + p.lastLine();
                    return took.isEmpty() ? lines : lines + " (" + took + ")";
                  })
              .collect(Collectors.joining(" | "));
      say(DIM, "  Lines: ", phases, 9, 6);
    }

    void summary(List<Run> runs) throws IOException {
      say(BOLD, "", Answer.tally(runs), 2, 2);
      for (Run run : runs) {
        if (run.verdict() != Verdict.PASSED) {
          String why =
              run.rootCauses().isEmpty()
                  ? new Answer(run).story()
                  : run.finding(run.rootCauses().get(0).id()).finding().title();
          String word = String.format(Locale.ROOT, "  %-10s  ", word(run.verdict()));
          say(style(run.verdict()), word, run.name() + ": " + why, 14, 2);
        }
      }
    }

    /** Wraps {@code text} behind {@code first}; see {@link Lines#wrap}. */
    private void say(String style, String first, String text, int next, int most)
        throws IOException {
      String shown = Printable.text(text.replace('\n', ' '));
      for (String line : Lines.wrap(shown, first, next, width, most)) {
        put(style, line);
      }
    }

    private void put(String style, String text) throws IOException {
      int begin = 0;
      while (begin < text.length() && text.charAt(begin) == ' ') {
        begin++;
      }
      // A CI job would take a line that begins with "::" for a command of its own.
      String line =
          begin > 0 && text.startsWith("::", begin)
              ? text.substring(0, begin - 1) + "\\" + text.substring(begin)
              : text;
      out.write(colour && !style.isEmpty() ? style + line + RESET : line);
      out.write('\n');
    }

    void blank() throws IOException {
      out.write('\n');
    }
  }

  /** Bad news in capitals, so that it stands out without colour. */
  private static String word(Verdict verdict) {
    return verdict == Verdict.PASSED ? verdict.word() : verdict.name();
  }

  private static String style(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> GREEN;
      case FAILED -> RED;
      case DEGRADED, INCOMPLETE, UNKNOWN -> YELLOW;
    };
  }

  private static String style(Severity severity) {
    return switch (severity) {
      case CRITICAL, ERROR -> RED;
      case WARNING -> YELLOW;
      case INFO -> CYAN;
    };
  }
}
