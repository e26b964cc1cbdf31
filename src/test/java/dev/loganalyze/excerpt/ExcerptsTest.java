package dev.loganalyze.excerpt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.bench.LogMaker;
import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.input.Excerpter.Excerpted;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.RuleMatcher;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.transcript.Transcript;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An excerpt tells what the whole log does. */
class ExcerptsTest {
  private static final RuleMatcher MATCHER = new RuleMatcher(RuleSet.builtIn());
  private static final Analyzer ANALYZER = new Analyzer(RuleSet.builtIn());

  private static byte[] log(String kind, long bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LogMaker.write(kind, bytes, out);
    return out.toByteArray();
  }

  private static Excerpted excerpt(byte[] log, int jobs) throws IOException {
    return new Excerpts(MATCHER, jobs).read(head(log), new ByteArrayInputStream(log));
  }

  private static byte[] head(byte[] log) {
    return Arrays.copyOf(log, Math.min(8192, log.length));
  }

  private static Transcript taken(Excerpted excerpt) throws Exception {
    return Excerpts.transcript(
        new Source("log", Source.Compression.NONE, 0, "", excerpt.text(), "", excerpt.excerpt()));
  }

  private static Run run(byte[] content, Source.Excerpt excerpt) throws Exception {
    return ANALYZER.analyze(
        new Source("log", Source.Compression.NONE, 0, "", content, "", excerpt));
  }

  /** What a run says that does not hang on how often a machine that is up says the same. */
  static List<String> told(Run run) {
    List<String> told = new ArrayList<>();
    told.add(run.verdict().toString());
    run.boots()
        .forEach(b -> told.add(b.index() + " " + b.firstLine() + " " + b.reached() + b.ended()));
    for (Run.Diagnosed diagnosed : run.findings()) {
      Finding finding = diagnosed.finding();
      told.add(
          String.join(
              " ",
              diagnosed.id(),
              finding.rule().id(),
              finding.subject(),
              finding.severity().word(),
              "boot " + finding.boot(),
              "lines " + finding.firstLine() + "-" + finding.lastLine(),
              finding.occurrences() + " times"));
    }
    run.rootCauses().forEach(cause -> told.add("root " + cause.id()));
    return told;
  }

  @ParameterizedTest
  @ValueSource(strings = {"serial", "journal"})
  void findingsAndBootsAreThoseOfTheWholeLog(String kind) throws Exception {
    byte[] log = log(kind, 5_000_000);
    Excerpted excerpt = excerpt(log, 2);
    assertTrue(excerpt.text().length < log.length / 4, excerpt.text().length + " bytes kept");
    assertEquals(log.length, excerpt.bytes());
    assertNull(excerpt.fault());
    Run whole = run(log, null);
    Run part = run(excerpt.text(), excerpt.excerpt());
    assertEquals(told(whole), told(part));
    assertEquals(whole.inputs().get(0).lines(), part.inputs().get(0).lines());
    assertEquals(
        part.inputs().get(0).lines() - taken(excerpt).lineOf().length,
        part.inputs().get(0).omitted());
  }

