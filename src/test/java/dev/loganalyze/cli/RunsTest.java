package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Asked;
import dev.loganalyze.diagnosis.Suppression;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.timing.Budgets;
import dev.loganalyze.timing.UnitFacts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunsTest {
  private static final String FAILED = "sample-logs/02-panic-wrong-root.log";
  private static final String PASSED = "sample-logs/07-debian-ok-initrd.log";

  /** Fails the first time that somebody looks into it. */
  private static final class Faulty extends AbstractList<Suppression> {
    private boolean failed;

    @Override
    public Suppression get(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int size() {
      if (!failed) {
        failed = true;
        throw new IllegalStateException("two\nlines");
      }
      return 0;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFaultOfTheProgramCostsOneRunAndOneSentence(boolean traces) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Sentences err = new Sentences(bytes);
    err.showTraces(traces);
    Asked asked =
        new Asked(new Faulty(), null, Budgets.NONE, UnitFacts.NONE, true, false, false, 1);
    Runs runs =
        Runs.of(List.of(FAILED, PASSED), new Analyzer(RuleSet.builtIn(), asked), err, Tty.NONE);
    assertEquals(List.of(PASSED), runs.all().stream().map(r -> r.name()).toList());
    assertEquals(1, runs.unread().size());
    String sentence = runs.unread().get(0);
    assertTrue(
        sentence.startsWith(
            FAILED + ": IllegalStateException: two lines; this is a fault of loganalyze "),
        sentence);
    String said = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("loganalyze: " + sentence + "\n"), said);
    assertEquals(traces, said.contains("\tat "), said);
    assertFalse(!traces && said.lines().count() > 1, said);
  }
}
