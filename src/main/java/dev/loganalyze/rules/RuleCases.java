package dev.loganalyze.rules;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.Hits;
import dev.loganalyze.pattern.PatternSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Runs the cases that rules carry. */
public final class RuleCases {
  private RuleCases() {}

  /**
   * What the cases of {@code rules} show to be wrong: one sentence a failed case.
   *
   * @param analyze the findings in the log of a case, by the whole rule set; throws {@code
   *     IllegalArgumentException} with a sentence when a budget of the case is none
   */
  public static List<String> failures(
      List<Rule> rules, Function<Rule.Case, List<Finding>> analyze) {
    List<String> failures = new ArrayList<>();
    for (Rule rule : rules) {
      for (int c = 0; c < rule.cases().size(); c++) {
        String failure = failure(rule, rule.cases().get(c), analyze);
        if (!failure.isEmpty()) {
          failures.add(rule.id() + ": case " + (c + 1) + ": " + failure);
        }
      }
    }
    return failures;
  }

  private static String failure(
      Rule rule, Rule.Case one, Function<Rule.Case, List<Finding>> analyze) {
    try {
      List<Finding> found =
          analyze.apply(one).stream().filter(f -> f.rule().id().equals(rule.id())).toList();
      return compare(one.finds(), found);
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** What the cases of {@code rules} lack: one sentence each. */
  public static List<String> lacking(List<Rule> rules) {
    List<String> lacking = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.cases().stream().allMatch(c -> c.finds().isEmpty())) {
        lacking.add(rule.id() + ": no case shows what it finds; add one");
      }
      if (rule.cases().stream().noneMatch(c -> c.finds().isEmpty())) {
        lacking.add(rule.id() + ": no near miss; add the most similar line that is no fault");
      }
    }
    return lacking;
  }

  /** Which patterns of {@code rules} make their search slow: one sentence each. */
  public static List<String> exploding(List<Rule> rules) {
    List<String> exploding = new ArrayList<>();
    for (Rule rule : rules) {
      for (Expression pattern : searched(rule)) {
        if (PatternSet.explodes(pattern)) {
          exploding.add(
              rule.id()
                  + ": pattern '"
                  + pattern
                  + "' needs a state for nearly each text, so that each line is looked at for it"
                  + " alone, which is slow; begin it with ^ or fixed words, or write .* for a row"
                  + " of dots");
        }
      }
    }
    return exploding;
  }

  /** The patterns that are looked for in lines, all at once. */
  private static List<Expression> searched(Rule rule) {
    List<Expression> searched = new ArrayList<>();
    for (Rule.Match match : rule.match()) {
      searched.add(match.line().pattern());
      match.parts().values().forEach(part -> searched.add(part.pattern()));
    }
    return searched.stream().filter(Objects::nonNull).distinct().toList();
  }

  /**
   * What each rule costs, in nanoseconds to look for it alone in {@code entries}; the best of
   * three.
   */
  public static Map<String, Long> costs(RuleSet rules, Entries entries, List<Boot> boots) {
    Map<String, Long> costs = new LinkedHashMap<>();
    for (Rule rule : rules.rules()) {
      RuleMatcher alone = new RuleMatcher(RuleSet.only(rule));
      PatternSet patterns = new PatternSet(alone.expressions());
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 3; i++) {
        long start = System.nanoTime();
        Hits hits = Sought.in(patterns, entries);
        alone.match(entries, hits, boots, List.of(), List.of(), List.of());
        best = Math.min(best, System.nanoTime() - start);
      }
      costs.put(rule.id(), best);
    }
    return costs;
  }

  private static String compare(List<Map<String, String>> expected, List<Finding> found) {
    if (expected.size() != found.size()) {
      return "expected "
          + expected.size()
          + " findings, found "
          + found.stream().map(Finding::title).toList();
    }
    for (int i = 0; i < expected.size(); i++) {
      Finding finding = found.get(i);
      for (String name : Template.names(finding.rule().title())) {
        if (finding.names().getOrDefault(name, "").isBlank()) {
          return "the title names ${" + name + "}, which is empty here";
        }
      }
      for (Map.Entry<String, String> name : expected.get(i).entrySet()) {
        String value =
            switch (name.getKey()) {
              case "subject" -> finding.subject();
              case "title" -> finding.title();
              default -> finding.names().getOrDefault(name.getKey(), "");
            };
        if (!value.equals(name.getValue())) {
          return name.getKey() + " is '" + value + "', expected '" + name.getValue() + "'";
        }
      }
    }
    return "";
  }
}
