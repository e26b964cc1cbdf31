package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.input.Packed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a user starts it, but for the process. */
class MainTest {
  private static final String PASSED = "sample-logs/07-debian-ok-initrd.log";
  private static final String FAILED = "sample-logs/02-panic-wrong-root.log";
  private static final String CUT = "sample-logs/25-killed-mid-boot.log";

  @TempDir Path folder;

  record Result(int status, String out, String err) {}

  private static Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(arguments, out, new PrintStream(err, true, StandardCharsets.UTF_8));
    Result result =
        new Result(
            status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    assertFalse(result.err().contains("\tat "), result.err());
    return result;
  }

  private String write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  // ---- exit statuses ----------------------------------------------------------------------------

  @Test
  void aBootInGoodHealthIsZero() {
    Result result = run(PASSED);
    assertEquals(0, result.status());
    assertEquals("", result.err());
    assertTrue(result.out().startsWith(PASSED + ": passed"));
  }

  @Test
  void aBootThatFailedIsOneAndNeedsNoSentence() {
    Result result = run(FAILED);
    assertEquals(1, result.status());
    assertEquals("", result.err());
  }

  @Test
  void theSeverityThatCountsIsTheUsers() {
    assertEquals(0, run("--fail-on", "never", FAILED).status());
    assertEquals(1, run("--fail-on", "info", PASSED).status());
    assertEquals(0, run("--fail-on", "critical", PASSED).status());
  }

  @Test
  void wrongUsageIsTwoAndOneSentence() {
    for (String[] wrong :
        List.of(
            new String[] {},
            new String[] {"--no-such-option", PASSED},
            new String[] {"--format", "pdf", PASSED},
            new String[] {"--fail-on", "sometimes", PASSED},
            new String[] {"--color", "blue", PASSED},
            new String[] {"--rules", "/nowhere", PASSED},
            new String[] {"parse", "--format", "xml", PASSED},
            new String[] {"rules", "list", "--severity", "foo"},
            new String[] {"baseline", "write", "--until", "2027-13-45", PASSED},
            new String[] {"rules", "show", "no.such"})) {
      Result result = run(wrong);
      assertEquals(2, result.status(), Arrays.toString(wrong));
      assertEquals("", result.out(), Arrays.toString(wrong));
      assertEquals(1, result.err().lines().count(), result.err());
      assertTrue(result.err().startsWith("loganalyze: "), result.err());
    }
  }

  @Test
  void anInputThatCannotBeReadIsTwoAndTheOthersAreStillAnalysed() {
    Result result = run("/nowhere.log", PASSED);
    assertEquals(2, result.status());
    assertEquals("loganalyze: /nowhere.log: no such file\n", result.err());
    assertTrue(result.out().startsWith(PASSED + ": passed"));
  }

  @Test
  void whyAFileIsOfNoUseIsToldTheSameWayEverywhere() throws Exception {
    String binary = write("binary", new byte[] {'x', (byte) 0xff});
    String none = folder.resolve("none").toString();
    for (List<String> one :
        List.of(
            List.of(none + ": could not be read: it is not there", "--config", none, PASSED),
            List.of(none + ": could not be read: it is not there", "--baseline", none, PASSED),
            List.of(none + ": could not be read: it is not there", "--like", none, PASSED),
            List.of(
                binary + ": could not be read: it is not UTF-8; save it as UTF-8",
                "history",
                "--store",
                binary,
                "add",
                PASSED),
            List.of(
                binary + ": could not be read: it is not UTF-8; save it as UTF-8",
                "history",
                "--store",
                binary,
                "list"),
            List.of(
                binary + ": could not be read: it is not UTF-8; save it as UTF-8",
                "--baseline",
                binary,
                PASSED),
            List.of(
                binary + ": the pages could not be written: it is no folder",
                "rules",
                "docs",
                binary),
            List.of(
                binary + ": this folder could not be made: it is no folder",
                "man",
                "--into",
                binary))) {
      Result result = run(one.subList(1, one.size()).toArray(String[]::new));
      assertEquals("loganalyze: " + one.get(0) + "\n", result.err());
      assertEquals(2, result.status(), one.toString());
    }
  }

