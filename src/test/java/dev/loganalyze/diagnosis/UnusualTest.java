package dev.loganalyze.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnusualTest {
  private static final String HEALTHY =
      "[    0.000000] Linux version 6.1.0 (x@y) #1 SMP\n"
          + "[    0.000000] Command line: console=ttyS0 panic=5\n"
          + "[    0.100000] Kernel command line: console=ttyS0 panic=5\n"
          + "[    0.543211] tsc: Unable to calibrate against PIT\n"
          + "[    1.000000] frob 0000:00:1f.3: widget is up\n";

  private static final String BROKEN =
      HEALTHY.replace("widget is up", "no widget, giving up") + "[    2.000000] idle after 12 s\n";

  @Test
  void withoutAHealthyLogTheLinesThatComplainStandOutAndTheCommandLineDoesNot() {
    Unusual unusual = Unusual.of(entries(BROKEN), null);
    assertEquals(1, unusual.progress());
    assertEquals(List.of(5, 4), lines(unusual), "the later one first");
    assertEquals("complains, said once", unusual.lines().get(0).why());
  }

  @Test
  void withOneItIsWhatTheHealthyMachineDoesNotSay() {
    Usual usual = Usual.of("good.log", entries(HEALTHY));
    Unusual unusual = Unusual.of(entries(BROKEN), usual);
    assertEquals("good.log", unusual.like());
    assertEquals(List.of(5, 6), lines(unusual));
    assertTrue(Unusual.of(entries(HEALTHY.replace("0.5", "0.7")), usual).lines().isEmpty());
  }

  private static List<Integer> lines(Unusual unusual) {
    return unusual.lines().stream().map(Unusual.Line::line).toList();
  }

  private static Entries entries(String log) {
    return LineParser.parse(Transcript.console(log.getBytes(StandardCharsets.UTF_8)));
  }
}
