package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Asked;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.timing.Budgets;
import dev.loganalyze.timing.UnitFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each attack in each report is text: in a log that is read, and wherever a run holds text. */
class HostileTextTest {

  @TestFactory
  Stream<DynamicTest> eachAttackIsTextInEachReport() throws Exception {
    Asked asked = new Asked(List.of(), null, Budgets.NONE, UnitFacts.NONE, true, true, true, 1);
    Analyzer analyzer = new Analyzer(RuleSet.builtIn(), asked);
    Map<Attack, List<Run>> attacked = new EnumMap<>(Attack.class);
    for (Attack attack : Attack.values()) {
      byte[] log = attack.log().getBytes(StandardCharsets.UTF_8);
      Run read =
          analyzer.analyze(
              new Source(
                  attack.text() + ".log",
                  Source.Compression.NONE,
                  log.length,
                  "0".repeat(64),
                  log,
                  ""));
      assertFalse(read.findings().isEmpty());
      attacked.put(attack, List.of(read, Runs.hostile(attack.text())));
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (Sink sink : Sink.values()) {
      attacked.forEach(
          (attack, runs) ->
              tests.add(
                  DynamicTest.dynamicTest(
                      attack + " in " + sink,
                      () -> {
                        for (Run run : runs) {
                          sink.check(sink.bytes(List.of(run)));
                        }
                        sink.check(sink.bytes(runs));
                      })));
    }
    return tests.stream();
  }
}