  @Test
  void aLogThatStopsOnTheWayIsThreeAndSaysSo() {
    Result result = run("--fail-on", "never", CUT);
    assertEquals(3, result.status());
    assertEquals(
        "loganalyze: " + CUT + ": the log stops before the boot came to an end\n", result.err());
  }

  // ---- rubbish ----------------------------------------------------------------------------------

  @Test
  void rubbishGetsAClearAnswer() throws Exception {
    byte[] noise = new byte[200_000];
    new Random(1).nextBytes(noise);
    for (String log :
        List.of(write("noise", noise), write("empty", new byte[0]), write("nul", new byte[9999]))) {
      Result result = run(log);
      assertEquals(3, result.status(), log);
      assertEquals("loganalyze: " + log + ": no boot was found in it\n", result.err());
      assertTrue(result.out().contains("no boot in it"), result.out());
    }
  }

  @Test
  void aFolderWithoutLogsIsOneSentence() {
    Result result = run(folder.toString());
    assertEquals(2, result.status());
    assertEquals("loganalyze: " + folder + ": no log files in this folder\n", result.err());
  }

  @Test
  void halfAGzipIsAnalysedAndSaidToBeHalf() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(Files.readAllBytes(Path.of(PASSED)));
    }
    byte[] whole = packed.toByteArray();
    String log = write("half.log.gz", Arrays.copyOf(whole, whole.length / 2));
    Result result = run(log);
    assertEquals(2, result.status());
    assertTrue(result.err().contains("cut off or damaged; only the first "), result.err());
    assertTrue(result.out().startsWith(log + ": "), result.out());
  }

  @Test
  void theLogsOfAnArchiveAreAnalysedEachAsARun() throws Exception {
    byte[] tar =
        Packed.tar(
            Packed.members(
                "boot/passed.log",
                Files.readAllBytes(Path.of(PASSED)),
                "boot/failed.log",
                Files.readAllBytes(Path.of(FAILED)),
                "README.md",
                "no log"));
    String archive = write("x.tar.zst", Packed.zstd(tar));
    Result result = run(archive);
    assertEquals(1, result.status());
    assertEquals("", result.err());
    int failed = result.out().indexOf(archive + "!/boot/failed.log: FAILED");
    int passed = result.out().indexOf(archive + "!/boot/passed.log: passed");
    assertTrue(failed >= 0 && passed > failed, result.out());
    assertFalse(result.out().contains("README"), result.out());
  }

  @Test
  void anArchiveThatIsCutOffIsAnalysedAndSaidToBeCut() throws Exception {
    byte[] log = Files.readAllBytes(Path.of(PASSED));
    byte[] tar = Packed.tar(Packed.members("1.log", log, "2.log", log));
    String archive = write("x", Arrays.copyOf(tar, tar.length - 10240 - 100));
    Result result = run(archive);
    assertEquals(2, result.status());
    assertEquals(1, result.err().lines().count(), result.err());
    assertTrue(result.err().startsWith("loganalyze: " + archive + "!/2.log: "), result.err());
    assertTrue(result.out().contains(archive + "!/1.log: passed"), result.out());
    assertTrue(result.out().contains(archive + "!/2.log: "), result.out());
  }

  @Test
  void namesInAnArchiveSteerNoTerminal() throws Exception {
    String archive =
        write("x", Packed.tar(Packed.members("\u001b]0;evil\u0007\n::error::\u202e.log", "x\n")));
    for (String format : List.of("text", "json", "jsonl", "markdown", "html")) {
      Result result = run("--format", format, archive);
      assertEquals(3, result.status());
      assertFalse((result.out() + result.err()).chars().anyMatch(c -> c == 0x1b || c == 0x202e));
      assertTrue(result.err().startsWith("loganalyze: " + archive + "!/\\u001b]0;evil\\u0007"));
      assertEquals(1, result.err().lines().count(), result.err());
    }
  }

  @Test
  void oneLineOfManyThousandCharactersIsAnswered() throws Exception {
    String start = "[    0.000000] Linux version 6.1 " + "x".repeat(60_000) + "\n";
    Result result = run(write("long", start.getBytes(StandardCharsets.US_ASCII)));
    assertEquals(3, result.status());
    assertTrue(result.out().lines().allMatch(line -> line.length() <= 80));
  }

  // ---- outputs ----------------------------------------------------------------------------------

  @Test
  void everyFormatGoesToItsFileAndNothingElseIsPrinted() throws Exception {
    Path html = folder.resolve("r.html");
    Path json = folder.resolve("r.json");
    Result result = run("--format", "html=" + html, "--format", "json=" + json, FAILED);
    assertEquals("", result.out());
    assertTrue(Files.readString(html).startsWith("<!DOCTYPE html>"));
    assertTrue(Files.readString(json).startsWith("{"));
    assertEquals(2, folder.toFile().list().length);
  }

  @Test
  void aReportThatCannotBeWrittenLeavesNothingBehind() throws Exception {
    Path file = folder.resolve("none/r.html");
    Result result = run("--format", "html=" + file, FAILED);
    assertEquals(2, result.status());
    assertEquals(
        "loganalyze: "
            + file
            + ": could not be written (its folder does not exist); choose another file or free"
            + " space\n",
        result.err());
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void aDeviceIsWrittenToAsItIs() {
    assertEquals(1, run("--format", "json=/dev/null", FAILED).status());
    assertTrue(Files.exists(Path.of("/dev/null")));
    assertEquals(2, run("--format", "json=/dev/full", FAILED).status());
  }

  @Test
  void aBrokenPipeEndsQuietly() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(new String[] {FAILED}, broken, new PrintStream(err));
    assertEquals(0, status);
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "jsonl", "markdown", "html"})
  void theSameBytesUnderAnyLocaleAndTimeZone(String format) {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    String here = run("--format", format, "sample-logs").out();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      assertEquals(here, run("--format", format, "sample-logs").out());
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertEquals(here, run("--format", format, "sample-logs").out());
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  /** Of a log long enough that several threads look at its boots. */
  @Test
  void theSameBytesWithAnyNumberOfThreads() throws IOException {
    Path boots = Path.of("sample-logs/27-panic-reboot-loop.log");
    Path log = folder.resolve("boots.log");
    int times = 20_000 / Files.readAllLines(boots, StandardCharsets.ISO_8859_1).size();
    Files.writeString(log, Files.readString(boots).repeat(times));
    String one = run("--jobs", "1", "--format", "json", log.toString()).out();
    assertTrue(one.contains("\"kernel.panic"), one);
    assertEquals(one, run("--jobs", "3", "--format", "json", log.toString()).out());
  }

  @Test
  void noLineOfTheTextIsWiderThanTheTerminalAndNoneHoldsAControlCharacter() throws Exception {
    linesFit("sample-logs");
    try (Stream<Path> logs = Files.list(Path.of("sample-logs"))) {
      logs.map(Path::toString)
          .filter(log -> log.endsWith(".log"))
          .sorted()
          .forEach(MainTest::linesFit);
    }
  }

  private static void linesFit(String logs) {
    for (String line : run(logs).out().split("\n", -1)) {
      assertTrue(line.length() <= 80, logs + ": " + line);
      assertFalse(line.chars().anyMatch(Character::isISOControl), line);
      assertFalse(line.endsWith(" "), line);
    }
  }

  // ---- the other commands -----------------------------------------------------------------------

  @Test
  void rulesAreListedAndTested() {
    assertTrue(run("rules", "list").out().contains("systemd.device-timeout"));
    Result result = run("rules", "test");
    assertEquals(0, result.status(), result.err());
    assertTrue(result.out().contains(" 0 failed\nslowest in "), result.out());
  }

  @Test
  void aFindingIsExplainedByItsIdOrTheBeginningOfIt() {
    String page = run("explain", "systemd.device-timeout").out();
    assertTrue(page.startsWith("systemd.device-timeout: <unit> did not appear in time\n"), page);
    assertTrue(page.contains("\nWhat to do\n  Compare the name with `blkid`"), page);
    assertTrue(page.contains("\nMay cause\n"), page);
    assertTrue(page.contains("\n  systemd.dependency-failed  <unit> was"), page);
    assertTrue(page.contains("\n  storage.lvm-missing "), page);
    assertTrue(page.contains("\nSeen as\n  [ TIME ] Timed out waiting for device"), page);
    assertTrue(page.lines().allMatch(line -> line.length() <= 80), page);
    assertEquals(page, run("explain", "systemd.dev").out());
    assertEquals(page, run("rules", "show", "systemd.device-timeout").out());
    assertTrue(run("explain", "kernel.panic").out().startsWith("kernel.panic\n"));
  }

  @Test
  void anIdThatIsNoneGetsSuggestions() {
    Result several = run("explain", "systemd.de");
    assertEquals(2, several.status());
    assertEquals(
        "loganalyze: 2 rules begin with 'systemd.de'; give more of one:"
            + " systemd.dependency-failed, systemd.device-timeout\n",
        several.err());
    assertEquals(
        "loganalyze: there is no rule 'sytemd.device-timeot'; perhaps systemd.device-timeout\n",
        run("explain", "sytemd.device-timeot").err());
    assertTrue(run("explain", "floppy").err().contains("perhaps storage.floppy-probe"));
    assertEquals(
        "loganalyze: there is no rule '\\x1b'; loganalyze rules list has all\n",
        run("explain", "\u001b").err());
  }

  @Test
  void aDraftOfALineIsARuleThatFindsIt() throws Exception {
    String draft = run("rules", "new", "own.draft", "--from", FAILED + ":300").out();
    Path file = folder.resolve("own/draft.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, draft);
    Result result = run("rules", "test", folder.toString());
    assertEquals(0, result.status(), draft + result.err());
    assertEquals(2, run("rules", "new", "own.draft", "--from", FAILED).status());
    assertEquals(2, run("rules", "new", "own.draft", "--from", FAILED + ":999999").status());
  }

  @Test
  void testingNamesThePatternThatSlowsTheSearch() throws Exception {
    String draft = run("rules", "new", "own.slow", "--from", FAILED + ":300").out();
    Path file = folder.resolve("own/slow.yaml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, draft.replaceFirst("pattern: .*", "pattern: '[a-z]" + ".".repeat(20) + "[0-9]'"));
    Result result = run("rules", "test", folder.toString());
    assertEquals(1, result.status());
    assertTrue(
        result.err().contains("own.slow: pattern '[a-z]....................[0-9]' needs a state"),
        result.err());
  }

  @Test
  void aBudgetOfACaseThatIsNoneIsASentence() throws Exception {
    Path file = folder.resolve("own/late.yaml");
    Files.createDirectories(file.getParent());
    String draft = run("rules", "new", "own.late", "--from", FAILED + ":300").out();
    Files.writeString(file, draft.replace("    finds: {}", "    budgets: [x]\n    finds: {}"));
    Result result = run("rules", "test", folder.toString());
    assertEquals("own.late: case 1: a budget is NAME=TIME", result.err().substring(0, 39));
  }

  @Test
  void aDraftLeavesHexadecimalNumbersOpenEvenAtTheEnd() throws Exception {
    Path log = folder.resolve("some.log");
    Files.writeString(log, "[    1.000000] acme: flags 0x9a00 ends in 0x\n");
    String draft = run("rules", "new", "own.draft", "--from", log + ":1").out();
    assertTrue(draft.contains("'^acme: flags 0x[0-9a-f]+ ends in \\d+x$'"), draft);
  }

  @Test
  void rulesAreListedByFamilySeverityAndText() {
    String all = run("rules", "list").out();
    String some =
        run("rules", "list", "--family", "storage", "--severity", "error", "floppy").out();
    assertTrue(all.lines().count() > 60);
    assertTrue(some.lines().allMatch(l -> l.startsWith("storage.")), some);
    assertTrue(run("rules", "list", "--family", "storage").out().contains("storage.floppy-probe"));
  }

  @Test
  void theCommittedPagesOfTheRulesAreThoseOfTheRules() throws Exception {
    assertEquals(0, run("rules", "docs", folder.toString()).status());
    List<String> written = names(folder);
    assertEquals(written, names(Path.of("docs/rules")), "run loganalyze rules docs");
    for (String page : written) {
      assertEquals(
          Files.readString(folder.resolve(page)),
          Files.readString(Path.of("docs/rules", page)),
          "run loganalyze rules docs");
    }
  }

  @Test
  void theFolderOfTheRulePagesKeepsWhatIsNoneOfThem() throws Exception {
    Files.writeString(folder.resolve("notes.md"), "# notes\n\nmine\n");
    Files.writeString(folder.resolve("own.gone.md"), "# own.gone\n\n**It is gone** (error)\n");
    assertEquals(0, run("rules", "docs", folder.toString()).status());
    assertTrue(names(folder).contains("notes.md"));
    assertFalse(names(folder).contains("own.gone.md"), "the page of a rule that is gone");
    Files.writeString(folder.resolve("README.md"), "# My project\n");
    Result refused = run("rules", "docs", folder.toString());
    assertEquals(2, refused.status());
    assertTrue(refused.err().contains("README.md: this is no page of a rule"), refused.err());
    assertEquals("# My project\n", Files.readString(folder.resolve("README.md")));
  }

  @Test
  void anEmptyNameIsNoWorkingDirectory() {
    Result result = run("");
    assertEquals(2, result.status());
    assertEquals("loganalyze: '': no file has an empty name\n", result.err());
  }

  @Test
  void twoReportsDoNotGoToOnePlace() {
    String file = folder.resolve("a.json").toString();
    String same = folder.resolve(".").resolve("a.json").toString();
    Result files = run("--format", "json=" + file, "--format", "jsonl=" + same, PASSED);
    assertEquals(2, files.status());
    assertTrue(files.err().contains("two reports cannot go to " + file), files.err());
    Result printed = run("--format", "json", "--format", "text", PASSED);
    assertEquals(2, printed.status());
    assertTrue(printed.err().contains("cannot go to standard output"), printed.err());
    assertTrue(run("--format", "json=", PASSED).err().contains("'json=' names no file"));
  }

  @Test
  void aBudgetIsForWhatThereIs() {
    Result unknown = run("timing", "--budget", "logn=40s", PASSED);
    assertEquals(2, unknown.status());
    assertTrue(unknown.err().contains("there is no figure 'logn'; a budget is for"), unknown.err());
    assertEquals(
        0, run("timing", "--budget", "login=40s", "--budget", "a.service=1s", PASSED).status());
  }

  private static List<String> names(Path folder) {
    return Arrays.stream(folder.toFile().list()).sorted().toList();
  }

  @Test
  void parseShowsWhatWasMadeOfEachLine() {
    String text = run("parse", FAILED).out();
    assertTrue(
        text.lines().anyMatch(l -> l.matches(" +\\d+ +\\d+\\.\\d{6} kernel   panic .*VFS.*")),
        text);
    String json = run("parse", "--format", "jsonl", FAILED).out();
    assertEquals(text.lines().count(), json.lines().count());
    assertTrue(json.startsWith("{\"line\":1,"), json);
    assertFalse(text.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)));
  }

  @Test
  void helpAndVersionAndCompletion() {
    assertTrue(run("--help").out().contains("Exit status:\n  0  booted"));
    assertTrue(run("--version").out().startsWith("loganalyze "));
    assertTrue(run("completion").out().contains("complete "));
  }

  // ---- timing -----------------------------------------------------------------------------------

  @Test
  void timingTakesTheExitStatusesOfTheMainCommand() {
    assertEquals(0, run("timing", PASSED).status());
    assertEquals(1, run("timing", FAILED).status());
    assertEquals(3, run("timing", "--fail-on", "never", CUT).status());
    assertEquals(2, run("timing", "/nowhere.log").status());
  }

  @Test
  void aBudgetThatIsNotKeptIsAFindingAndOneThatIsKeptIsNone() {
    assertEquals(0, run("timing", "--budget", "kernel=1min", PASSED).status());
    assertEquals(1, run("timing", "--budget", "kernel=1s", PASSED).status());
    assertEquals(
        0, run("timing", "--budget", "kernel=1s", "--fail-on", "critical", PASSED).status());
  }

  @Test
  void wrongWordsForTimingAreOneSentence() throws Exception {
    String rubbish = write("units.txt", "rubbish".getBytes(StandardCharsets.US_ASCII));
    for (String[] wrong :
        new String[][] {
          {"timing", "--budget", "login", PASSED},
          {"timing", "--format", "gif", PASSED},
          {"timing", "--units", rubbish, PASSED},
          {"timing", "--units", "/nowhere.txt", PASSED}
        }) {
      Result result = run(wrong);
      assertEquals(2, result.status());
      assertTrue(result.err().startsWith("loganalyze: "), result.err());
      assertEquals(1, result.err().lines().count(), result.err());
    }
  }
}
