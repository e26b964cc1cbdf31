package dev.loganalyze.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.boot.Ended;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are one run, and what they say together. */
class RunFoldersTest {
  private static final Path LOGS = Path.of("../shared/logs");

  @TempDir Path folder;

  private List<RunFolders.Group> groups() {
    return RunFolders.of(Inputs.list(List.of(folder.toString())).inputs());
  }

  private static Run run(RunFolders.Group group) throws Exception {
    List<Source> sources = new ArrayList<>();
    for (Inputs.Located member : group.members()) {
      sources.addAll(Inputs.open(member).logs());
    }
    return new Analyzer(RuleSet.builtIn()).analyze(group.name(), sources);
  }

  private void copy(String from, String to) throws Exception {
    Path target = folder.resolve(to);
    Files.createDirectories(target.getParent());
    Files.copy(LOGS.resolve(from), target);
  }

  @Test
  void logsInOneFolderAreRunsOfTheirOwn() throws Exception {
    copy("07-debian-ok-initrd.log", "a.log");
    copy("12-unit-start-timeout.log", "b.log");
    assertEquals(2, groups().size());
  }

  @Test
  void aConsoleWithItsJournalIsOneRun() throws Exception {
    copy("12-unit-start-timeout.log", "run/serial.log");
    copy("12-unit-start-timeout.guest/system.journal.gz", "run/journal/system.journal.gz");
    Files.writeString(folder.resolve("run/metadata.json"), "{\"qemu\": {}}");
    List<RunFolders.Group> groups = groups();
    assertEquals(1, groups.size());
    assertEquals(folder + "/run", groups.get(0).name());
    Run run = run(groups.get(0));
    assertEquals(
        List.of(Role.CONSOLE, Role.JOURNAL, Role.METADATA),
        run.inputs().stream().map(Run.Input::role).toList());
    assertEquals(1, run.boots().size());
    Run.Diagnosed cause = run.finding(run.rootCauses().get(0).id());
    assertEquals("hangstart.service", cause.finding().subject());
    assertEquals(1, cause.finding().input());
    assertTrue(
        run.boots().get(0).units().stream()
            .anyMatch(
                u -> u.name().equals("hangstart.service") && u.result().word().equals("failed")));
    assertTrue(
        run.views().stream()
            .anyMatch(
                v -> v.input() == 1 && v.onlyHere().contains("systemd-binfmt.service skipped")));
  }

  @Test
  void theSerialLogAloneSaysThatTheConsoleWentSilent() throws Exception {
    copy("12-unit-start-timeout.log", "serial.log");
    Run run = run(groups().get(0));
    assertTrue(
        run.findings().stream()
            .anyMatch(
                f ->
                    f.finding().rule().id().equals("systemd.status-silenced")
                        && f.finding().subject().contains("hangstart.service")));
  }

  @Test
  void theJournalOfAnotherBootIsNotMixedIn() throws Exception {
    copy("12-unit-start-timeout.log", "run/serial.log");
    copy("14-fstab-missing-uuid-emergency.guest/system.journal.gz", "run/system.journal.gz");
    Run run = run(groups().get(0));
    assertEquals(0, run.views().get(0).boot());
    assertTrue(run.findings().stream().allMatch(f -> f.finding().input() == 0));
  }

  @Test
  void aFragmentOfTheJournalBelongsToTheLastBootAndItsEndSaysNothing() throws Exception {
    copy("07-debian-ok-initrd.log", "run/serial.log");
    Files.writeString(
        folder.resolve("run/unit.txt"),
        "Nov 23 12:00:01 debvm systemd[1]: Starting a.service - A...\n"
            + "Nov 23 12:00:02 debvm systemd[1]: Failed to start a.service - A.\n");
    Run run = run(groups().get(0));
    assertEquals(
        List.of("systemd.unit-failed 1"),
        run.findings().stream()
            .map(Run.Diagnosed::finding)
            .filter(f -> f.input() == 1)
            .map(f -> f.rule().id() + " " + f.boot())
            .toList());
  }

  @Test
  void ofAKernelLogAndTheJournalOfItsBootTheJournalLeads() throws Exception {
    copy("07-debian-ok-initrd.guest/dmesg.txt.gz", "run/dmesg.txt.gz");
    copy("07-debian-ok-initrd.guest/journal.export.txt.gz", "run/journal.export.txt.gz");
    Run run = run(groups().get(0));
    assertEquals(
        List.of(Role.JOURNAL, Role.CONSOLE), run.inputs().stream().map(Run.Input::role).toList());
    assertEquals(Verdict.PASSED, run.verdict());
    assertEquals(Ended.RUNNING, run.boots().get(0).ended());
    assertEquals(List.of("console.serial-parameter"), rules(run));
    assertTrue(
        run.timings().get(0).stalls().stream()
            .noneMatch(stall -> stall.waitingFor().startsWith("powernow_k8")),
        "the journal spoke meanwhile");
  }

  @Test
  void ofAKernelLogAndTheJournalOfAnotherBootTheKernelLogLeads() throws Exception {
    copy("07-debian-ok-initrd.guest/dmesg.txt.gz", "run/dmesg.txt.gz");
    copy("12-unit-start-timeout.guest/journal.export.txt.gz", "run/journal.export.txt.gz");
    Run run = run(groups().get(0));
    assertEquals(
        List.of(Role.CONSOLE, Role.JOURNAL), run.inputs().stream().map(Run.Input::role).toList());
  }

