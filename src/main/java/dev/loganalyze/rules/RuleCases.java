package dev.loganalyze.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs the cases that rules carry. */
public final class RuleCases {
  private RuleCases() {}

  /**
   * What the cases of {@code rules} show to be wrong: one sentence a failed case.
   *
   * @param analyze the findings in the log of a case, by the whole rule set
   */
  public static List<String> failures(
      List<Rule> rules, Function<Rule.Case, List<Finding>> analyze) {
    List<String> failures = new ArrayList<>();
    for (Rule rule : rules) {
      for (int c = 0; c < rule.cases().size(); c++) {
        Rule.Case one = rule.cases().get(c);
        List<Finding> found =
            analyze.apply(one).stream().filter(f -> f.rule().id().equals(rule.id())).toList();
        String failure = compare(one.finds(), found);
        if (!failure.isEmpty()) {
          failures.add(rule.id() + ": case " + (c + 1) + ": " + failure);
        }
      }
    }
    return failures;
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
