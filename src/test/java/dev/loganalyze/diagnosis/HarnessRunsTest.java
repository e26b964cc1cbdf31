package dev.loganalyze.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.session.Exchange;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Timing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The run folders and test reports of the project that this tool grew up with, and their kin. */
class HarnessRunsTest {
  private static final Path SEED = Path.of("../shared/corpus/seed-logs");
  private static final Analyzer ANALYZER = new Analyzer(RuleSet.builtIn());

  private static Run run(String folder) throws InputException {
    List<Source> sources = new ArrayList<>();
    var inputs = Inputs.list(List.of(SEED.resolve(folder).toString())).inputs();
    RunFolders.Group group = RunFolders.of(inputs).get(0);
    for (var member : group.members()) {
      sources.addAll(Inputs.open(member).logs());
    }
    return ANALYZER.analyze("run", sources);
  }

  private static List<String> roots(Run run) {
    return run.rootCauses().stream().map(c -> run.finding(c.id()).finding().rule().id()).toList();
  }

  private static Source source(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Source(name, Source.Compression.NONE, bytes.length, "", bytes, "");
  }

  @Test
  void aMisreadReplyIsTheCauseWhereRootWasReached() throws InputException {
    Run run = run("notes/2025-12-23T004412Z-vm-run");
    assertEquals(List.of("harness.pattern-mismatch"), roots(run));
    String title = run.finding(run.rootCauses().get(0).id()).finding().title();
    assertTrue(title.contains("'20' is no answer to `id -u` after `sudo -i`"), title);
    assertTrue(title.contains("says '0' behind ESC[?2004l"), title);
    assertTrue(run.sessions().get(0).escalations().stream().allMatch(e -> e.reached()));
    assertEquals("507.102", run.values().get("buildSeconds"));
    assertEquals("2025-12-23T00:44:12.490339+00:00", run.values().get("started"));
  }

  @Test
  void thePortClashStandsBeforeAnyGuestOutput() throws InputException {
    Run run = run("notes/2025-12-25T234604Z-vm-run/logs");
    assertEquals(List.of("qemu.port-forward-failed"), roots(run));
    assertTrue(run.boots().isEmpty());
    assertTrue(run.values().get("qemuCommand").contains("hostfwd=tcp:127.0.0.1:51997-:22"));
  }

  @Test
  void theDeadlockIsProvedWithBothEdgesQuoted() throws InputException {
    Run run = run("docs/work-notes/2025-10-12T17-13-25Z-sshd-pre-nixos-deadlock");
    assertEquals(List.of("systemd.job-deadlock"), roots(run));
    List<String> quoted =
        run.finding(run.rootCauses().get(0).id()).finding().evidence().stream()
            .map(e -> e.text())
            .toList();
    assertTrue(
        quoted.stream().anyMatch(t -> t.contains("After=pre-nixos.service")), quoted::toString);
    assertTrue(quoted.stream().anyMatch(t -> t.contains("systemctl start sshd")), quoted::toString);
  }

  @Test
  void theTimesOfAHarnessAreThoseOfAConsoleWithoutStamps() throws InputException {
    Run run = run("notes/2025-12-23T004412Z-vm-run");
    Timing timing = run.timings().get(0);
    assertTrue(timing.stalls().stream().anyMatch(s -> s.kind() == Stall.Kind.MENU));
    assertTrue(timing.units().size() > 30);
    // Sixteen lines were read at once after 13 s: that was no silence of the machine's.
    assertTrue(
        timing.stalls().stream().noneMatch(s -> s.waitingFor().contains("NixOS Stage")),
        timing.stalls()::toString);
    Figure loader = timing.figure("loader").orElseThrow();
    assertEquals(6.5, loader.error() / 1e6, 0.2);
    assertEquals(14.4, loader.duration() / 1e6, 0.1);
  }

  @Test
  void aHarnessTellsHowLongAConsoleWithoutStampsWasPolled() throws InputException {
    Exchange polled =
        run("notes/2025-12-24T134912Z-vm-run").sessions().get(0).exchanges().stream()
            .filter(e -> e.asked() > 5)
            .findFirst()
            .orElseThrow();
    assertEquals(21, polled.asked());
    assertEquals(103.2, polled.polled() / 1e6, 0.1);
  }

  @Test
  void aReportOfPytestTellsWhyThePatternDidNotMatch() throws InputException {
    Run run = run("docs/test-reports/2025-10-06T15-54-30Z-boot-image-vm-test.log");
    assertEquals(List.of("harness.pattern-mismatch"), roots(run));
    Run.RootCause cause = run.rootCauses().get(0);
    assertTrue(cause.sentence().contains("ESC[0m"), cause.sentence());
    assertTrue(cause.sentence().contains("gave up waiting"), cause.sentence());
  }

  @Test
  void aJunitReportTellsWhichTestsFailedAndWhichWereSkippedAndWhy() throws InputException {
    Run run =
        ANALYZER.analyze(
            source(
                "junit.xml",
                """
                <?xml version="1.0"?>
                <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
                <testsuites><testsuite name="vm" tests="3">
                <testcase classname="vm.Boot" name="test_login"><failure message="no prompt">…</failure></testcase>
                <testcase classname="vm.Boot" name="test_ssh"><skipped message="no KVM"/></testcase>
                <testcase classname="vm.Boot" name="test_ok"/>
                """));
    List<String> found =
        run.findings().stream()
            .map(
                f ->
                    f.finding().rule().id()
                        + " "
                        + f.finding().subject()
                        + " "
                        + f.finding().firstLine())
            .toList();
    assertEquals(
        List.of("harness.test-failed vm.Boot::test_login 4", "harness.test-skipped no KVM 5"),
        found);
    assertEquals(Verdict.FAILED, run.verdict());
  }

  @Test
  void eachMachineOfANixosTestIsARun() throws InputException {
    String log =
        """
        start all VLans
        a: starting vm
        a # [    0.000000] Linux version 6.6.1 (x)
        b # [    0.000000] Linux version 6.6.2 (x)
        b # [    1.000000] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)
        a # [    1.000000] systemd[1]: Inserted module 'autofs4'
        """;
    List<Run> runs = ANALYZER.analyzeAll("t.log", List.of(source("t.log", log)));
    assertEquals(List.of("t.log#a", "t.log#b"), runs.stream().map(Run::name).toList());
    assertEquals(
        List.of(), roots(runs.get(0)).stream().filter(r -> r.startsWith("kernel")).toList());
    assertEquals(5, runs.get(1).findings().get(0).finding().firstLine());
  }
}
