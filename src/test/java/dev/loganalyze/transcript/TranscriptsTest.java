package dev.loganalyze.transcript;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.Noise;
import dev.loganalyze.journal.JournalException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TranscriptsTest {
  private static Transcript of(String text) throws JournalException {
    return Transcripts.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Transcript transcript) {
    return new String(transcript.text(), StandardCharsets.UTF_8);
  }

  @Test
  void consoleBytesAreTheirOwnTranscript() throws Exception {
    byte[] bytes = {'a', 0, (byte) 0xff, '\n'};
    assertSame(bytes, Transcripts.of(bytes).text());
    assertEquals("console", Transcripts.of(bytes).format());
  }

  @Test
  void anyBytesHaveATranscriptWhoseLinesKnowTheirSource() {
    Noise.forEach(
        raw -> {
          try {
            Transcript transcript = Transcripts.of(raw);
            if (transcript.lineOf() == null) {
              assertArrayEquals(Escapes.restored(Margin.cut(raw)), transcript.text());
            }
          } catch (JournalException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void aJournalIsWhatTheJournalCommandPrints() throws Exception {
    Transcript journal =
        of(
            "__CURSOR=s=00000000000000000000000000000001;i=1;b=00000000000000000000000000000002;"
                + "m=1;t=1;x=1\n__REALTIME_TIMESTAMP=1000000\n__MONOTONIC_TIMESTAMP=5\n"
                + "_HOSTNAME=vm\nSYSLOG_IDENTIFIER=a\nMESSAGE\n\3\0\0\0\0\0\0\0x\ny\n\n");
    assertEquals("journal-export", journal.format());
    assertEquals("Jan 01 00:00:01 vm a: x\n                      y\n", text(journal));
    assertSame(journal.record(1), journal.record(2));
  }

  /** Each line of a message is indented as far as it begins. */
  @Test
  void ofAnEntryThatGrowsTheRestIsLeftOut() throws Exception {
    // A length whose bytes are ASCII.
    String message = "\na".repeat(0x61000 / 2);
    byte[] size = ByteBuffer.allocate(8).order(LITTLE_ENDIAN).putLong(message.length()).array();
    Transcript journal =
        of(
            "__REALTIME_TIMESTAMP=1000000\n_HOSTNAME="
                + "h".repeat(100)
                + "\nMESSAGE\n"
                + new String(size, StandardCharsets.ISO_8859_1)
                + message
                + "\n\n__REALTIME_TIMESTAMP=2000000\nMESSAGE=next\n\n");
    String text = text(journal);
    assertTrue(text.length() < Transcripts.ENTRY_BYTES + 100, text.length() + " bytes");
    assertTrue(text.endsWith("\nJan 01 00:00:02 unknown: next\n"));
    assertEquals(text.lines().count(), journal.records().size());
  }

  @Test
  void dmesgAsJsonIsKernelLines() throws Exception {
    Transcript dmesg =
        of("{\"dmesg\": [{\"pri\": 5, \"time\": 1.25, \"msg\": \"Linux version 6.1\"}]}");
    assertEquals("dmesg-json", dmesg.format());
    assertEquals("<5>[    1.250000] Linux version 6.1\n", text(dmesg));
  }

  @Test
  void dmesgAsJsonKeepsItsLinesUpToACut() throws Exception {
    Transcript dmesg =
        of(
            "{\n\"dmesg\": [\n{\n\"pri\": 5,\n\"time\": 1.0,\n\"msg\": \"one\"\n},{\n"
                + "\"pri\": 4,\n\"time\": 2.0,\n\"msg\": \"two\"\n},{\n\"pri\":");
    assertEquals("<5>[    1.000000] one\n<4>[    2.000000] two\n", text(dmesg));
    assertEquals(6, dmesg.line(1));
    assertEquals(10, dmesg.line(2));
  }

  @Test
  void ofALavaLogTheTargetSpeaksAndKeepsItsLines() throws Exception {
    Transcript lava =
        of(
            "- {\"dt\": \"2026-11-23T00:00:01.500000\", \"lvl\": \"info\", \"msg\": \"start\"}\n"
                + "- {\"dt\": \"2026-11-23T00:00:02.500000\", \"lvl\": \"target\", \"msg\": \"boot\"}\n");
    assertEquals("lava", lava.format());
    assertEquals("boot\n", text(lava));
    assertEquals(2, lava.line(1));
    assertEquals(1_795_392_002_500_000L, lava.arrival()[0]);
  }

  @Test
  void aContainersLineThatComesInPartsIsOne() throws Exception {
    Transcript log =
        of(
            "{\"log\":\"Kernel pa\",\"stream\":\"stdout\",\"time\":\"2026-11-23T00:00:02.5Z\"}\n"
                + "{\"log\":\"nic\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-23T00:00:02.6Z\"}\n"
                + "{\"log\":\"login: \",\"stream\":\"stdout\",\"time\":\"2026-11-23T00:00:03Z\"}\n");
    assertEquals("Kernel panic\nlogin: \n", text(log));
    assertEquals(1, log.line(1));
    assertEquals(3, log.line(2));
  }

  @Test
  void journalsOfManyShortLinesAreHeldInBounds() throws Exception {
    StringBuilder journal = new StringBuilder();
    String entry =
        "{\"__REALTIME_TIMESTAMP\":\"1\",\"MESSAGE\":\"" + "x\\n".repeat(80_000) + "\"}\n";
    for (int i = 0; i < 20; i++) {
      journal.append(entry);
    }
    Transcript held = of(journal.toString());
    int lines = held.records().size();
    assertTrue(lines > 1 << 20 && lines < (1 << 20) + 200_000, "lines " + lines);
    assertEquals(text(held).lines().count(), lines);
  }

  @Test
  void aContainersLogIsItsText() throws Exception {
    Transcript log =
        of("{\"log\":\"hello\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-23T00:00:02.5Z\"}\n");
    assertEquals("container-json", log.format());
    assertEquals("hello\n", text(log));
    assertNull(log.records());
  }
}
