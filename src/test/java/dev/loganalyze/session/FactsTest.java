package dev.loganalyze.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loganalyze.boot.Boots;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.session.Fact.Kind;
import dev.loganalyze.transcript.Transcript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsTest {
  private static final String ROOT = "Welcome to Debian GNU/Linux 12 (bookworm)!\nroot@debvm:~# ";

  @Test
  void theStatusOfAUnitIsRead() throws IOException {
    byte[] log = Files.readAllBytes(Path.of("sample-logs/20-coloured-prompt-bracketed-paste.log"));
    assertEquals(
        List.of(Map.of("unit", "labtool.service", "state", "active", "result", "")),
        of(Kind.UNIT, log));
    assertEquals(
        List.of(Map.of("unit", "x.service", "state", "failed", "result", "exit-code")),
        of(
            Kind.UNIT,
            ROOT
                + "systemctl status x\n"
                + "× x.service - What it is\n"
                + "     Loaded: loaded (/etc/systemd/system/x.service; static)\n"
                + "     Active: failed (Result: exit-code) since Mon 2026-11-23 12:32:39 UTC\n"));
  }

  @Test
  void aListOfUnitsIsReadRowByRow() {
    assertEquals(
        List.of(
            Map.of("unit", "x.service", "state", "failed", "result", ""),
            Map.of("unit", "y.mount", "state", "failed", "result", "")),
        of(
            Kind.UNIT,
            ROOT
                + "systemctl --failed\n"
                + "  UNIT      LOAD   ACTIVE SUB    DESCRIPTION\n"
                + "● x.service loaded failed failed What it is\n"
                + "● y.mount   loaded failed failed /y\n"));
  }

  @Test
  void oneWordAnswersAreAboutTheUnitThatWasNamed() {
    assertEquals(
        List.of(Map.of("unit", "x.service", "state", "inactive", "result", "")),
        of(Kind.UNIT, ROOT + "systemctl is-active x 2>/dev/null || true\ninactive\n"));
  }

  @Test
  void aShownStatusIsAFactWithTheLastWords() {
    assertEquals(
        List.of(
            Map.of(
                "command", "ls /nowhere; echo rc=$?",
                "status", "2",
                "answer", "ls: cannot access '/nowhere'")),
        of(Kind.COMMAND, ROOT + "ls /nowhere; echo rc=$?\nls: cannot access '/nowhere'\nrc=2\n"));
  }

  private static List<Map<String, String>> of(Kind kind, String log) {
    return of(kind, log.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Map<String, String>> of(Kind kind, byte[] log) {
    Entries entries = LineParser.parse(Transcript.console(log));
    return Facts.of(Sessions.of(entries, Boots.of(entries))).stream()
        .filter(fact -> fact.kind() == kind)
        .map(Fact::fields)
        .toList();
  }
}
