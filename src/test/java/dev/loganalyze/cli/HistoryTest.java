package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands compare, history and note. */
class HistoryTest {
  private static final String BROKEN = "sample-logs/10-unit-exit-1.log";
  private static final String GOOD = "sample-logs/07-debian-ok-initrd.log";
  private static final String SEED = "../shared/corpus/seed-logs/";

  @TempDir Path folder;

  private record Result(int status, String out, String err) {}

  private static Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(arguments, out, new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Result history(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "history";
    all[1] = "--store";
    all[2] = folder.resolve("h.jsonl").toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return run(all);
  }

  @Test
  void compareTellsWhatIsNewAndEndsWithOne() {
    Result worse = run("compare", GOOD, "--to", BROKEN);
    assertEquals(1, worse.status());
    assertTrue(worse.out().contains("1 new finding, 0 findings gone"), worse.out());
    assertTrue(worse.out().contains("verdict: passed -> degraded"), worse.out());
    assertTrue(worse.out().contains("brokenunit.service: none -> failed"), worse.out());
    assertTrue(worse.out().contains("prove nothing"), worse.out());
    assertTrue(worse.out().lines().allMatch(line -> line.length() <= 80), worse.out());
    assertEquals(0, run("compare", BROKEN, "--to", GOOD).status());
  }

  @Test
  void aRunIsNoDifferentFromItself() {
    Result same = run("compare", GOOD, "--to", GOOD);
    assertEquals(0, same.status());
    assertTrue(same.out().startsWith("1 run before, 1 run now: 0 new findings, 0 findings gone."));
    assertFalse(same.out().contains(" -> "), same.out());
  }

  @Test
  void compareSpeaksJsonAndMarkdown() throws IOException {
    JsonNode json =
        new ObjectMapper().readTree(run("compare", GOOD, "--to", BROKEN, "--format", "json").out());
    assertTrue(json.path("worse").asBoolean());
    assertEquals("systemd.unit-failed", json.path("findings").get(0).path("rule").asText());
    assertTrue(json.path("times").size() > 10);
    String markdown = run("compare", GOOD, "--to", BROKEN, "--format", "markdown").out();
    assertTrue(markdown.contains("| new | brokenunit.service failed | systemd.unit-failed |"));
    assertEquals(2, run("compare", GOOD, "--to", BROKEN, "--format", "xml").status());
  }

  @Test
  void aSideWithoutARunIsASentence() {
    Result none = run("compare", GOOD, "--to", folder.resolve("none.log").toString());
    assertEquals(2, none.status());
    assertTrue(none.err().contains("there is no run after --to"), none.err());
  }

  @Test
  void historyKeepsRunsOnceAndShowsThem() {
    assertEquals("2 added, 0 known; 2 kept\n", history("add", GOOD, BROKEN, "--label", "x").out());
    assertEquals("0 added, 1 known; 2 kept\n", history("add", GOOD).out());
    String list = history("list").out();
    assertEquals(2, list.lines().count());
    String id = list.lines().filter(l -> l.contains("10-unit")).findFirst().orElseThrow();
    String shown = history("show", id.substring(0, 16)).out();
    assertTrue(shown.contains("brokenunit.service failed (systemd.unit-failed)"), shown);
    assertTrue(history("trend").out().lines().anyMatch("dev-mqueue.mount"::equals));
    assertTrue(history("trend", "dev-mqueue.mount").out().contains("2 runs: median "));
    assertTrue(history("regressions").out().contains("2 runs are too few"));
    assertEquals(1, history("list", "10-unit").out().lines().count());
  }

  @Test
  void theSameBytesAreOneRunWhateverTheirPath() throws IOException {
    for (String name : List.of("x#1", "x#2", "x")) {
      Path log = Files.createDirectory(folder.resolve(name)).resolve("a.log");
      Files.copy(Path.of(GOOD), log);
    }
    history("add", folder.resolve("x#1/a.log").toString());
    String again = history("add", folder + "/x#2/a.log", folder + "/x/a.log").out();
    assertTrue(again.startsWith("0 added, "), again);
    assertTrue(again.endsWith("; 1 kept\n"), again);
  }

  @Test
  void aLedgerIsKeptAndARunFolderOfItIsTheSameRun() {
    String ledger = SEED + "notes/vm-run-ledger.jsonl";
    assertEquals("12 added, 0 known; 12 kept\n", history("add", ledger).out());
    assertEquals("0 added, 3 known; 12 kept\n", history("add", SEED + "notes").out());
    history("add", ledger);
    long analysed = history("list").out().lines().filter(l -> l.contains("shell")).count();
    assertEquals(2, analysed, "a line of the ledger does not replace what its logs said");
  }

  @Test
  void whatIsNoStoreIsASentence() throws IOException {
    assertTrue(history("list").err().contains("nothing is kept here yet"));
    Files.writeString(folder.resolve("h.jsonl"), "rubbish\n");
    Result broken = history("list");
    assertEquals(2, broken.status());
    assertTrue(broken.err().contains("h.jsonl: line 1 is no kept run"), broken.err());
  }

  @Test
  void aNoteIsNamedByTheTimeOfTheRunAndItsCause() throws IOException {
    String run = SEED + "notes/2025-12-23T004412Z-vm-run";
    Result written = run("note", run, "--into", folder.toString());
    assertEquals(0, written.status(), written.err());
    Path note = folder.resolve("2025-12-23T00-44-12Z-pattern-mismatch-id-u.md");
    String text = Files.readString(note);
    assertTrue(text.contains("harness.log#L810: id -u after sudo -i returned: '20'"), text);
    assertTrue(text.contains("sudo -i\\`: root reached"), text);
    assertTrue(text.contains("Began: 2025-12-23T00:44:12Z"), text);
    assertEquals(text, run("note", run).out());
    Result again = run("note", run, "--into", folder.toString());
    assertEquals(2, again.status());
    assertTrue(again.err().contains("this note exists"), again.err());
  }

  @Test
  void followUpsAreAppendedOnce() throws IOException {
    Path queue = folder.resolve("tasks.md");
    Files.writeString(queue, "# Tasks");
    for (int i = 0; i < 2; i++) {
      run("note", BROKEN, "--task-queue", queue.toString());
    }
    List<String> lines = Files.readAllLines(queue);
    assertEquals("# Tasks", lines.get(0));
    List<String> tasks = lines.subList(1, lines.size());
    assertFalse(tasks.isEmpty());
    assertTrue(tasks.stream().allMatch(l -> l.startsWith("- [ ] ")), tasks::toString);
    assertEquals(tasks.size(), tasks.stream().distinct().count());
  }

  @Test
  void aTaskThatIsPartOfAnotherLineIsStillAppended() throws IOException {
    Path queue = folder.resolve("tasks.md");
    run("note", BROKEN, "--task-queue", queue.toString());
    List<String> tasks = Files.readAllLines(queue);
    List<String> others = tasks.stream().map(task -> task + " on the other machine").toList();
    Files.write(queue, others);
    run("note", BROKEN, "--task-queue", queue.toString());
    List<String> all = new ArrayList<>(others);
    all.addAll(tasks);
    assertEquals(all, Files.readAllLines(queue));
    List<String> done = tasks.stream().map(task -> task.replace("[ ]", "[x]")).toList();
    Files.write(queue, done);
    run("note", BROKEN, "--task-queue", queue.toString());
    assertEquals(done, Files.readAllLines(queue));
  }

  @Test
  void aNoteOfSeveralRunsTellsWhatChanged() {
    // By their own clocks the broken boot was the earlier one.
    String note = run("note", GOOD, BROKEN).out();
    assertTrue(note.contains("## What changed from " + BROKEN + " to " + GOOD), note);
    assertTrue(note.contains("- gone: brokenunit.service failed (systemd.unit-failed)"), note);
  }
}
