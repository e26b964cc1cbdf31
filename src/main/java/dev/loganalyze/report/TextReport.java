package dev.loganalyze.report;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.Unusual;
import dev.loganalyze.diagnosis.Verdict;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.session.ShellWords;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * For a person at a terminal. Of one run: the verdict, a picture of its phases, each root cause
 * with the lines that show it and what to do, then the rest by weight. Of several: each verdict
 * with its first root cause, and a table of what did not pass.
 *
 * <p>The report's own words are ASCII but for the picture; text of the log is {@link Printable}.
 * Colours follow ECMA-48 SGR and never say what the words do not.
 */
final class TextReport implements Report {
  private static final int EVIDENCE = 4;
  private static final int ROWS = 10;
  private static final int INFOS = 5;

  /** So many lines and subjects of findings that are told together are named. */
  private static final int ALIKE = 4;

  private final Screen screen;

  /** A report for {@code screen}. */
  TextReport(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    Page page = new Page(writer);
    if (runs.size() == 1) {
      page.whole(new Answer(runs.get(0)));
    } else if (runs.size() > 1) {
      for (int i = 0; i < runs.size(); i++) {
        // What passed is one line; the others stand apart.
        if (i > 0 && !(isPassed(runs.get(i - 1)) && isPassed(runs.get(i)))) {
          page.blank();
        }
        page.inShort(new Answer(runs.get(i)));
      }
      page.blank();
      page.table(runs);
    }
    writer.flush();
  }

  private static boolean isPassed(Run run) {
    return run.verdict() == Verdict.PASSED;
  }

  /** The lines of one report on their way out. */
  private final class Page {
    private final Writer out;

    Page(Writer out) {
      this.out = out;
    }

    // ---- one run --------------------------------------------------------------------------------

    void whole(Answer answer) throws IOException {
      Run run = answer.run();
      verdict(answer);
      if (!answer.system().isEmpty()) {
        say(Sgr.DIM, "  ", answer.system(), 2, 1);
      }
      if (run.boots().size() > 1) {
        boots(answer.boots());
      }
      picture(answer);
      causes(answer);
      unusual(answer);
      others(answer);
      suppressed(answer);
      paragraph("Where the time went", answer.stalls());
      details(answer);
    }

    private void verdict(Answer answer) throws IOException {
      Run run = answer.run();
      String sentence = run.name() + ": " + word(run.verdict()) + ", " + answer.story();
      say(Sgr.of(run.verdict()), "", sentence, 2, 4);
    }

    private void boots(List<Answer.Boots> rows) throws IOException {
      for (Answer.Boots row : some(rows, ROWS)) {
        String which =
            row.first() == row.last() ? "boot " + row.first() : row.first() + "-" + row.last();
        String lines = "lines " + row.firstLine() + "-" + row.lastLine();
        say(
            Sgr.PLAIN,
            row.first() == row.last() ? "  " : "  boots ",
            which + " (" + lines + "): reached " + row.reached().word() + "; " + row.end(),
            4,
            2);
      }
      if (rows.size() > ROWS) {
        say(Sgr.DIM, "  ", "and " + (rows.size() - ROWS) + " more changes from boot to boot", 4, 1);
      }
    }

    /** The phases of the last boot by their time, where more than one has any. */
    private void picture(Answer answer) throws IOException {
      TimingWords words = answer.lastTimes().filter(w -> w.parts().size() > 1).orElse(null);
      if (words != null) {
        PhaseBar bar = new PhaseBar(words.parts(), screen.ascii());
        blank();
        put(Sgr.PLAIN, "  " + bar.bar(Math.min(80, screen.width()) - 2));
        say(Sgr.DIM, "  ", words.legend(bar), 2, 3);
      }
    }

