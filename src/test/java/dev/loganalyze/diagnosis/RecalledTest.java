package dev.loganalyze.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.boot.Unit;
import dev.loganalyze.input.Source;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.timing.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was printed in a session joins the run as if it had been given. */
class RecalledTest {
  private static final Path LOGS = Path.of("../shared/logs");
  private static final String UNIT = "hangstart.service";

  /** A console whose getty silenced systemd's status, up to the first prompt. */
  private static byte[] console() throws IOException {
    byte[] log = Files.readAllBytes(Path.of("sample-logs/12-unit-start-timeout.log"));
    String text = new String(log, StandardCharsets.ISO_8859_1);
    int prompt = text.indexOf("root@debvm:~#", text.indexOf("login: root"));
    return text.substring(0, prompt).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] unpacked(String file) throws IOException {
    Path path = LOGS.resolve("12-unit-start-timeout.guest").resolve(file);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      return in.readAllBytes();
    }
  }

  private static Run session(String command, byte[] answer) throws Exception {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    log.writeBytes(console());
    log.writeBytes(("root@debvm:~# " + command + "\r\n").getBytes(StandardCharsets.UTF_8));
    log.writeBytes(answer);
    log.writeBytes("root@debvm:~# poweroff\r\n".getBytes(StandardCharsets.UTF_8));
    return run(log.toByteArray());
  }

  private static Run run(byte[] log) throws Exception {
    return new Analyzer(RuleSet.builtIn())
        .analyze(new Source("x", Source.Compression.NONE, log.length, "0", log, ""));
  }

  private static Finding finding(Run run, String rule) {
    return run.findings().stream()
        .map(Run.Diagnosed::finding)
        .filter(f -> f.rule().id().equals(rule))
        .findFirst()
        .orElseThrow(() -> new AssertionError(rule + " is not found"));
  }

  private static Unit unit(Run run) {
    return run.boots().get(0).units().stream()
        .filter(u -> u.name().equals(UNIT))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theConsoleAloneDoesNotKnowWhatBecameOfTheUnit() throws Exception {
    Run run = session("true", new byte[0]);
    assertEquals(Unit.Result.STARTING, unit(run).result());
    assertEquals(Verdict.PASSED, run.verdict());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"short", "short-iso-precise", "short-monotonic", "export", "json", "verbose"})
  void aJournalInAnyFormTellsIt(String form) throws Exception {
    Run run = session("journalctl --no-pager -o " + form, unpacked("journal." + form + ".txt.gz"));
    assertEquals(1, run.boots().size());
    assertEquals(Unit.Result.FAILED, unit(run).result());
    Finding timeout = finding(run, "systemd.start-timeout");
    assertEquals(UNIT, timeout.subject());
    assertTrue(timeout.recalled());
    String evidence = timeout.evidence().get(0).text();
    assertTrue(evidence.contains("start operation timed out"), evidence);
    assertTrue(timeout.firstLine() > 550, () -> "line " + timeout.firstLine());
    assertEquals(List.of(idOf(run, "systemd.start-timeout")), ids(run));
  }

  /** It is printed later, and happened before the session. */
  @Test
  void whatIsRecalledIsNotNearerThanWhatTheSessionShows(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("storage"));
    for (String rule : List.of("milk", "butter", "cheese")) {
      String causes = rule.equals("cheese") ? "" : "causes: [storage.cheese]\n";
      Files.writeString(
          folder.resolve("storage/" + rule + ".yaml"),
          String.format(
              "id: storage.%1$s\ntitle: '%1$s'\nseverity: error\nmatch: {pattern: 'sour %1$s'}\n"
                  + "explain: a\nadvice: a\n%2$scases: [{log: x, finds: none}]\n",
              rule, causes));
    }
    String log =
        "[    0.000000] Linux version 6.1.0 (a@b) (gcc) #1\n[    1.000001] something\n"
            + "Welcome to Debian!\nvm login: root\nroot@vm:~# ls\nsour milk\n"
            + "root@vm:~# dmesg\n[    0.000000] Linux version 6.1.0 (a@b) (gcc) #1\n"
            + "[    1.000001] something\n[    1.500000] sour butter\n"
            + "root@vm:~# df\nsour cheese\nroot@vm:~# poweroff\n";
    byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
    Run run =
        new Analyzer(RuleSet.with(List.of(folder)))
            .analyze(new Source("x", Source.Compression.NONE, bytes.length, "0", bytes, ""));
    assertTrue(finding(run, "storage.butter").recalled());
    assertEquals(
        List.of(idOf(run, "storage.milk")), run.finding(idOf(run, "storage.cheese")).causedBy());
  }

  private static String idOf(Run run, String rule) {
    return run.findings().stream()
        .filter(f -> f.finding().rule().id().equals(rule))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static List<String> ids(Run run) {
    return run.rootCauses().stream().map(Run.RootCause::id).toList();
  }

  @Test
  void theLineOfAnEntryIsWhereItWasPrinted() throws Exception {
    String json = new String(unpacked("journal.json.txt.gz"), StandardCharsets.UTF_8);
    int before = json.substring(0, json.indexOf("start operation timed out")).split("\n").length;
    int prompt = new String(console(), StandardCharsets.ISO_8859_1).split("\n", -1).length;
    Run run = session("journalctl -o json", json.getBytes(StandardCharsets.UTF_8));
    assertEquals(prompt + before, finding(run, "systemd.start-timeout").firstLine());
  }

  @Test
  void whatCarriesTheKernelsClockGivesUnitsTheirTimes() throws Exception {
    Run run = session("journalctl -o json", unpacked("journal.json.txt.gz"));
    assertTrue(unit(run).finished() != Entry.NO_TIME);
    assertTrue(
        run.timings().get(0).units().stream()
            .anyMatch(u -> u.name().equals(UNIT) && u.finished().isKnown()));
  }

  @Test
  void anEarlierBootIsNotThisOne() throws Exception {
    Run run = session("journalctl -b -1 --no-pager", unpacked("journal.short.txt.gz"));
    assertTrue(run.findings().stream().noneMatch(f -> f.finding().recalled()));
  }

  @Test
  void linesOfTheKernelAreNoFindingsTwice() throws Exception {
    String console =
        """
        [    0.000000] Linux version 6.1.0 (x@y) #1
        [    5.115770] I/O error, dev vda, sector 0 op 0x0:(READ) flags 0x0 phys_seg 1 prio class 2
        debvm login: root
        """;
    String dmesg = console.substring(0, console.indexOf("debvm"));
    Run alone = run(console.getBytes(StandardCharsets.UTF_8));
    Run both =
        run(
            (console + "root@debvm:~# dmesg\n" + dmesg + "root@debvm:~# ")
                .getBytes(StandardCharsets.UTF_8));
    assertEquals(1, both.boots().size());
    assertEquals(
        finding(alone, "storage.io-error").occurrences(),
        finding(both, "storage.io-error").occurrences());
    assertFalse(finding(both, "storage.io-error").recalled());
  }

  @Test
  void aSilentConsoleLearnsItsKernelFromWhatWasPrinted() throws Exception {
    String log =
        """
        debvm login: root
        root@debvm:~# dmesg
        [    0.000000] Linux version 6.1.0-56-cloud-amd64 (x@y) #1 SMP
        [    0.000000] Command line: console=ttyS0 root=/dev/vda
        root@debvm:~# poweroff
        """;
    Run run = run(log.getBytes(StandardCharsets.UTF_8));
    assertEquals(1, run.boots().size());
    assertEquals("6.1.0-56-cloud-amd64", run.boots().get(0).kernelVersion());
    assertEquals("console=ttyS0 root=/dev/vda", run.boots().get(0).commandLine());
  }

  /** The deadlock of the run folder that the truth of the seed logs names, with both edges. */
  @Test
  void aDeadlockIsProvedWithBothItsEdges() throws Exception {
    Path folder =
        Path.of("../shared/corpus/seed-logs/docs/work-notes")
            .resolve("2025-10-12T17-13-25Z-sshd-pre-nixos-deadlock");
    Run run = run(Files.readAllBytes(folder.resolve("serial.log")));
    Finding deadlock = finding(run, "systemd.job-deadlock");
    assertEquals("sshd.service", deadlock.subject());
    assertEquals("pre-nixos.service", deadlock.names().get("holder"));
    List<String> lines = deadlock.evidence().stream().map(Finding.Evidence::text).toList();
    assertEquals(4, lines.size());
    assertTrue(lines.get(0).startsWith("After=pre-nixos.service "));
    assertEquals("500 sshd.service      start waiting", lines.get(1));
    assertEquals("69  pre-nixos.service start running", lines.get(2));
    assertEquals("└─901 systemctl start sshd", lines.get(3));
    assertEquals(List.of(idOf(run, "systemd.job-deadlock")), ids(run));
  }

  @Test
  void manyPrintedLogsTakeLinearTime() {
    StringBuilder log = new StringBuilder("[    0.000000] Linux version 6.1.0 (x@y) #1\n");
    for (int i = 0; i < 3000; i++) {
      log.append("root@debvm:~# journalctl -o export ").append(i).append('\n');
      for (int line = 0; line < 20; line++) {
        log.append("__CURSOR=\n\n_SELINUX\n\nOct 12 17:25:02 x systemd[1]: Starting x.service\n");
      }
    }
    byte[] bytes = log.toString().getBytes(StandardCharsets.UTF_8);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> assertEquals(1, run(bytes).boots().size()));
  }

  @Test
  void manyBootsWithASecretEachTakeLinearTime() {
    int boots = 60_000;
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < boots; i++) {
      log.append("[    0.000000] Linux version 6.1.").append(i).append(" (x@y) #1\n");
      log.append("[    1.000000] x password=abcdef").append(i).append('\n');
    }
    byte[] bytes = log.toString().getBytes(StandardCharsets.UTF_8);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> assertEquals(boots, run(bytes).boots().size()));
  }

  @Test
  void theStepsOfAUnitAreSpans() throws Exception {
    String journal =
        """
        Oct 12 17:25:02 vm systemd[1]: Starting setup.service - Sets things up...
        Oct 12 17:25:03 vm setup[831]: {"event": "net.start", "timestamp": "2025-10-12T17:25:03.100000+00:00"}
        Oct 12 17:25:05 vm setup[831]: {"event": "net.finished", "timestamp": "2025-10-12T17:25:05.600000+00:00"}
        """;
    Run run = session("journalctl -u setup", journal.getBytes(StandardCharsets.UTF_8));
    assertTrue(
        run.timings().get(0).spans().stream()
            .anyMatch(s -> s.kind() == Span.Kind.EVENT && s.name().equals("net")),
        () -> run.timings().get(0).spans().toString());
  }
}
