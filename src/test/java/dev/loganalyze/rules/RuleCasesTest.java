package dev.loganalyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.diagnosis.Analyzer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that come with the program, as a set. */
class RuleCasesTest {

  @Test
  void everyCaseOfEveryRuleHolds() throws Exception {
    RuleSet rules = RuleSet.builtIn();
    assertEquals(List.of(), RuleCases.failures(rules.rules(), new Analyzer(rules)::findings));
  }

  @Test
  void theRulesOfTheProgramAreWhatTheirFilesSay() throws Exception {
    Path folder = Path.of("src/main/resources/rules");
    List<Rule> read = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        String name = folder.relativize(file).toString();
        read.add(RuleReader.read(name, Files.readString(file), faults));
      }
    }
    assertEquals(List.of(), faults);
    read.sort(Comparator.comparing(Rule::id));
    assertEquals(read, RuleSet.builtIn().rules());
    // Reports and pages say words and names in the order of the file, which lists and sets that are
    // equal need not have.
    assertEquals(words(read), words(RuleSet.builtIn().rules()));
  }

  private static List<String> words(List<Rule> rules) {
    return rules.stream()
        .flatMap(rule -> rule.match().stream())
        .flatMap(match -> Stream.concat(Stream.of(match.line()), match.parts().values().stream()))
        .map(line -> List.of(line.shapes(), line.origins(), line.phases()).toString())
        .toList();
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
