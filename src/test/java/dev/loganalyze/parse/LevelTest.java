package dev.loganalyze.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.loganalyze.journal.JournalException;
import dev.loganalyze.transcript.Transcripts;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The level of kernel lines, in all forms in which a log tells it. */
class LevelTest {

  private static Level last(String log) throws JournalException {
    Entries entries = LineParser.parse(Transcripts.of(log.getBytes(StandardCharsets.UTF_8)));
    return Level.of(entries, entries.size() - 1);
  }

  @Test
  void dmesgRawAndSyslog() throws JournalException {
    assertEquals(Level.ERR, last("<3>[   18.389095][    T1] acme: no\n"));
    assertEquals(Level.EMERG, last("<0>[   18.389095] acme: no\n"));
  }

  @Test
  void dmesgDecoded() throws JournalException {
    assertEquals(Level.CRIT, last("kern  :crit  : [   18.389095] acme: no\n".repeat(3)));
    assertEquals(Level.WARN, last("kern  :warn  : [   18.389095] acme: no\n".repeat(3)));
  }

  @Test
  void recordsOfKmsgAndNetconsole() throws JournalException {
    assertEquals(Level.ALERT, last("1,236,1288402,-;acme: no\n".repeat(3)));
    assertEquals(Level.ERR, last("6.1.0,3,236,1288402,-;acme: no\n".repeat(3)));
  }

  @Test
  void journals() throws JournalException {
    String entry =
        """
        __REALTIME_TIMESTAMP=1795435411000000
        __MONOTONIC_TIMESTAMP=1000000
        _BOOT_ID=0b5fd0a9bfc9452ba0096d70875a3e9d
        _TRANSPORT=kernel
        PRIORITY=2
        SYSLOG_IDENTIFIER=kernel
        _HOSTNAME=vm
        MESSAGE=acme: no

        """;
    assertEquals(Level.CRIT, last(entry));
    assertNull(last(entry.replace("kernel", "audit")));
  }

  @Test
  void whoWritesToKmsgIsNotTheKernel() throws JournalException {
    assertNull(last("<11>[   18.389095] program: no\n"));
    assertNull(last("user  :err   : [   18.389095] program: no\n".repeat(3)));
  }

  @Test
  void mostLogsDoNotTell() throws JournalException {
    assertNull(last("[   18.389095] acme: no\n"));
    assertNull(last("2026-11-23T12:03:05,000000+00:00 acme: no\n".repeat(3)));
    assertNull(last("\n"));
  }
}