    private void causes(Answer answer) throws IOException {
      List<Answer.Cause> causes = answer.causes();
      if (answer.unexplained()) {
        blank();
        say(Sgr.BOLD, "  ", "No root cause found: nothing in this log explains it.", 4, 2);
      }
      for (int i = 0; i < causes.size(); i++) {
        Answer.Cause cause = causes.get(i);
        Finding finding = cause.diagnosed().finding();
        blank();
        say(Sgr.BOLD, "  Root cause: ", finding.title(), 4, 4);
        evidence(answer.run(), finding, EVIDENCE);
        effects(answer.run(), answer.run().rootCauses().get(i));
        if (!cause.collect().isEmpty()) {
          say(Sgr.PLAIN, "    Why is not in this log. To find it: ", cause.collect(), 6, 8);
        }
        if (!finding.advice().isEmpty()) {
          say(Sgr.PLAIN, "    What to do: ", finding.advice(), 6, 12);
        }
        String seen = answer.circumstances(finding);
        String how = finding.severity().word() + (seen.isEmpty() ? "" : ", " + seen);
        say(Sgr.DIM, "    (", how + "; loganalyze explain " + finding.rule().id() + ")", 5, 3);
      }
    }

    /** What followed, step by step, and what else fell with it. */
    private void effects(Run run, Run.RootCause cause) throws IOException {
      Set<String> fell = new LinkedHashSet<>(cause.fell());
      for (String id : effects(cause)) {
        Finding effect = run.finding(id).finding();
        say(Sgr.PLAIN, "    -> ", effect.title() + " (line " + effect.firstLine() + ")", 7, 3);
        fell.remove(effect.subject());
      }
      if (!fell.isEmpty()) {
        say(Sgr.PLAIN, "    With it fell: ", Answer.named(List.copyOf(fell), Answer.FELL), 6, 4);
      }
    }

    private static List<String> effects(Run.RootCause cause) {
      return cause.chain().subList(1, cause.chain().size());
    }

    private void evidence(Run run, Finding finding, int most) throws IOException {
      List<Finding.Evidence> lines = finding.evidence();
      String path = run.inputs().get(finding.input()).path();
      for (Finding.Evidence line : some(lines, most)) {
        quote(path, line.line(), line.text());
      }
    }

    /** A line of the log, with its columns. */
    private void quote(String path, int line, String text) throws IOException {
      String number = "line " + line;
      String all = "    " + number + "  " + screen.shown(text);
      List<String> lines = Lines.fold(all, 6, screen.width(), 2);
      int behind = 4 + number.length();
      String link = screen.links().link(number, path, line);
      put(Sgr.PLAIN, "    " + link + lines.get(0).substring(behind));
      for (String next : lines.subList(1, lines.size())) {
        put(Sgr.PLAIN, next);
      }
    }

    private void unusual(Answer answer) throws IOException {
      List<Unusual.Line> lines = answer.unusual();
      if (lines.isEmpty()) {
        return;
      }
      blank();
      say(Sgr.BOLD, "  ", answer.unusualHeading(), 2, 2);
      if (!answer.lastProgress().isEmpty()) {
        say(Sgr.PLAIN, "    ", answer.lastProgress(), 4, 2);
      }
      String path = answer.run().inputs().get(0).path();
      for (Unusual.Line line : lines) {
        quote(path, line.line(), line.text());
      }
      String from = ShellWords.quoted(path + ":" + lines.get(0).line());
      say(Sgr.DIM, "    ", "A rule of it: loganalyze rules new FAMILY.NAME --from " + from, 6, 4);
    }

    /** What no root cause's chain has told; findings of one rule and weight are one row. */
    private void others(Answer answer) throws IOException {
      Set<String> told = new HashSet<>();
      answer.run().rootCauses().forEach(cause -> told.addAll(effects(cause)));
      List<Finding> others =
          answer.others().stream()
              .filter(f -> !told.contains(f.id()))
              .map(Run.Diagnosed::finding)
              .toList();
      if (others.isEmpty()) {
        return;
      }
      blank();
      say(Sgr.BOLD, "  ", answer.run().rootCauses().isEmpty() ? "Seen" : "Also seen", 2, 1);
      Severity[] severities = Severity.values();
      for (int i = severities.length - 1; i >= 0; i--) {
        Severity severity = severities[i];
        List<Finding> alike = others.stream().filter(f -> f.severity() == severity).toList();
        List<List<Finding>> rows = List.copyOf(byRule(alike));
        int most = severity == Severity.INFO ? INFOS : ROWS;
        for (List<Finding> row : some(rows, most)) {
          row(severity, row);
        }
        if (rows.size() > most) {
          int rest = rows.subList(most, rows.size()).stream().mapToInt(List::size).sum();
          say(Sgr.of(severity), "    ", "and " + Answer.count(severity, rest) + " more", 14, 1);
        }
      }
    }

