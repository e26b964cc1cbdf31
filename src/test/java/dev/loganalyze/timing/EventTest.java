package dev.loganalyze.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTest {
  @Test
  void aStepHasItsCommandItsOutcomeAndItsOwnClock() {
    assertEquals(
        new Event("net.command", true, "ip link set lan up", "", 1760289921185952L, -1),
        Event.of(
            "{\"command\": [\"ip\", \"link\", \"set\", \"lan\", \"up\"], \"event\":"
                + " \"net.command.start\", \"timestamp\": \"2025-10-12T17:25:21.185952+00:00\"}"));
    assertEquals(
        new Event("apply", false, "disko x", "1", -1, -1),
        Event.of(
            "{\"command\": \"disko x\", \"event\": \"apply.finished\", \"returncode\": 1,"
                + " \"status\": \"error\", \"timestamp\": \"yesterday\"}"));
    assertEquals(
        new Event("load", false, "", "finished", -1, 1_500_000),
        Event.of("{\"event\": \"load\", \"status\": \"finished\", \"duration_seconds\": 1.5}"));
  }

  @Test
  void whatTellsOfNoBeginningAndNoEndIsNone() {
    assertNull(Event.of("{\"event\": \"note\", \"status\": \"hello\"}"));
    assertNull(Event.of("{\"event\": \"x.start\""));
    assertNull(Event.of("hello"));
  }

  @Test
  void theStepsOfTwoProgramsAreApart() {
    String at = "\", \"timestamp\": \"2025-10-12T17:25:";
    List<String> spans =
        spans(
            List.of(
                "a[1]: {\"event\": \"x.start" + at + "03.100000+00:00\", \"command\": \"one\"}",
                "b[2]: {\"event\": \"x.start" + at + "03.200000+00:00\", \"command\": \"one\"}",
                "a[1]: {\"event\": \"x.start" + at + "03.300000+00:00\", \"command\": \"two\"}",
                "a[1]: {\"event\": \"x.finished"
                    + at
                    + "03.600000+00:00\", \"command\": \"one\", \"returncode\": 3}"));
    assertEquals(List.of("a x one 3 500000", "b x one  0", "a x two  0"), spans);
  }

  private static List<String> spans(List<String> lines) {
    StringBuilder log = new StringBuilder();
    lines.forEach(line -> log.append("Oct 12 17:25:03 vm ").append(line).append('\n'));
    log.append("Oct 12 17:25:09 vm systemd[1]: Started x.service - X.\n");
    Entries entries =
        LineParser.parse(Transcript.console(log.toString().getBytes(StandardCharsets.UTF_8)));
    Boot boot = Boots.of(entries).get(0);
    return Timings.of(entries, boot, UnitFacts.NONE, new BitSet()).timing().spans().stream()
        .map(
            s ->
                s.speaker()
                    + " "
                    + s.name()
                    + " "
                    + s.detail()
                    + " "
                    + s.outcome()
                    + " "
                    + s.duration())
        .toList();
  }
}
