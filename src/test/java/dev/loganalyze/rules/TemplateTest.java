package dev.loganalyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private static final Pattern COMMAND = Pattern.compile("`([^`]*)`");

  @Test
  void namesAreFilledInOnce() {
    Map<String, String> values = Map.of("a", "${b} <#if> #{1}", "b", "never");
    assertEquals("x ${b} <#if> #{1} y", Template.fill("x ${a} y", values));
    assertEquals("x  y ${", Template.fill("x ${c} y ${", values));
    assertEquals(300, Template.fill("${a}", Map.of("a", "x".repeat(9000))).length());
  }

  @Test
  void aNameInACommandIsOneWordAndOutsideItIsAsTheLogHasIt() {
    Map<String, String> values = Map.of("u", "a; rm -rf ~");
    assertEquals(
        "Stop a; rm -rf ~ with `systemctl stop 'a; rm -rf ~'`, not a; rm -rf ~.",
        Template.advice("Stop ${u} with `systemctl stop ${u}`, not ${u}.", values));
  }

  /** Nothing that a log can say changes how many words and operators a suggested command has. */
  @Test
  void noCommandOfAnyRuleIsSteeredByWhatALogSays() throws RuleException {
    int commands = 0;
    for (Rule rule : RuleSet.builtIn().rules()) {
      for (String template : List.of(rule.advice(), rule.collect())) {
        Map<String, String> good = new TreeMap<>();
        Map<String, String> evil = new TreeMap<>();
        for (String name : Template.names(template)) {
          good.put(name, "plain");
          evil.put(name, "-x`y' ; $(z) | & > #\n*");
        }
        List<String> expected = commands(Template.advice(template, good));
        List<String> said = commands(Template.advice(template, evil));
        String quoted = "'\\x2dx\\x60y'\\'' ; $(z) | & > #\\x0a*'";
        assertEquals(
            expected, said.stream().map(c -> c.replace(quoted, "plain")).toList(), rule.id());
        commands += said.size();
      }
    }
    assertTrue(commands > 100, commands + " commands");
  }

  private static List<String> commands(String advice) {
    return COMMAND.matcher(advice).results().map((MatchResult c) -> c.group(1)).toList();
  }
}
