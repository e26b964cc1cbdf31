package dev.loganalyze.cli;

import static dev.loganalyze.cli.Bash.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that change, end or never end while they are read, and what is no log at all. */
class ReadingFaultsIT {
  private static final Path BOOT = Path.of("sample-logs/07-debian-ok-initrd.log").toAbsolutePath();

  @TempDir Path temp;
  private Bash bash;

  @BeforeEach
  void start() throws Exception {
    bash = new Bash(temp);
  }

  // ---- logs that change -------------------------------------------------------------------------

  /** Something that happens to a log. */
  private interface Change {
    void to(Path log) throws IOException;
  }

  /**
   * Analyses a pipe and then a log; the log changes after the program has looked what there is, and
   * before it reads it.
   */
  private Bash.Result changed(Change change) throws Exception {
    bash.run("mkfifo pipe");
    Path log = bash.folder().resolve("x.log");
    Files.copy(BOOT, log);
    Process process = bash.loganalyze("--jobs", "1", "--format", "json", "pipe", "x.log");
    try (OutputStream out = new FileOutputStream(bash.folder().resolve("pipe").toFile())) {
      change.to(log);
      out.write(Files.readAllBytes(BOOT));
    }
    return bash.result(process, "does not end");
  }

  private static JsonNode input(Bash.Result result, int run) throws IOException {
    return new ObjectMapper().readTree(result.out()).path("runs").path(run).path("inputs").path(0);
  }

  @Test
  void aLogThatVanishesIsNamedAndCostsNothingElse() throws Exception {
    Bash.Result result = changed(Files::delete);
    refused(result, "x.log: could not be read: it is not there");
    assertEquals(Files.size(BOOT), input(result, 0).path("bytes").asLong());
  }

  @Test
  void aLogThatGrewIsReadAsItIs() throws Exception {
    byte[] more = Files.readAllBytes(BOOT);
    Bash.Result result = changed(log -> Files.write(log, more, StandardOpenOption.APPEND));
    assertEquals("", result.err());
    assertEquals(2L * more.length, input(result, 1).path("bytes").asLong());
  }

  @Test
  void aLogThatShrankIsReadAsItIs() throws Exception {
    Bash.Result result = changed(log -> cut(log, 20_000));
    assertEquals(3, result.status());
    assertTrue(result.err().startsWith("loganalyze: x.log: the log stops before"), result.err());
    assertEquals(20_000, input(result, 1).path("bytes").asLong());
  }