  private static Stream<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("sample-logs"))) {
      return files.filter(f -> f.toString().endsWith(".log")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aBootAfterAMachineRanForLongIsKept(Path sample) throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    LogMaker.write("serial", 700_000, log);
    Files.copy(sample, log);
    Excerpted excerpt = excerpt(log.toByteArray(), 1);
    assertEquals(told(run(log.toByteArray(), null)), told(run(excerpt.text(), excerpt.excerpt())));
  }

  @Test
  void linesBeyondTheLastNumberAreRefused() throws Exception {
    Keeper keeper = new Keeper(0, false);
    Chunk chunk = new Chunk(false);
    chunk.lines = Keeper.LAST - 10;
    keeper.take(chunk);
    chunk.lines = 9;
    keeper.take(chunk);
    chunk.lines = 2;
    IOException fault = assertThrows(IOException.class, () -> keeper.take(chunk));
    assertEquals("it has more than 2000000000 lines; cut it into several logs", fault.getMessage());
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws Exception {
    byte[] log = log("serial", 6_000_000);
    Excerpted one = excerpt(log, 1);
    Excerpted four = excerpt(log, 4);
    assertArrayEquals(one.text(), four.text());
    assertArrayEquals(taken(one).lineOf(), taken(four).lineOf());
    assertArrayEquals(taken(one).alike().count(), taken(four).alike().count());
    assertArrayEquals(taken(one).alike().lastLine(), taken(four).alike().lastLine());
  }

  @Test
  void eachKeptLineIsALineOfTheLog() throws Exception {
    byte[] log = log("serial", 3_000_000);
    String[] lines = new String(log, java.nio.charset.StandardCharsets.ISO_8859_1).split("\n", -1);
    Excerpted excerpt = excerpt(log, 1);
    String[] kept =
        new String(excerpt.text(), java.nio.charset.StandardCharsets.ISO_8859_1).split("\n", -1);
    int[] lineOf = taken(excerpt).lineOf();
    int before = 0;
    for (int i = 0; i < lineOf.length; i++) {
      assertTrue(lineOf[i] > before);
      assertEquals(lines[lineOf[i] - 1], kept[i]);
      before = lineOf[i];
    }
    assertEquals(lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length, before);
  }

  @Test
  void whatIsLeftOutIsCounted() throws Exception {
    StringBuilder log = new StringBuilder();
    log.append("Nov 27 10:00:00 host kernel: Linux version 6.1.0 (a@b) (gcc) #1 SMP\n");
    for (int i = 0; i < 30_000; i++) {
      log.append("Nov 27 10:00:01 host app[7]: nothing to say ").append(i).append('\n');
    }
    for (int i = 0; i < 1000; i++) {
      log.append("Nov 27 11:00:00 host kernel: EXT4-fs error (device sda1): ext4_find_entry:14")
          .append(i)
          .append(": inode #2: comm ls: reading directory lblock 0\n");
    }
    byte[] bytes = log.toString().getBytes(UTF_8);
    Excerpted excerpt = excerpt(bytes, 1);
    List<String> told = told(run(excerpt.text(), excerpt.excerpt()));
    assertEquals(told(run(bytes, null)), told);
    assertTrue(told.stream().anyMatch(t -> t.contains("1000 times")), told.toString());
  }

  private static RuleSet rules(Path folder, String when, String... parts) throws Exception {
    StringBuilder rule =
        new StringBuilder("id: network.flap\ntitle: ${device} flaps\nseverity: error\n")
            .append("subject: ${device}\nexplain: It does.\nadvice: Hold it.\n")
            .append("cases: [{ log: x, finds: none }]\nmatch:\n  when: ")
            .append(when)
            .append("\n  parts:\n");
    for (String part : parts) {
      rule.append("    ").append(part.split(" ")[0]);
      rule.append(": { pattern: '(?<device>eth\\d+): ").append(part).append("' }\n");
    }
    Files.createDirectories(folder.resolve("network"));
    Files.writeString(folder.resolve("network/flap.yaml"), rule.toString());
    return RuleSet.with(List.of(folder));
  }

  private static List<String> flaps(RuleSet rules, byte[] log, boolean whole) throws Exception {
    Excerpted excerpt =
        new Excerpts(new RuleMatcher(rules), 1).read(head(log), new ByteArrayInputStream(log));
    Source source =
        whole
            ? new Source("log", Source.Compression.NONE, 0, "", log, "", null)
            : new Source(
                "log", Source.Compression.NONE, 0, "", excerpt.text(), "", excerpt.excerpt());
    return told(new Analyzer(rules).analyze(source)).stream()
        .filter(t -> t.contains("network.flap"))
        .toList();
  }

  /** That a line is missing is not known where thousands like it were only counted. */
  @Test
  void whatWasOnlyCountedIsNotMissing(@TempDir Path folder) throws Exception {
    StringBuilder text = new StringBuilder("[    0.000000] Linux version 6.1.0 (a@b) (gcc) #1\n");
    text.append("[    9.000000] eth0: down\n[    9.000000] eth0: lost\nhost login: \n");
    for (int i = 0; i < 3000; i++) {
      String time = "[" + (1000 + i) + ".000000] eth";
      int device = i / 100;
      text.append(time).append(device).append(i < 1500 ? ": down\n" : ": down again\n");
      text.append(time).append(device).append(": up\n");
    }
    text.append("[5000.000000] eth15: lost\n[6000.000000] eth30: down\n");
    byte[] log = text.toString().getBytes(UTF_8);

    RuleSet without = rules(folder.resolve("without"), "down without up", "down", "up");
    List<String> stays = flaps(without, log, true);
    assertEquals(1, stays.size(), stays.toString());
    assertEquals(stays, flaps(without, log, false));

    RuleSet between =
        rules(folder.resolve("between"), "lost between down and up", "lost", "down", "up");
    List<String> lost = flaps(between, log, true);
    assertEquals(1, lost.size(), lost.toString());
    assertEquals(lost, flaps(between, log, false));
  }

  /** The report of sample m28, while a service says a line for each of it. */
  @ParameterizedTest
  @ValueSource(strings = {"[ 5000.000001] app[7]: ", "app without a stamp: "})
  void ofWhatIsSaidDuringAReportOnlyTheKernelsLinesAreKept(String other) throws Exception {
    List<String> sample = Files.readAllLines(Path.of("sample-logs/m28-kernel-warning.log"));
    int begin = sample.indexOf("[    2.726956] ------------[ cut here ]------------");
    StringBuilder log = new StringBuilder();
    log.append("[    0.000000] Linux version 6.1.0 (a@b) (gcc) #1 SMP\nhost login: \n");
    for (int i = 0; i < 3000; i++) {
      log.append(other).append("nothing to say ").append(i).append('\n');
    }
    for (String line : sample.subList(begin, begin + 39)) {
      log.append(line).append('\n').append(other).append("during it\n");
    }
    for (int i = 0; i < 3000; i++) {
      log.append(other).append("nothing to say ").append(i).append('\n');
    }
    byte[] bytes = log.toString().getBytes(UTF_8);
    Excerpted excerpt = excerpt(bytes, 1);
    Run part = run(excerpt.text(), excerpt.excerpt());
    assertEquals(told(run(bytes, null)), told(part));
    Finding report =
        part.findings().stream()
            .map(Run.Diagnosed::finding)
            .filter(f -> f.crash() != null)
            .findFirst()
            .orElseThrow();
    assertEquals("WARNING in acme_check_dma", report.crash().title());
    assertFalse(report.crash().isTruncated());
    String kept = new String(excerpt.text(), UTF_8);
    assertTrue(kept.contains("---[ end trace 0000000000000000 ]---"));
    // A line that a rule asks for is kept with a few that follow, whoever speaks.
    long others = kept.lines().filter(line -> line.contains("during it")).count();
    assertTrue(others < 10, others + " lines of others");
  }

  @Test
  void aSecretInALineThatNoRuleAsksForIsFound() throws Exception {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      log.append("Nov 27 10:00:01 host app[7]: nothing to say ").append(i).append('\n');
      log.append(i == 30_000 ? "Nov 27 10:00:01 host app[7]: password=hunter2222\n" : "");
    }
    Excerpted excerpt = excerpt(log.toString().getBytes(UTF_8), 1);
    Run run = run(excerpt.text(), excerpt.excerpt());
    assertEquals(
        List.of(30_002),
        run.findings().stream()
            .filter(f -> f.finding().rule().id().equals("security.secret-in-log"))
            .map(f -> f.finding().firstLine())
            .toList());
  }

  @Test
  void aLineWithoutAnEndIsCut() throws Exception {
    byte[] line = new byte[5 << 20];
    Arrays.fill(line, (byte) 'x');
    InputStream log =
        new SequenceInputStream(
            new ByteArrayInputStream(line), new ByteArrayInputStream("\nlast\n".getBytes(UTF_8)));
    Excerpted excerpt = new Excerpts(MATCHER, 1).read(head(line), log);
    assertArrayEquals(new int[] {1, 2}, taken(excerpt).lineOf());
    assertEquals(Chunk.SIZE + "last\n".length(), excerpt.text().length);
  }

  @Test
  void whatCouldBeReadBeforeAFaultIsKept() throws Exception {
    byte[] log = log("serial", 2_000_000);
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }

          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    Excerpted excerpt =
        new Excerpts(MATCHER, 1)
            .read(head(log), new SequenceInputStream(new ByteArrayInputStream(log), broken));
    assertEquals("the disk is gone", excerpt.fault().getMessage());
    assertArrayEquals(excerpt(log, 1).text(), excerpt.text());
  }

  @Test
  void aHostileLogIsKeptInBounds() throws Exception {
    StringBuilder log = new StringBuilder();
    for (int i = 0; log.length() < 60_000_000; i++) {
      log.append("[    0.000000] Linux version 6.").append(i).append(" (a@b) (gcc) #1 SMP\n");
      log.append("[    1.000000] BUG: kernel NULL pointer dereference ").append(i).append("\n");
    }
    Excerpted excerpt = excerpt(log.toString().getBytes(UTF_8), 1);
    assertTrue(excerpt.text().length <= 26 << 20, excerpt.text().length + " bytes");
  }

  /** Boots without end, each just far enough from the one before to be one. */
  @Test
  void aLogOfShortBootsIsKeptInBounds() throws Exception {
    String said = "[    2.000000] nothing that anybody asks for, but of some length all the same\n";
    StringBuilder log = new StringBuilder();
    for (int i = 0; log.length() < 110_000_000; i++) {
      log.append("[    0.000000] Linux version 6.").append(i).append(" (a@b) (gcc) #1 SMP\n");
      log.append(said.repeat(301));
    }
    Excerpted excerpt = excerpt(log.toString().getBytes(UTF_8), 2);
    assertTrue(excerpt.text().length <= 26 << 20, excerpt.text().length + " bytes");
  }

  @Test
  void aLogOfVeryManyLinesIsNotHeldHoweverShortTheyAre(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    for (int lines : new int[] {190_000, 250_000}) {
      Files.writeString(log, "[    0.000000] Linux version 6.1\n" + "\n".repeat(lines));
      Source source =
          Inputs.open(new Inputs.Located("log", log, true), new Excerpts(MATCHER, 1)).logs().get(0);
      assertEquals(lines > 200_000, source.excerpt() != null, lines + " lines");
      assertTrue(new String(source.content(), UTF_8).startsWith("[    0.000000] Linux"));
    }
  }

  @Test
  void whatIsNeitherConsoleNorJournalIsHeld() {
    Excerpts excerpts = new Excerpts(MATCHER, 1);
    int least = excerpts.least();
    assertEquals(least, excerpts.from("[    0.000000] Linux version 6.1\n".getBytes(UTF_8)));
    assertEquals(least, excerpts.from("LPKSHHRH".getBytes(UTF_8)));
    byte[] json = "{\"__REALTIME_TIMESTAMP\":\"1\",\"MESSAGE\":\"a\"}".getBytes(UTF_8);
    assertEquals(4 * least, excerpts.from(json));
    byte[] junit = "<?xml version=\"1.0\"?>\n<testsuite name=\"a\"/>\n".getBytes(UTF_8);
    assertEquals(Integer.MAX_VALUE, excerpts.from(junit));
  }
}