  @Test
  void whatAConsoleSaysOfItsEndIsNoWordWhereTheJournalGoesOn() throws Exception {
    String console = Files.readString(LOGS.resolve("12-unit-start-timeout.log"));
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(
        folder.resolve("run/serial.log"),
        console.lines().limit(500).collect(Collectors.joining("\r\n", "", "\r\n")));
    copy("12-unit-start-timeout.guest/journal.export.txt.gz", "run/journal.export.txt.gz");
    Run run = run(groups().get(0));
    assertEquals(Ended.RUNNING, run.boots().get(0).ended());
    assertFalse(rules(run).contains("login.prompt-missing"), () -> rules(run).toString());
    assertTrue(rules(run).contains("systemd.start-timeout"), () -> rules(run).toString());
    assertTrue(
        run.findings().stream().noneMatch(f -> f.finding().recalled()),
        "nobody printed the journal in a session");
  }

  private static List<String> rules(Run run) {
    return run.findings().stream().map(f -> f.finding().rule().id()).toList();
  }

  @Test
  void aChunkRecordBesideALogGivesItsArrivalTimes() throws Exception {
    copy("14-fstab-missing-uuid-emergency.log", "x.log");
    copy("14-fstab-missing-uuid-emergency.chunks.tsv", "x.chunks.tsv");
    List<RunFolders.Group> groups = RunFolders.of(Inputs.list(List.of(folder + "/x.log")).inputs());
    assertEquals(2, groups.get(0).members().size());
    Run run = run(groups.get(0));
    assertEquals(Role.CHUNKS, run.inputs().get(1).role());
    assertEquals("console", run.inputs().get(0).format());
  }

  @Test
  void theRunFoldersOfTheFirstUsersAreRuns() {
    List<RunFolders.Group> groups =
        RunFolders.of(Inputs.list(List.of("../shared/corpus/seed-logs/notes")).inputs());
    assertEquals(3, groups.size());
    assertEquals(
        "../shared/corpus/seed-logs/notes/2025-12-25T234604Z-vm-run/logs", groups.get(2).name());
    assertEquals(7, groups.get(2).members().size(), "with the ledger above");
  }

  @Test
  void theLedgerIsFoundBesideAnyNumberOfFiles() throws Exception {
    copy("07-debian-ok-initrd.log", "run/serial.log");
    Files.writeString(folder.resolve("run/metadata.json"), "{\"qemu\": {}}");
    Files.writeString(folder.resolve("x-ledger.jsonl"), "{\"timings\": {}}\n");
    for (int i = 0; i < 700; i++) {
      Files.createFile(folder.resolve("note-" + i));
    }
    List<RunFolders.Group> groups = RunFolders.of(Inputs.list(List.of(folder + "/run")).inputs());
    assertEquals(3, groups.get(0).members().size(), "with the ledger above");
  }

  @Test
  void aLedgerTellsOfARunThatBeganWhenItSaysAndOfNoOther() throws Exception {
    copy("07-debian-ok-initrd.log", "run/serial.log");
    copy("07-debian-ok-initrd.guest/system.journal.gz", "run/system.journal.gz");
    String other =
        "{\"failure\": \"QEMU did not start\", \"image\": \"b.iso\","
            + " \"timings\": {\"start\": \"2026-11-29T03:09:36+00:00\"}}\n";
    Files.writeString(folder.resolve("x-ledger.jsonl"), other);
    assertEquals(Map.of(), values(), "the run tells no start");
    String own =
        "{\"image\": \"a.iso\", \"timings\": {\"start\": \"2026-11-29T02:00:00+00:00\"}}\n";
    Files.writeString(folder.resolve("x-ledger.jsonl"), own + other);
    Files.writeString(
        folder.resolve("run/metadata.json"),
        "{\"qemu\": {}, \"timings\": {\"start\": \"2026-11-29T02:00:00+00:00\"}}");
    assertEquals(Map.of("started", "2026-11-29T02:00:00+00:00", "image", "a.iso"), values());
  }

  private Map<String, String> values() throws Exception {
    return run(RunFolders.of(Inputs.list(List.of(folder + "/run")).inputs()).get(0)).values();
  }

  @Test
  void theFilesOfOneJournalAreOneRunWithoutDoubles() throws Exception {
    copy("12-unit-start-timeout.guest/system.journal.gz", "j/system.journal.gz");
    copy("12-unit-start-timeout.guest/system.journal.gz", "j/system@0-1-2.journal.gz");
    List<RunFolders.Group> groups = groups();
    assertEquals(1, groups.size());
    Run merged = run(groups.get(0));
    Files.delete(folder.resolve("j/system@0-1-2.journal.gz"));
    Run single = run(groups().get(0));
    assertEquals(2, merged.inputs().size());
    assertEquals(1, merged.boots().size());
    assertEquals(single.boots(), merged.boots());
    assertEquals(
        single.findings().stream().map(f -> f.finding().title()).toList(),
        merged.findings().stream().map(f -> f.finding().title()).toList());
  }
}
