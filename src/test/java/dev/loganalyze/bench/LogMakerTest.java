package dev.loganalyze.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.transcript.Transcript;
import dev.loganalyze.transcript.Transcripts;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogMakerTest {
  private static byte[] log(String kind, long bytes) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LogMaker.write(kind, bytes, out);
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serial",
        "journal",
        "json",
        "export",
        "cut-here",
        "line",
        "escapes",
        "spinner",
        "newlines"
      })
  void aLogHasTheSizeAskedForAndIsAlwaysTheSame(String kind) throws Exception {
    byte[] log = log(kind, 400_000);
    assertEquals(400_000, log.length, 100_000);
    assertArrayEquals(log, log(kind, 400_000));
  }

  @Test
  void timeGoesOnWhileTheMachineIsUp() throws Exception {
    Entries entries = LineParser.parse(Transcript.console(log("serial", 1_000_000)));
    long last = Long.MAX_VALUE;
    int stamped = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).text().contains(" login: ")) {
        last = 0;
      }
      if (last < Long.MAX_VALUE && entries.micros(i) != Entry.NO_TIME) {
        assertTrue(entries.micros(i) > last, entries.get(i).text());
        last = entries.micros(i);
        stamped++;
      }
    }
    assertTrue(stamped > entries.size() / 4, stamped + " of " + entries.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "export"})
  void eachFormOfAJournalTellsTheSame(String form) throws Exception {
    List<String> text = lines(log("journal", 200_000));
    List<String> read = lines(Transcripts.of(log(form, 1_000_000)).text());
    for (int i = 0; i < 900; i++) {
      assertEquals(text.get(i), read.get(i));
    }
  }

  private static List<String> lines(byte[] journal) {
    return new String(journal, UTF_8).lines().filter(l -> !l.startsWith("-- ")).toList();
  }
}