    private static Collection<List<Finding>> byRule(List<Finding> findings) {
      Map<String, List<Finding>> rules =
          findings.stream()
              .collect(
                  Collectors.groupingBy(
                      f -> f.rule().id(), LinkedHashMap::new, Collectors.toList()));
      return rules.values();
    }

    private void row(Severity severity, List<Finding> alike) throws IOException {
      Finding first = alike.get(0);
      List<String> others =
          alike.stream()
              .map(Finding::subject)
              .filter(s -> !s.isEmpty() && !s.equals(first.subject()))
              .distinct()
              .toList();
      String likewise = others.isEmpty() ? "" : "; likewise " + Answer.named(others, ALIKE);
      List<String> lines = alike.stream().map(f -> "" + f.firstLine()).distinct().toList();
      String where = (lines.size() == 1 ? "line " : "lines ") + Answer.named(lines, ALIKE);
      boolean again = alike.size() == 1 && first.occurrences() > 1;
      String times = again ? ", " + first.occurrences() + " times" : "";
      String source = " (" + first.rule().id() + ", " + where + times + ")";
      // The words give way, so that the rule and the lines are there whole.
      String words = screen.shown((first.title() + likewise).replace('\n', ' '));
      String room = Lines.cut(words, 2 * (screen.width() - 14) - 8);
      say(Sgr.of(severity), "    " + padded(severity.word(), 8) + "  ", room + source);
    }

    private void suppressed(Answer answer) throws IOException {
      List<Run.Diagnosed> suppressed = answer.suppressed();
      if (!suppressed.isEmpty()) {
        blank();
        say(Sgr.BOLD, "  ", "Accepted, and not counted", 2, 1);
        for (Run.Diagnosed known : some(suppressed, ROWS)) {
          Finding finding = known.finding();
          String place = " (" + finding.rule().id() + ", line " + finding.firstLine() + "): ";
          say(Sgr.DIM, "    ", finding.title() + place + known.suppressed(), 14, 4);
        }
        if (suppressed.size() > ROWS) {
          say(Sgr.DIM, "    ", "and " + (suppressed.size() - ROWS) + " more", 14, 1);
        }
      }
    }

    private void paragraph(String heading, List<String> sentences) throws IOException {
      if (!sentences.isEmpty()) {
        blank();
        say(Sgr.BOLD, "  ", heading, 2, 1);
        for (String sentence : sentences) {
          say(Sgr.PLAIN, "    ", sentence, 6, 6);
        }
      }
    }

    /** What helps to find one's way in the log. */
    private void details(Answer answer) throws IOException {
      Run run = answer.run();
      boolean passed = isPassed(run);
      boolean phased = run.boots().size() == 1 && run.boots().get(0).phases().size() > 1;
      List<String> lines = new ArrayList<>();
      lines.add(answer.told());
      lines.add(label("Command line: ", passed ? "" : answer.commandLine()));
      lines.add(label("Lines: ", passed || !phased ? "" : phases(run.boots().get(0))));
      for (Answer.Talk talk : some(answer.talks(), ROWS)) {
        String commands = talk.commands() == 1 ? " command" : " commands";
        lines.add("Session, " + talk.heading() + ", " + talk.commands() + commands);
      }
      lines.addAll(some(answer.views(), ROWS));
      lines.addAll(some(answer.omissions(), ROWS));
      lines.removeIf(String::isEmpty);
      if (!lines.isEmpty()) {
        blank();
      }
      for (String line : lines) {
        say(Sgr.DIM, "  ", line, 4, 4);
      }
    }

