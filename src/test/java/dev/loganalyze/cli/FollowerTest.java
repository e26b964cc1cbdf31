package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.rules.RuleSet;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** When a log that grows is analysed again. */
class FollowerTest {
  private static final long SECOND = 1_000_000_000;

  private long now;

  private Follower follower(long most) throws Exception {
    return new Follower("x.log", new Analyzer(RuleSet.builtIn()), most, () -> now);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aPauseOrASecondIsTimeToLookAgain() throws Exception {
    Follower log = follower(1000);
    assertFalse(log.isDue(true));
    log.take(bytes("[    0.000000] Linux version 6.1.0\n"));
    assertTrue(log.isDue(true));
    assertFalse(log.isDue(false));
    now += SECOND;
    assertTrue(log.isDue(false));
    log.analyse(false);
    now += SECOND;
    assertFalse(log.isDue(true));
  }

  @Test
  void aLineThatHasNotEndedIsTakenInAPauseOnly() throws Exception {
    Follower log = follower(1000);
    log.take(bytes("[    0.000000] Linux version 6.1.0\nbox login: "));
    assertEquals("kernel", log.analyse(false).boots().get(0).reached().word());
    assertFalse(log.isAnalysed());
    assertTrue(log.isDue(true));
    assertEquals("login", log.analyse(true).boots().get(0).reached().word());
    assertTrue(log.isAnalysed());
  }

  @Test
  void afterEachTimeFourTimesAsLongMustPass() throws Exception {
    long[] times = {0, 0, 10 * SECOND};
    int[] at = {0};
    Follower log =
        new Follower(
            "x.log",
            new Analyzer(RuleSet.builtIn()),
            1000,
            () -> times[Math.min(at[0]++, times.length - 1)] + now);
    log.take(bytes("a\n"));
    log.analyse(true);
    log.take(bytes("b\n"));
    now = 39 * SECOND;
    assertFalse(log.isDue(true));
    now = 40 * SECOND;
    assertTrue(log.isDue(true));
  }

  @Test
  void memoryIsBoundedAndTheSentenceSaysSo() throws Exception {
    Follower log = follower(1 << 20);
    log.take(new byte[1 << 20]);
    CommandException e = assertThrows(CommandException.class, () -> log.take(new byte[1]));
    assertTrue(e.getMessage().startsWith("x.log: it grew beyond 1 MiB"), e.getMessage());
  }
}
