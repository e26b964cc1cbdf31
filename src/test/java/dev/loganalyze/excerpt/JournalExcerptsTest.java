package dev.loganalyze.excerpt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.bench.LogMaker;
import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.input.Contents;
import dev.loganalyze.input.Excerpter.Excerpted;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.journal.ExportReader;
import dev.loganalyze.journal.JournalBuilder;
import dev.loganalyze.journal.JournalEntry;
import dev.loganalyze.journal.JournalFile;
import dev.loganalyze.journal.JournalFormat;
import dev.loganalyze.journal.JournalReader;
import dev.loganalyze.journal.JournalWriter;
import dev.loganalyze.journal.JsonReader;
import dev.loganalyze.rules.RuleMatcher;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.transcript.Transcript;
import dev.loganalyze.transcript.Transcripts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An excerpt of a journal tells what the whole journal does. */
class JournalExcerptsTest {
  private static final RuleSet RULES = RuleSet.builtIn();
  private static final Excerpts EXCERPTS = new Excerpts(new RuleMatcher(RULES), 2);
  private static final Analyzer ANALYZER = new Analyzer(RULES);

  @TempDir private Path folder;

  private static byte[] log(String kind, long bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LogMaker.write(kind, bytes, out);
    return out.toByteArray();
  }

  /** The export format again, so that its values are one line, as in the other forms. */
  private static byte[] binary(byte[] export) {
    return JournalBuilder.of(new ExportReader(export), 3 * export.length);
  }