  private static void cut(Path log, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(bytes);
    }
  }

  private Path large() throws IOException {
    Path log = bash.folder().resolve("x.log");
    byte[] boot = Files.readAllBytes(BOOT);
    try (OutputStream out = Files.newOutputStream(log)) {
      for (int i = 0; i < 200; i++) {
        out.write(boot);
      }
    }
    return log;
  }

  /** Waits until {@code process} has {@code file} open. */
  private static void reads(Process process, Path file) throws Exception {
    Path open = Path.of("/proc/" + process.pid() + "/fd");
    boolean reads = false;
    while (!reads && process.isAlive()) {
      try (Stream<Path> links = Files.list(open)) {
        for (Path link : links.toList()) {
          reads |= Files.isSymbolicLink(link) && Files.isSameFile(link, file);
        }
      } catch (IOException e) {
        // Closed meanwhile.
      }
    }
  }

  @Test
  void aLogThatIsCutWhileItIsReadIsOneThatStops() throws Exception {
    Path log = large();
    Process process = bash.loganalyze("--format", "json", "x.log");
    reads(process, log);
    cut(log, 0);
    Bash.Result result = bash.result(process, "does not end");
    assertFalse(result.err().contains("fault of loganalyze"), result.err());
    assertTrue(List.of(0, 1, 2, 3).contains(result.status()));
    new ObjectMapper().readTree(result.out());
  }

  @Test
  void aLogThatGrowsAllTheTimeHasAnEnd() throws Exception {
    Path log = large();
    byte[] line =
        "[  999.000000] audit: printk limit exceeded\n".getBytes(StandardCharsets.US_ASCII);
    Process process = bash.loganalyze("--format", "json", "x.log");
    try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
      for (int i = 0; process.isAlive() && i < 60_000; i++) {
        out.write(line);
        Thread.sleep(1);
      }
    }
    assertFalse(process.isAlive());
    Bash.Result result = bash.result(process, "does not end");
    assertEquals("", result.err());
    assertTrue(input(result, 0).path("bytes").asLong() >= 200 * Files.size(BOOT));
  }

  // ---- inputs that never end --------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"})
  void aDeviceThatNeverEndsIsRefused(String device) throws Exception {
    refused(bash.run("la " + device), device + ": this device never ends");
  }

  @Test
  void aDeviceWithNothingInItIsALogWithoutABoot() throws Exception {
    Bash.Result result = bash.run("la /dev/null");
    assertEquals(3, result.status());
    assertEquals("loganalyze: /dev/null: no boot was found in it\n", result.err());
  }

  /** It is refused, or read on in a bounded memory. */
  @ParameterizedTest
  @ValueSource(strings = {"y\n", "\0"})
  void aPipeThatNeverEndsTakesLittleMemory(String over) throws Exception {
    byte[] much = over.repeat(50_000).getBytes(StandardCharsets.US_ASCII);
    Process process = bash.java("-Xmx64m", "--format", "json=out.json", "-");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    try (OutputStream in = process.getOutputStream()) {
      while (System.nanoTime() < until) {
        in.write(much);
      }
      String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
      Matcher peak = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(status);
      assertTrue(peak.find() && Integer.parseInt(peak.group(1)) < 300_000, status);
      process.destroyForcibly();
    } catch (IOException e) {
      refused(bash.result(process, "does not end"), "-: larger than ");
    }
  }

  // ---- little memory ----------------------------------------------------------------------------

  @Test
  void aHeapOf64MegabytesIsEnoughForSmallLogs() throws Exception {
    String[] samples = {"--format", "json", Bash.HERE.resolve("sample-logs").toString()};
    Bash.Result plenty = bash.result(bash.loganalyze(samples), "does not end");
    assertEquals(plenty, bash.result(bash.java("-Xmx64m", samples), "does not end"));
    assertEquals("", plenty.err());
  }

  /** Read, or refused with a sentence; and a report whole or none. */
  @Test
  void aHeapOf64MegabytesIsNoFaultForALargeLog() throws Exception {
    large();
    Process process = bash.java("-Xmx64m", "--format", "json=out.json", "x.log");
    Bash.Result result = bash.result(process, "does not end");
    if (result.status() == 2) {
      refused(result, "LOGANALYZE_JAVA_OPTS=-Xmx4g");
      assertEquals(List.of("x.log"), bash.files());
    } else {
      assertEquals("", result.err());
      new ObjectMapper().readTree(bash.folder().resolve("out.json").toFile());
    }
  }

  /** The tar is a stream, and of the log that is longer than the heap an excerpt is held. */
  @Test
  void aHeapOf64MegabytesIsEnoughForALongLogInAnArchive() throws Exception {
    large();
    bash.run("for i in 1 2 3 4 5 6; do cat x.log; done >y.log; tar czf x.tgz y.log; rm ?.log");
    Process process = bash.java("-Xmx64m", "--format", "json", "x.tgz");
    Bash.Result result = bash.result(process, "does not end");
    assertEquals("", result.err());
    assertEquals(6 * 200 * Files.size(BOOT), input(result, 0).path("bytes").asLong());
  }

  /** Of JUnit's XML no excerpt can be made. The bound is a quarter of the heap. */
  @ParameterizedTest
  @ValueSource(strings = {"cat", "gzip"})
  void noMoreOfAnArchiveIsHeldThanFits(String how) throws Exception {
    String xml = "<testsuite name=\"x\"><testcase name=\"y\"/><!--" + "x".repeat(5_000_000);
    Files.writeString(bash.folder().resolve("x.xml"), xml + "--></testsuite>\n");
    bash.run("for n in 1 2 3 4; do " + how + " <x.xml >$n.xml; done; tar cf x.tar ?.xml; rm ?.xml");
    Process process = bash.java("-Xmx64m", "--format", "json", "x.tar");
    Bash.Result result = bash.result(process, "does not end");
    // What Java takes for the heap is a little less with some collectors.
    Pattern sentence =
        Pattern.compile(
            "x\\.tar!/4\\.xml: with it more than 1[56] MiB of x\\.tar would be held, the most that is;"
                + " unpack it and name the logs");
    assertTrue(sentence.matcher(result.err()).find(), result.err());
  }

  // ---- what is no log ---------------------------------------------------------------------------

  @Test
  void foldersPipesAndLinksThatGoInCirclesHoldNobodyUp() throws Exception {
    refused(bash.run("mkdir empty; la empty"), "empty: no log files in this folder");
    bash.run(
        "mkdir all; mkfifo all/pipe.log; ln -s . all/loop; ln -s /dev/zero all/zero.log;"
            + "ln -s nowhere all/gone.log; mkdir all/x.log; cp $BOOT all/boot.log");
    Bash.Result result = bash.run("la all");
    assertEquals(1, result.status(), result.err());
    assertTrue(result.out().startsWith("all/boot.log: FAILED"), result.out());
    assertEquals("", result.err());
    refused(bash.run("la all/loop/x.log"), "no log files in this folder");
    refused(bash.run("la all/gone.log"), "all/gone.log: no such file");
    refused(bash.run("ln -s self self; la self"), "self: no such file");
  }

  @Test
  void aPipeIsALogAndWaitsForItsWriter() throws Exception {
    Bash.Result result = bash.run("mkfifo pipe; (sleep 1; cat $BOOT >pipe) & la pipe");
    assertEquals(1, result.status());
    assertTrue(result.out().startsWith("pipe: FAILED"), result.out());
  }

  // ---- names ------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb.log",
        "a\u001b]0;b\u0007.log",
        "\n::error::x.log",
        "a\u202eb.log",
        "a'b\"c`d$(e).log",
        "-x.log",
        "<script>.log"
      })
  void aNameIsNothingButAName(String name) throws Exception {
    Path log = bash.folder().resolve(name);
    Files.copy(Path.of("sample-logs/02-panic-wrong-root.log"), log);
    Bash.Result text =
        bash.run(
            "la --format text --format json=r.json --format sarif=r.sarif --format junit=r.xml"
                + " --format github=r.github . ; s=$?; rm -- *.log; exit $s");
    assertEquals(1, text.status(), text.err());
    assertFalse(text.out().contains("\u001b"), text.out());
    assertTrue(text.out().lines().findFirst().orElse("").contains("FAILED"), text.out());
    JsonNode json = new ObjectMapper().readTree(bash.folder().resolve("r.json").toFile());
    assertEquals(name, json.path("runs").path(0).path("inputs").path(0).path("path").asText());
    new ObjectMapper().readTree(bash.folder().resolve("r.sarif").toFile());
    javax.xml.parsers.DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(bash.folder().resolve("r.xml").toFile());
    for (String line : Files.readAllLines(bash.folder().resolve("r.github"))) {
      assertFalse(line.startsWith("::error::"), line);
    }
    Process gone = bash.loganalyze("--", name);
    assertTrue(gone.waitFor(60, TimeUnit.SECONDS));
    Bash.Result missing = bash.result(gone, name);
    refused(missing, ": no such file");
    assertFalse(missing.err().contains("\u001b"), missing.err());
  }

  @Test
  void aNameThatIsNoUtf8IsReadInAFolder() throws Exception {
    Bash.Result result = bash.run("cp $BOOT $'caf\\xe9.log'; la .");
    assertEquals(1, result.status(), result.err());
    assertTrue(result.out().contains("FAILED"), result.out());
  }
}
