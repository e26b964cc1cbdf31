package dev.loganalyze.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The level of kernel lines, in all forms in which a log tells it. */
class LevelTest {

  private static Level last(String log) {
    Entries entries =
        LineParser.parse(Transcript.console(log.getBytes(StandardCharsets.UTF_8)));
    return Level.of(entries, entries.size() - 1);
  }

  @Test
  void dmesgRawAndSyslog() {
    assertEquals(Level.ERR, last("<3>[   18.389095][    T1] acme: no\n"));
    assertEquals(Level.EMERG, last("<0>[   18.389095] acme: no\n"));
  }

  @Test
  void dmesgDecoded() {
    assertEquals(Level.CRIT, last("kern  :crit  : [   18.389095] acme: no\n".repeat(3)));
    assertEquals(Level.WARN, last("kern  :warn  : [   18.389095] acme: no\n".repeat(3)));
  }

  @Test
  void recordsOfKmsgAndNetconsole() {
    assertEquals(Level.ALERT, last("1,236,1288402,-;acme: no\n".repeat(3)));
    assertEquals(Level.ERR, last("6.1.0,3,236,1288402,-;acme: no\n".repeat(3)));
  }

  @Test
  void whoWritesToKmsgIsNotTheKernel() {
    assertNull(last("<11>[   18.389095] program: no\n"));
    assertNull(last("user  :err   : [   18.389095] program: no\n".repeat(3)));
  }

  @Test
  void mostLogsDoNotTell() {
    assertNull(last("[   18.389095] acme: no\n"));
    assertNull(last("2026-11-23T12:03:05,000000+00:00 acme: no\n".repeat(3)));
    assertNull(last("\n"));
  }
}