  private static byte[] verbose(byte[] export) throws IOException {
    JournalWriter writer = JournalFormat.VERBOSE.writer(ZoneOffset.UTC, false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JournalReader entries = new ExportReader(export);
    for (JournalEntry entry = entries.next(); entry != null; entry = entries.next()) {
      writer.write(entry, out);
    }
    return out.toByteArray();
  }

  private static Run run(byte[] content, Source.Excerpt excerpt) throws Exception {
    return ANALYZER.analyze(
        new Source("log", Source.Compression.NONE, 0, "", content, "", excerpt));
  }

  private static Run excerpted(byte[] log) throws Exception {
    byte[] head = Arrays.copyOf(log, 8192);
    if (EXCERPTS.isByPlace(head)) {
      Transcript transcript = EXCERPTS.transcript("journal", new JournalFile(log));
      return run(head, new Excerpts.Taken(transcript));
    }
    Excerpted taken = EXCERPTS.read(head, new ByteArrayInputStream(log));
    assertEquals(log.length, taken.bytes());
    assertNull(taken.fault());
    return run(taken.text(), taken.excerpt());
  }

  /** Each line of a message is indented as far as it begins. */
  @Test
  void ofAnEntryThatGrowsTheRestIsLeftOut() throws Exception {
    String first =
        "{\"__REALTIME_TIMESTAMP\":\"1\",\"_HOSTNAME\":\"%s\",\"MESSAGE\":\"%s\"}\n"
            .formatted("h".repeat(100), "\\na".repeat(200_000));
    String next = "{\"__REALTIME_TIMESTAMP\":\"2\",\"MESSAGE\":\"next\"}\n";
    byte[] log = (first + next).getBytes(UTF_8);
    Excerpted taken = EXCERPTS.read(log, new ByteArrayInputStream(log));
    String text = new String(taken.text(), UTF_8);
    assertTrue(text.length() < Transcripts.ENTRY_BYTES + 100, text.length() + " bytes");
    assertTrue(text.endsWith("\nJan 01 00:00:00 unknown: next\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "export", "verbose", "binary"})
  void findingsAndBootsAreThoseOfTheWholeJournal(String form) throws Exception {
    byte[] log =
        switch (form) {
          case "binary" -> binary(log("export", 45_000_000));
          case "verbose" -> verbose(log("export", 45_000_000));
          default -> log(form, 45_000_000);
        };
    Run whole = run(log, null);
    Run part = excerpted(log);
    assertEquals(ExcerptsTest.told(whole), ExcerptsTest.told(part));
    Run.Input input = part.inputs().get(0);
    assertEquals(whole.inputs().get(0).lines(), input.lines());
    assertEquals(whole.inputs().get(0).format(), input.format());
    assertTrue(input.omitted() > input.lines() / 2, input.omitted() + " lines left out");
    assertTrue(whole.boots().size() > 1, whole.boots().size() + " boots");
    for (int i = 0; i < whole.boots().size(); i++) {
      assertEquals(whole.boots().get(i).reached(), part.boots().get(i).reached());
      assertEquals(whole.boots().get(i).milestones(), part.boots().get(i).milestones());
    }
  }

  @Test
  @SuppressWarnings("ReferenceEquality") // The lines of one entry share it.
  void eachKeptLineIsALineOfTheJournalWithTheFieldsOfItsEntry() throws Exception {
    byte[] log = log("json", 20_000_000);
    Transcript whole = Transcripts.of(log);
    Transcript part = EXCERPTS.transcript("journal-json", new JsonReader(log));
    String[] lines = new String(whole.text(), UTF_8).split("\n", -1);
    String[] kept = new String(part.text(), UTF_8).split("\n", -1);
    int before = 0;
    for (int i = 0; i < part.lineOf().length; i++) {
      int line = part.lineOf()[i];
      assertTrue(line > before);
      assertEquals(lines[line - 1], kept[i]);
      for (String name : List.of("_PID", "_SYSTEMD_UNIT", "UNIT", "MESSAGE_ID", "JOB_RESULT")) {
        assertEquals(whole.record(line).last(name), part.record(i + 1).last(name));
      }
      assertEquals(whole.record(line).monotonic(), part.record(i + 1).monotonic());
      assertEquals(whole.record(line).bootId(), part.record(i + 1).bootId());
      boolean same = i > 0 && line == before + 1 && whole.record(line) == whole.record(before);
      if (same) {
        assertSame(part.record(i), part.record(i + 1));
      }
      before = line;
    }
    assertEquals(lines.length - 1, before);
  }

  private static String entry(int i, String boot, String fields) {
    return String.format(
        "__REALTIME_TIMESTAMP=%d\n__MONOTONIC_TIMESTAMP=%d\n_BOOT_ID=%s\n_HOSTNAME=h\n%s\n",
        1_795_000_000_000_000L + 1000L * i, 1000L * i, boot, fields);
  }

  /** What only fields say: the level of the kernel, a message in another language, a boot. */
  @Test
  void whatOnlyFieldsSayIsSeen() throws Exception {
    StringBuilder log = new StringBuilder();
    String boot = "0".repeat(31);
    for (int i = 0; i < 30_000; i++) {
      String id = boot + (i < 20_000 ? "1" : "2");
      String said = "SYSLOG_IDENTIFIER=app\n_PID=7\nMESSAGE=nothing to say " + i + "\n";
      if (i == 10_000) {
        said =
            "SYSLOG_IDENTIFIER=kernel\nSYSLOG_FACILITY=0\nPRIORITY=2\n_TRANSPORT=kernel\n"
                + "MESSAGE=something nobody knows\n";
      } else if (i == 15_000) {
        said =
            "SYSLOG_IDENTIFIER=systemd\n_PID=1\nUNIT=x.service\nJOB_RESULT=failed\n"
                + "MESSAGE_ID=be02cf6855d2428ba40df7e9d022f03d\nMESSAGE=Kaputt ist x.\n";
      }
      log.append(entry(i, id, said));
    }
    byte[] export = log.toString().getBytes(UTF_8);
    Run whole = run(export, null);
    assertEquals(ExcerptsTest.told(whole), ExcerptsTest.told(excerpted(export)));
    assertEquals(2, whole.boots().size());
    assertTrue(
        whole.findings().stream().anyMatch(f -> f.finding().firstLine() == 15_001),
        ExcerptsTest.told(whole).toString());
  }

  @Test
  void messagesOfManyLinesAreCountedInLines() throws Exception {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      String more = "first " + i + "\nsecond\nthird";
      byte[] value = more.getBytes(UTF_8);
      log.append(
          entry(
              i,
              "0".repeat(31) + "1",
              "SYSLOG_IDENTIFIER=app\n_PID=7\nMESSAGE\n"
                  + (char) value.length
                  + "\0\0\0\0\0\0\0"
                  + more
                  + "\n"));
    }
    byte[] export = log.toString().getBytes(UTF_8);
    Run whole = run(export, null);
    assertEquals(60_000, whole.inputs().get(0).lines());
    Run part = excerpted(export);
    assertEquals(60_000, part.inputs().get(0).lines());
    assertEquals(ExcerptsTest.told(whole), ExcerptsTest.told(part));
  }

  @Test
  void damageIsToldOfAnExcerpt() throws Exception {
    byte[] log = log("json", 5_000_000);
    log[3_000_000] = 0;
    JournalReader held = new JsonReader(log);
    while (held.next() != null) {
      // To its end.
    }
    assertEquals(1, held.damage().size());
    Excerpted taken = EXCERPTS.read(Arrays.copyOf(log, 8192), new ByteArrayInputStream(log));
    Run run = run(taken.text(), taken.excerpt());
    assertTrue(
        run.findings().stream().anyMatch(f -> f.finding().rule().id().equals("journal.damaged")));
  }

  @Test
  void aLineLongerThanAChunkIsCut() throws Exception {
    String export =
        entry(1, "0".repeat(31) + "1", "MESSAGE=" + "x".repeat(3 << 20) + "\n")
            + entry(2, "0".repeat(31) + "1", "MESSAGE=last\n");
    Transcript part =
        EXCERPTS.transcript("journal-export", new ExportReader(export.getBytes(UTF_8)));
    assertEquals(2, part.lineOf().length);
    assertEquals(Chunk.SIZE + "Nov 18 11:06:40 h unknown: last\n".length(), part.text().length);
  }

  // ---- files ------------------------------------------------------------------------------------

  private Source open(String name, byte[] log, boolean packed) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out =
        packed ? new GZIPOutputStream(Files.newOutputStream(file)) : Files.newOutputStream(file)) {
      out.write(log);
    }
    Contents contents = Inputs.open(new Inputs.Located(name, file, true), EXCERPTS);
    assertEquals(List.of(), contents.failures());
    return contents.logs().get(0);
  }

  /** A file of 64 MiB or more; the default heap of the tests is large enough for that. */
  private static byte[] longJournal() throws IOException {
    byte[] binary = binary(log("export", 40_000_000));
    int large = (int) EXCERPTS.longJournal();
    byte[] padded = Arrays.copyOf(binary, Math.max(large, binary.length));
    // What follows the last object is free, as in the files of journald.
    java.nio.ByteBuffer.wrap(padded)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .putLong(96, padded.length - 272);
    return padded;
  }

  @Test
  void aLongFileIsReadByPlaceAlsoWhenItIsPacked() throws Exception {
    byte[] log = longJournal();
    Run whole = run(log, null);
    for (boolean packed : new boolean[] {false, true}) {
      Source source = open("x.journal", log, packed);
      try {
        assertTrue(source.content().length <= 8192, "only its beginning is held");
        Run part = ANALYZER.analyze(source);
        assertEquals(ExcerptsTest.told(whole), ExcerptsTest.told(part));
        assertTrue(part.inputs().get(0).omitted() > 0);
      } finally {
        source.close();
      }
    }
  }

  @Test
  void filesOfOneMachineAreMergedWhereverTheyAreHeld() throws Exception {
    byte[] first = longJournal();
    byte[] export = log("export", 1_000_000);
    byte[] second = binary(export);
    Source one = open("system.journal", first, false);
    Source other = open("user-1000.journal", second, false);
    try {
      Run whole =
          ANALYZER.analyze(
              "x",
              List.of(
                  new Source("system.journal", Source.Compression.NONE, 0, "", first, ""),
                  new Source("user-1000.journal", Source.Compression.NONE, 0, "", second, "")));
      Run part = ANALYZER.analyze("x", List.of(one, other));
      assertEquals(ExcerptsTest.told(whole), ExcerptsTest.told(part));
    } finally {
      one.close();
      other.close();
    }
  }
}
