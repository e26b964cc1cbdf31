package dev.loganalyze.report;

import dev.loganalyze.rules.Rule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All that is known of one rule, for a person at a terminal who met a finding of it. */
public final class Explanation {
  private static final int PARAGRAPH = 40;

  private final Writer out;
  private final Screen screen;

  private Explanation(OutputStream out, Screen screen) {
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    this.screen = screen;
  }

  /**
   * Writes what {@code rule} means and what to do, in UTF-8.
   *
   * @param all all rules, for what may have caused it
   */
  public static void write(Rule rule, List<Rule> all, Screen screen, OutputStream out)
      throws IOException {
    Explanation page = new Explanation(out, screen);
    page.rule(rule, all);
    page.out.flush();
  }

  private void rule(Rule rule, List<Rule> all) throws IOException {
    bold(headline(rule).isEmpty() ? rule.id() : rule.id() + ": " + headline(rule));
    say("  ", "Severity: " + severity(rule));
    out.write('\n');
    say("  ", rule.explain());
    section("What to do", List.of(rule.advice()));
    section("When nothing else explains it, save", List.of(rule.collect()));
    rules("May cause", all.stream().filter(r -> rule.mayCause(r.id())).toList());
    rules("May be caused by", all.stream().filter(r -> r.mayCause(rule.id())).toList());
    section("No cause for worry", rule.falsepositives());
    quote("Seen as", examples(rule, true));
    quote("Not taken for it", examples(rule, false));
    section("Read on", rule.references());
  }

  /** What its findings say; empty where that is nothing but what the log says. */
  private static String headline(Rule rule) {
    return rule.headline().matches("<\\w+>") ? "" : rule.headline();
  }

  /** As in {@code error; warning in a session; info once a login was reached}. */
  private static String severity(Rule rule) {
    List<String> words = new ArrayList<>();
    words.add(rule.severity().word());
    rule.severities()
        .forEach((where, severity) -> words.add(severity.word() + " " + circumstance(where)));
    return String.join("; ", words);
  }

  private static String circumstance(String where) {
    return where.equals(Rule.REACHED_LOGIN)
        ? "where the boot came to a login"
        : "in phase " + where;
  }

  private static List<String> examples(Rule rule, boolean found) {
    return rule.cases().stream()
        .filter(one -> one.finds().isEmpty() != found)
        .flatMap(one -> one.log().lines())
        .toList();
  }

  private void rules(String heading, List<Rule> rules) throws IOException {
    int column = rules.stream().mapToInt(r -> r.id().length()).max().orElse(0);
    heading(heading, rules);
    for (Rule rule : rules) {
      String id = String.format(Locale.ROOT, "  %-" + column + "s  ", rule.id());
      line(id + headline(rule));
    }
  }

  private void section(String heading, List<String> paragraphs) throws IOException {
    List<String> some = paragraphs.stream().filter(p -> !p.isBlank()).toList();
    heading(heading, some);
    for (String paragraph : some) {
      say("  ", paragraph);
    }
  }

  /** Lines of logs, with their columns. */
  private void quote(String heading, List<String> lines) throws IOException {
    heading(heading, lines);
    for (String text : lines) {
      line("  " + text);
    }
  }

  private void heading(String heading, List<?> below) throws IOException {
    if (!below.isEmpty()) {
      out.write('\n');
      bold(heading);
    }
  }

  private void bold(String text) throws IOException {
    for (String line : Lines.wrap(screen.shown(text), "", 2, screen.width(), PARAGRAPH)) {
      String said = Printable.line(line);
      out.write(screen.colour() ? Sgr.BOLD + said + Sgr.RESET + "\n" : said + "\n");
    }
  }

  private void say(String indent, String text) throws IOException {
    String words = screen.shown(text.strip().replace('\n', ' '));
    for (String line : Lines.wrap(words, indent, indent.length(), screen.width(), PARAGRAPH)) {
      out.write(Printable.line(line) + "\n");
    }
  }

  private void line(String text) throws IOException {
    String said = Printable.line(screen.shown(text));
    out.write(Lines.cut(said, screen.width()).stripTrailing() + "\n");
  }
}
