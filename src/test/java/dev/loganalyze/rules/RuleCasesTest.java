package dev.loganalyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.diagnosis.Analyzer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules that come with the program, as a set. */
class RuleCasesTest {

  @Test
  void everyCaseOfEveryRuleHolds() throws Exception {
    RuleSet rules = RuleSet.builtIn();
    assertEquals(List.of(), RuleCases.failures(rules.rules(), new Analyzer(rules)::findings));
  }

  @Test
  void noPatternOfOursExplodes() throws Exception {
    assertEquals(List.of(), RuleCases.exploding(RuleSet.builtIn().rules()));
  }

  @Test
  void thereAreAtLeastThreeHundredRulesAcrossTheFamilies() throws Exception {
    List<Rule> rules = RuleSet.builtIn().rules();
    assertTrue(rules.size() >= 300, rules.size() + " rules");
    assertTrue(rules.stream().map(Rule::family).distinct().count() >= 24);
  }

  @Test
  void everyRuleHasACaseItFindsAndANearMiss() throws Exception {
    for (Rule rule : RuleSet.builtIn().rules()) {
      assertTrue(rule.cases().stream().anyMatch(c -> !c.finds().isEmpty()), rule.id());
      assertTrue(rule.cases().stream().anyMatch(c -> c.finds().isEmpty()), rule.id());
    }
  }
}
