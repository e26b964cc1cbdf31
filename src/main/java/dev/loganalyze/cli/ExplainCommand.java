package dev.loganalyze.cli;

import dev.loganalyze.report.Explanation;
import dev.loganalyze.report.Printable;
import dev.loganalyze.rules.Rule;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What a finding means, by the id of its rule. */
@Command(
    name = "explain",
    sortOptions = false,
    description = "Tell what a finding means, what to do, and what it may cause.",
    footer =
        """

        Examples:
          # What a report named
          $ loganalyze explain systemd.device-timeout
          # The beginning will do
          $ loganalyze explain storage.fl""")
final class ExplainCommand implements Callable<Integer> {
  private static final int SUGGESTIONS = 5;

  private final OutputStream out;
  private final PrintStream err;
  private final Tty tty;

  @Parameters(
      paramLabel = "ID",
      completionCandidates = Words.Rules.class,
      description = "As a report names it: systemd.device-timeout; its beginning will do.")
  private String id;

  @Mixin private SettingsOptions options;

  ExplainCommand(OutputStream out, PrintStream err, Tty tty) {
    this.out = out;
    this.err = err;
    this.tty = tty;
  }

  @Override
  public Integer call() throws IOException {
    List<Rule> rules = options.read(err).rules().rules();
    OutputStream buffered = new BufferedOutputStream(out);
    Explanation.write(rule(rules), rules, tty.screen("auto"), buffered);
    buffered.flush();
    return ExitCode.OK.status;
  }

  /** The rule that the user means; a sentence with suggestions where that is none, or not sure. */
  private Rule rule(List<Rule> rules) {
    List<Rule> begun = having(rules, r -> r.id().startsWith(id));
    for (Rule rule : begun) {
      if (rule.id().equals(id) || begun.size() == 1) {
        return rule;
      }
    }
    if (!begun.isEmpty()) {
      throw new CommandException(
          begun.size() + " rules begin with '" + id + "'; give more of one: " + named(begun));
    }
    List<Rule> like = having(rules, r -> r.id().contains(id));
    if (like.isEmpty()) {
      like = nearest(rules);
    }
    String other = like.isEmpty() ? "loganalyze rules list has all" : "perhaps " + named(like);
    throw new CommandException("there is no rule '" + Printable.text(id) + "'; " + other);
  }

  private static List<Rule> having(List<Rule> rules, Predicate<Rule> wanted) {
    return rules.stream().filter(wanted).toList();
  }

  /** Those that are few typing errors away from {@link #id}, the nearest first. */
  private List<Rule> nearest(List<Rule> rules) {
    int most = Math.max(1, id.length() / 4);
    return id.length() > 100
        ? List.of()
        : rules.stream()
            .filter(r -> distance(id, r.id()) <= most)
            .sorted(Comparator.comparingInt((Rule r) -> distance(id, r.id())))
            .toList();
  }

  /** How many characters must be put in, left out or exchanged (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int exchanged = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String named(List<Rule> rules) {
    List<String> ids = rules.stream().map(Rule::id).limit(SUGGESTIONS).toList();
    String some = String.join(", ", ids);
    int more = rules.size() - ids.size();
    return more == 0 ? some : some + " and " + more + " more";
  }
}
