package dev.loganalyze.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.Noise;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.rules.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts and causes, on the smallest logs that show them. */
class AnalyzerTest {
  private static final String START =
      "[    0.000000] Linux version 6.1.0 (x@y) #1 SMP\n"
          + "[    0.543211] pci 0000:00:01.0: enabled\n"
          + "Welcome to Debian GNU/Linux 12 (bookworm)!\n";
  private static final String LOGIN = "debvm login: \n";
  private static final String FAILED =
      "         Starting a.service - A...\n[FAILED] Failed to start a.service - A.\n";

  private static Analyzer analyzer;

  @BeforeAll
  static void loadRules() throws Exception {
    analyzer = new Analyzer(RuleSet.builtIn());
  }

  private static Run run(String log) {
    return run(log.getBytes(StandardCharsets.UTF_8));
  }

  private static Run run(byte[] log) {
    try {
      return analyzer.analyze(
          new Source("x.log", Source.Compression.NONE, log.length, "0".repeat(64), log, ""));
    } catch (InputException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> chain(Run run) {
    return run.rootCauses().get(0).chain().stream()
        .map(id -> run.finding(id).finding().rule().id())
        .toList();
  }

  /** What a port reads at another speed: any bytes. */
  private static byte[] noise(int length, String within) {
    byte[] noise = new byte[length];
    new Random(1).nextBytes(noise);
    byte[] said = within.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(said, 0, noise, length / 2, said.length);
    return noise;
  }

  @Test
  void evidenceThatIsCutEndsWithAWholeCharacter() {
    for (String pad : List.of("", "x")) {
      String line =
          "[    1.000000] Kernel panic - not syncing: " + pad + "\ud83d\ude00".repeat(400);
      Run run = run(START + line + "\n");
      String text = run.findings().get(0).finding().evidence().get(0).text();
      assertTrue(text.endsWith("\ude00\u2026"), text);
      assertTrue(text.length() >= 499 && text.length() <= 500, text);
    }
  }

  /** How many threads this one starts while {@code log} is read and analysed. */
  private static int threads(Analyzer by, Path log) throws Exception {
    AtomicInteger started = new AtomicInteger();
    InheritableThreadLocal<Integer> inherited =
        new InheritableThreadLocal<>() {
          @Override
          protected Integer childValue(Integer parent) {
            started.incrementAndGet();
            return parent;
          }
        };
    inherited.set(1);
    try {
      Source source =
          Inputs.open(new Inputs.Located("x.log", log, true), by.excerpter()).logs().get(0);
      assertTrue(by.analyze(source).boots().size() > 1);
      return started.get();
    } finally {
      inherited.remove();
    }
  }

  @Test
  void aKernelWithoutStampsIsHeardOnceUserspaceSpeaks() {
    Run run =
        run(
            "Linux version 6.1.0 (x@y) #1 SMP\npci 0000:00:01.0: enabled\n"
                + "Welcome to Debian GNU/Linux 12 (bookworm)!\n"
                + LOGIN
                + "I/O error, dev vda, sector 32772 op 0x1:(WRITE) flags 0x800 phys_seg 1 prio class 2\n");
    assertEquals(List.of("storage.io-error"), chain(run));
  }

  @Test
  void aKernelWithoutStampsIsHeardThoughASessionShowsItsStamps() {
    Run run =
        run(
            "Linux version 6.1.0 (x@y) #1 SMP\npci 0000:00:01.0: enabled\n"
                + "Welcome to Debian GNU/Linux 12 (bookworm)!\n"
                + LOGIN
                + "[    0.543211] pci 0000:00:01.0: enabled\n"
                + "watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [modprobe:123]\n"
                + "CPU: 0 PID: 123 Comm: modprobe Not tainted 6.1.0 #1\n"
                + "RIP: 0010:foo_probe+0x12/0x30 [foo]\n"
                + "Call Trace:\n <TASK>\n do_one_initcall+0x59/0x220\n </TASK>\n");
    assertEquals(List.of("kernel.soft-lockup"), chain(run));
  }

  @Test
  void noiseWithAPromptInItIsNoBoot() throws Exception {
    Run run = run(noise(100_000, "\n~/# \n=> \n"));
    assertEquals(Verdict.UNKNOWN, run.verdict());
    assertEquals(
        List.of("console.garbled"),
        run.findings().stream().map(f -> f.finding().rule().id()).toList());
    assertEquals(Verdict.PASSED, run("root@debvm:~# id\nuid=0(root)\n").verdict());
  }

  @Test
  void aBoxThatUefiDrawsIsNoNoise() {
    byte[] log =
        ("BdsDxe: starting Boot0001 \"UEFI Disk\" from X\n" + "#".repeat(200))
            .getBytes(StandardCharsets.UTF_8);
    Arrays.fill(log, log.length - 200, log.length, (byte) 0xc4);
    assertEquals(List.of(), run(log).findings());
  }

  @Test
  void aConsoleThatTurnsToNoiseSaysWhyItIsNotToldOn() throws Exception {
    byte[] start = START.getBytes(StandardCharsets.UTF_8);
    byte[] log = Arrays.copyOf(start, start.length + 2000);
    System.arraycopy(noise(2000, "\n"), 0, log, start.length, 2000);
    Run run = run(log);
    assertEquals(Verdict.INCOMPLETE, run.verdict());
    assertEquals(List.of("console.garbled"), chain(run).subList(0, 1));
  }

  @Test
  void anAnalysisAmongOthersTakesNoOtherThread(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("x.log");
    String said = "[    2.000000] nothing that anybody asks for, said so often that it is long\n";
    StringBuilder text = new StringBuilder();
    for (int boot = 0; text.length() < 10_000_000; boot++) {
      // No two boots do the same at the same microsecond.
      text.append(START.replace("0.543211", "0.54" + (1000 + boot))).append(said.repeat(5000));
    }
    Files.writeString(log, text);
    Analyzer two = new Analyzer(RuleSet.builtIn(), Asked.NOTHING.withJobs(2));
    assertEquals(4, threads(two, log), "two look at lines, one at boots, and one searches");
    assertEquals(0, threads(two.alone(), log));
  }

  // ---- verdicts ---------------------------------------------------------------------------------

  @Test
  void aLoginWithoutErrorsHasPassed() {
    Run run = run(START + LOGIN);
    assertEquals(Verdict.PASSED, run.verdict());
    assertEquals(List.of(), run.rootCauses());
  }

  @Test
  void aLoginWithErrorsIsDegraded() {
    assertEquals(Verdict.DEGRADED, run(START + FAILED + LOGIN).verdict());
  }

  @Test
  void aBootThatErrorsStoppedHasFailed() {
    assertEquals(
        Verdict.FAILED, run(START + "[    1.000001] Kernel panic - not syncing: x\n").verdict());
  }

  @Test
  void aLogThatJustStopsIsIncomplete() {
    assertEquals(Verdict.INCOMPLETE, run("[    0.000000] Linux version 6.1.0 (x@y)\n").verdict());
  }

  @Test
  void aModeThatTheCommandLineAsksForIsWhatTheBootWasToReach() {
    String log =
        "[    0.000000] Linux version 6.1.0 (x@y)\n"
            + "[    0.000000] Command line: root=/dev/vda ro %s\n"
            + "[    5.123456] systemd[1]: systemd 252 running in system mode (+PAM)\n"
            + "[  OK  ] Reached target rescue.target - Rescue Mode.\n"
            + "You are in rescue mode. After logging in, type \"journalctl -xb\" to view\n"
            + "root@debvm:~# id\n";
    assertEquals(Verdict.PASSED, run(String.format(log, "single")).verdict());
    assertEquals(Verdict.PASSED, run(String.format(log, "systemd.unit=rescue.target")).verdict());
    assertEquals(Verdict.FAILED, run(String.format(log, "quiet")).verdict());
    assertEquals(Verdict.FAILED, run(String.format(log, "emergency")).verdict());
  }

  @Test
  void textWithoutABootIsUnknown() {
    assertEquals(Verdict.UNKNOWN, run("hello\n").verdict());
    assertEquals(Verdict.UNKNOWN, run("").verdict());
  }

  @Test
  void theLastBootDecides() {
    String first = START + "[    1.000001] Kernel panic - not syncing: x\n";
    Run run = run(first + START.replace("543211", "543999") + LOGIN);
    assertEquals(2, run.boots().size());
    assertEquals(Verdict.DEGRADED, run.verdict());
  }

  // ---- causes -----------------------------------------------------------------------------------

  @Test
  void theFirstFaultThatDraggedTheOthersAlongIsTheRootCause() {
    Run run =
        run(
            START
                + "[ TIME ] Timed out waiting for device dev-vdz.device - /dev/vdz.\n"
                + "[DEPEND] Dependency failed for data.mount - /data.\n"
                + "[DEPEND] Dependency failed for local-fs.target - Local File Systems.\n"
                + "You are in emergency mode. After logging in, type \"journalctl -xb\"\n");
    assertEquals(1, run.rootCauses().size());
    assertEquals("systemd.device-timeout", chain(run).get(0));
    assertEquals("systemd.emergency-mode", chain(run).get(chain(run).size() - 1));
    assertTrue(run.rootCauses().get(0).sentence().contains(" \u2192 "));
  }

  @Test
  void whatASessionShowsOfAnEarlierFailureHappenedBefore() {
    Run run =
        run(
            START
                + FAILED
                + "[DEPEND] Dependency failed for b.service - B.\n"
                + "debvm login: root\n"
                + "root@debvm:~# systemctl --failed\n"
                + "\u25cf a.service loaded failed failed A\n");
    assertEquals(List.of("systemd.unit-failed", "systemd.dependency-failed"), chain(run));
    assertEquals(5, run.findings().get(0).finding().firstLine());
  }

  @Test
  void whatComesAfterwardsCausesNothing() {
    Run run =
        run(
            START
                + "[DEPEND] Dependency failed for data.mount - /data.\n"
                + "[ TIME ] Timed out waiting for device dev-vdz.device - /dev/vdz.\n");
    Finding first = run.findings().get(0).finding();
    assertEquals("systemd.dependency-failed", first.rule().id());
    assertEquals(List.of(), run.findings().get(0).causedBy());
  }

  @Test
  void whatAProgramWarnedOfExplainsTheFailureOfItsUnit() {
    String warning = "ping: example.org: Temporary failure in name resolution\n";
    Run named = run(START + "[   26.500000] a[301]: " + warning + FAILED + LOGIN);
    assertEquals(List.of("network.dns-failed", "systemd.unit-failed"), chain(named));
    String whileStarting =
        FAILED.replace("[FAILED]", "[   26.500000] ping[301]: " + warning + "[FAILED]");
    assertEquals(
        List.of("network.dns-failed", "systemd.unit-failed"), chain(run(START + whileStarting)));
  }

  @Test
  void whatAProgramWarnedOfBeforeAUnitStartedExplainsNothing() {
    Run run =
        run(
            START
                + "[   26.500000] ntpd[301]: example.org: Temporary failure in name resolution\n"
                + FAILED
                + LOGIN);
    assertEquals(List.of("systemd.unit-failed"), chain(run));
  }

  @Test
  void aProcessThatDiedExplainsOneUnitThatFailed() {
    Run run =
        run(
            START
                + "         Starting a.service - A...\n"
                + "         Starting b.service - B...\n"
                + "[    9.100000] agent[99]: segfault at 0 ip 4016 sp 7ffe error 4 in agent[4010+7]\n"
                + "[FAILED] Failed to start a.service - A.\n"
                + "[FAILED] Failed to start b.service - B.\n"
                + LOGIN);
    assertEquals(List.of("process.segfault", "systemd.unit-failed"), chain(run));
    assertEquals(2, run.rootCauses().size());
  }

  @Test
  void whatSomebodyWarnedOfExplainsWhatWasStartingThen() {
    String warning = "/etc/rc.local: 3: hdparm: not found\n";
    assertEquals(List.of("systemd.unit-failed"), chain(run(START + warning + FAILED + LOGIN)));
    List<String> both = List.of("shell.command-not-found", "systemd.unit-failed");
    String failed = FAILED.substring(FAILED.indexOf("[FAILED]"));
    assertEquals(both, chain(run(START + warning + failed + LOGIN)));
    String whileStarting = FAILED.replace("[FAILED]", warning + "[FAILED]");
    assertEquals(both, chain(run(START + whileStarting + LOGIN)));
  }

  @Test
  void aUnitThatCameUpLaterIsAWarning() {
    Run run = run(START + FAILED + "[  OK  ] Started a.service - A.\n" + LOGIN);
    assertEquals(Verdict.PASSED, run.verdict());
    Finding finding = run.findings().get(0).finding();
    assertEquals(Severity.WARNING, finding.severity());
    assertTrue(finding.title().endsWith("(it came up later)"));
  }

  @Test
  void theSameFaultInALaterBootPointsAtTheFirst() {
    String boot = START + "[    1.000001] Kernel panic - not syncing: VFS: Unable to mount\n";
    Run run = run(boot + boot.replace("543211", "543999"));
    List<Run.Diagnosed> panics =
        run.findings().stream()
            .filter(f -> f.finding().rule().id().equals("kernel.panic"))
            .toList();
    assertEquals(2, panics.size());
    assertEquals(List.of(panics.get(0).id()), panics.get(1).causedBy());
    assertEquals(1, run.rootCauses().size());
  }

  /**
   * When a finding happened, to be compared: the boot, whether it was before the session, recalled
   * in it, in it or told by the harness, and the number of its id, which is in the order of lines.
   */
  private static String happened(Run.Diagnosed diagnosed) {
    Finding finding = diagnosed.finding();
    boolean session = finding.phase() != null && finding.phase().compareTo(Phase.Kind.SESSION) >= 0;
    int era =
        switch (finding.told()) {
          case THEN -> session ? 2 : 0;
          case RECALLED -> 1;
          case HARNESS -> 3;
        };
    int id = Integer.parseInt(diagnosed.id().substring(1));
    return String.format("%06d %d %06d", finding.boot(), era, id);
  }

  @Test
  void whatIsExplainedIsExplainedByAnEarlierFinding() {
    Noise.forEach(
        raw -> {
          Run run = run(raw);
          Set<String> ids =
              run.findings().stream().map(Run.Diagnosed::id).collect(Collectors.toSet());
          for (Run.Diagnosed finding : run.findings()) {
            assertTrue(ids.containsAll(finding.causedBy()));
            for (String cause : finding.causedBy()) {
              assertTrue(happened(run.finding(cause)).compareTo(happened(finding)) < 0, cause);
            }
          }
          for (Run.RootCause cause : run.rootCauses()) {
            assertEquals(List.of(), run.finding(cause.id()).causedBy());
            assertEquals(cause.id(), cause.chain().get(0));
            assertEquals(cause.chain().size(), Set.copyOf(cause.chain()).size());
          }
        });
  }

  // ---- findings ---------------------------------------------------------------------------------

  @Test
  void oneFaultManyTimesIsOneFinding() {
    String line = "[   73.376027] I/O error, dev vda, sector 32772 op 0x1:(WRITE) flags 0x800\n";
    Run run = run(START + line.repeat(3).replace("32772", "1") + "x\n" + line + LOGIN);
    List<Finding> errors =
        run.findings().stream()
            .map(Run.Diagnosed::finding)
            .filter(f -> f.rule().id().equals("storage.io-error"))
            .toList();
    assertEquals(1, errors.size());
    assertEquals(4, errors.get(0).firstLine());
    assertTrue(errors.get(0).evidence().size() <= 5);
  }

  @Test
  void aSignatureForgetsNumbersAndKeepsNames() {
    String log = START + "[   73.376027] BUG: unable to handle page fault for address: %s\n";
    String one = signature(run(String.format(log, "ffff888012345678")));
    assertEquals(one, signature(run(String.format(log, "ffff888087654321"))));
    String panic = START + "[    1.000001] Kernel panic - not syncing: %s\n";
    assertFalse(
        signature(run(String.format(panic, "VFS: Unable")))
            .equals(signature(run(String.format(panic, "Attempted to kill init!")))));
  }

  private static String signature(Run run) {
    return run.findings().stream()
        .filter(f -> f.finding().severity().compareTo(Severity.ERROR) >= 0)
        .findFirst()
        .orElseThrow()
        .signature();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[    0.010000] INFO: lockdep is turned off.",
        "[    9.010000] INFO: NMI handler (perf_event_nmi_handler) took too long to run: 1.2 msecs",
        "[    9.010000] rcu: INFO: Stall ended before state dump start",
        "[    9.010000] ODEBUG: Out of memory. ODEBUG disabled",
        "WARNING: /etc/ssh/moduli does not exist, using fixed modulus",
        "Boot_DEBUG: 0x80",
        "[BIN_INFO::0x0008] 2",
        "evtlog_status: enable:0, panic:1, dump:2",
        "[    0.200000] Spectre V2 : WARNING: Unprivileged eBPF is enabled with eIBRS on",
        "WARNING: RO_VPD is uninitialized.",
        "INFO: [DEVAPC] dump DEVAPC registers",
        "+ printf 'INFO: %s' BUG: sleeping function called",
        "+ echo 'Kernel panic - not syncing: test'",
        "systemd-fsck[123]: root: clean, 0 errors, 12 files",
      })
  void whatOnlyLooksLikeAFaultIsNone(String line) {
    Run run = run(START + line + "\n" + LOGIN);
    assertEquals(
        List.of(),
        run.findings().stream()
            .filter(f -> f.finding().severity().compareTo(Severity.ERROR) >= 0)
            .map(f -> f.finding().title())
            .toList());
    assertEquals(Verdict.PASSED, run.verdict());
  }

  @Test
  void theSameBytesGiveTheSameAnswer() {
    Noise.forEach(raw -> assertEquals(run(raw).findings(), run(raw.clone()).findings()));
  }
}