    private static String label(String label, String text) {
      return text.isEmpty() ? "" : label + text;
    }

    private static <T> List<T> some(List<T> all, int most) {
      return all.subList(0, Math.min(most, all.size()));
    }

    private static String phases(Boot boot) {
      return boot.phases().stream()
          .map(
              p -> {
                String took = Answer.duration(p);
                String lines = p.kind().word() + " " + p.firstLine() + "-" + p.lastLine();
                return took.isEmpty() ? lines : lines + " (" + took + ")";
              })
          .collect(Collectors.joining(" | "));
    }

    // ---- several runs ---------------------------------------------------------------------------

    void inShort(Answer answer) throws IOException {
      verdict(answer);
      if (isPassed(answer.run())) {
        return;
      }
      List<Answer.Cause> causes = answer.causes();
      if (!causes.isEmpty()) {
        Finding finding = causes.get(0).diagnosed().finding();
        say(Sgr.BOLD, "  Root cause: ", finding.title(), 4, 3);
        evidence(answer.run(), finding, 1);
        if (!finding.advice().isEmpty()) {
          say(Sgr.PLAIN, "    What to do: ", finding.advice(), 6, 3);
        }
      }
      if (causes.size() > 1) {
        int more = causes.size() - 1;
        say(Sgr.PLAIN, "  ", "and " + more + " more root cause" + (more == 1 ? "" : "s"), 4, 1);
      }
    }

    void table(List<Run> runs) throws IOException {
      String folder = folder(runs);
      List<Run> rows = runs.stream().filter(r -> !isPassed(r)).toList();
      int names =
          rows.stream()
              .mapToInt(r -> Lines.columns(screen.shown(r.name().substring(folder.length()))))
              .max()
              .orElse(0);
      int column = Math.min(names, (screen.width() - 16) / 2);
      say(Sgr.BOLD, "", Answer.tally(runs) + (folder.isEmpty() ? "" : "; in " + folder), 2, 2);
      for (Run run : rows) {
        String name = screen.shown(run.name().substring(folder.length()));
        String row =
            "  "
                + padded(word(run.verdict()), 10)
                + "  "
                + padded(Lines.cut(name, column), column)
                + "  "
                + screen.shown(reason(run).replace('\n', ' '));
        put(Sgr.of(run.verdict()), Lines.cut(row, screen.width()));
      }
      if (!rows.isEmpty()) {
        say(
            Sgr.DIM,
            "",
            "loganalyze " + ShellWords.quoted(rows.get(0).name()) + " tells all of that run.",
            2,
            2);
      }
    }

    private static String reason(Run run) {
      return run.rootCauses().isEmpty()
          ? new Answer(run).story()
          : run.finding(run.rootCauses().get(0).id()).finding().title();
    }

    private static String padded(String text, int columns) {
      return text + " ".repeat(Math.max(0, columns - Lines.columns(text)));
    }

    /** The folder, with its slash, that all names begin with; or empty. */
    private static String folder(List<Run> runs) {
      String common = runs.get(0).name();
      for (Run run : runs) {
        int same = 0;
        int most = Math.min(common.length(), run.name().length());
        while (same < most && common.charAt(same) == run.name().charAt(same)) {
          same++;
        }
        common = common.substring(0, same);
      }
      return common.substring(0, common.lastIndexOf('/') + 1);
    }

    // ---- lines ----------------------------------------------------------------------------------

    private void say(String style, String first, String text) throws IOException {
      say(style, first, text, first.length(), 4);
    }

    /** Wraps {@code text} behind {@code first}; see {@link Lines#wrap}. */
    private void say(String style, String first, String text, int next, int most)
        throws IOException {
      String shown = screen.shown(text.replace('\n', ' '));
      for (String line : Lines.wrap(shown, first, next, screen.width(), most)) {
        put(style, line);
      }
    }

    private void put(String style, String text) throws IOException {
      String said = Printable.line(text);
      String line = said.length() > text.length() ? Lines.cut(said, screen.width()) : said;
      out.write(screen.colour() && !style.isEmpty() ? style + line + Sgr.RESET : line);
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
}
