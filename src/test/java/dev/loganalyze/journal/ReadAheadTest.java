package dev.loganalyze.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
  /** More than is read ahead at once. */
  private static final int ENTRIES = 20_000;

  private static byte[] export(int entries) {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < entries; i++) {
      log.append("__REALTIME_TIMESTAMP=").append(1 + i).append("\nMESSAGE=").append(i);
      log.append("\n_HOSTNAME=vm\n\n");
    }
    return log.append("MESSAGE\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void givesEntriesAndDamageOfTheJournal(int jobs) {
    byte[] log = export(ENTRIES);
    ExportReader plain = new ExportReader(log);
    ReadAhead ahead = new ReadAhead(new ExportReader(log), jobs);
    assertEquals(JournalLogs.entries(plain), JournalLogs.entries(ahead));
    assertFalse(plain.damage().isEmpty());
    assertEquals(plain.damage(), ahead.damage());
    assertNull(ahead.next());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aJournalWithoutEntriesHasNone(int jobs) {
    assertNull(new ReadAhead(new ExportReader(new byte[0]), jobs).next());
  }

  @Test
  void aFaultInTheOtherThreadIsThrownInThisOne() {
    UncheckedIOException fault = new UncheckedIOException(new IOException("gone"));
    JournalReader broken =
        new JournalReader() {
          @Override
          public JournalEntry next() {
            throw fault;
          }

          @Override
          public List<Damage> damage() {
            return List.of();
          }
        };
    ReadAhead ahead = new ReadAhead(broken, 2);
    assertSame(fault, assertThrows(UncheckedIOException.class, ahead::next));
  }
}
