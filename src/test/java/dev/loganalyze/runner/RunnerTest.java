package dev.loganalyze.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.runner.Stop.Why;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of recorded consoles: why they stop, and what their record says. */
class RunnerTest {
  private static final Path SAMPLES = Path.of("sample-logs").toAbsolutePath();

  @TempDir Path temp;
  private Host host;
  private Path folder;

  @BeforeEach
  void installAQemuWithoutAMachine() throws IOException {
    Path programs = FakeQemu.install(Files.createDirectory(temp.resolve("bin")));
    host = new Host(programs + File.pathSeparator + System.getenv("PATH"));
    folder = temp.resolve("run");
  }

  private static final Limits LIMITS = new Limits(60, 40, 20, 5, 5, 2, 1);

  private static Machine machine(String append) {
    return new Machine(
        "x86_64",
        null,
        null,
        Path.of("vmlinuz"),
        null,
        append,
        false,
        64,
        1,
        List.of(),
        false,
        0,
        List.of());
  }

  private static Plan plan(String append, String until, Limits limits, String build)
      throws Exception {
    boolean word = until.equals("login") || until.equals("off");
    return new Plan(
        machine(append),
        "tcg",
        limits,
        word ? null : Expression.of(until),
        until.equals("off"),
        "",
        "",
        List.of(),
        List.of(),
        false,
        Plan.KeyBy.CONSOLE,
        false,
        build);
  }

  private Runner runner(Plan plan) throws RunnerException {
    return new Runner(host, plan, RunFolder.make(folder), "loganalyze 0");
  }

  private Stop stop(String log, String until) throws Exception {
    return runner(plan("replay=" + SAMPLES.resolve(log), until, LIMITS, "")).run().stop();
  }

  private JsonNode metadata() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("metadata.json").toFile());
  }

  private String harness() throws IOException {
    return Files.readString(folder.resolve("harness.log"));
  }

  @Test
  void aLoginPromptIsTheEndOfTheRoadAndTheConsoleIsRecordedByteForByte() throws Exception {
    Path log = cut("01-busybox-login.log", "login: ");
    Stop stop = runner(plan("replay=" + log, "login", LIMITS, "")).run().stop();
    assertEquals(Why.LOGIN, stop.why());
    assertArrayEquals(Files.readAllBytes(log), Files.readAllBytes(folder.resolve("serial.log")));
    assertEquals("passed", metadata().path("outcome").asText());
    assertEquals(40022, metadata().path("ssh").path("port").asInt());
    assertEquals("guest-shutdown", metadata().path("qemu").path("shutdown_reason").asText());
    assertTrue(
        Files.readString(folder.resolve("qmp.jsonl")).contains("\"sent\":{\"execute\":\"cont\""));
    assertTrue(harness().contains("] Matched pattern: '"), harness());
    assertEquals(1, Files.readAllLines(temp.resolve("vm-run-ledger.jsonl")).size());
  }

  /** The sample up to the first {@code end}, inclusive. */
  private Path cut(String sample, String end) throws IOException {
    byte[] bytes = Files.readAllBytes(SAMPLES.resolve(sample));
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(end) + end.length();
    return Files.write(temp.resolve(sample), Arrays.copyOf(bytes, at));
  }

  @Test
  void aPromptBehindWhichTheKernelPrintedIsOne() throws Exception {
    Path log = cut("01-busybox-login.log", "login: ");
    byte[] prompt = Files.readAllBytes(log);
    byte[] more = "[    9.000000] random: crng init done\r\n".getBytes(StandardCharsets.UTF_8);
    byte[] both = Arrays.copyOf(prompt, prompt.length + more.length);
    System.arraycopy(more, 0, both, prompt.length, more.length);
    Files.write(log, both);
    Stop stop = runner(plan("replay=" + log, "login", LIMITS, "")).run().stop();
    assertEquals(Why.LOGIN, stop.why());
    assertEquals("bbvm login:", stop.detail());
  }

  @Test
  void aPanicStopsTheRunOnceItsLastWordsAreThere() throws Exception {
    Stop stop = stop("02-panic-wrong-root.log", "login");
    assertEquals(Why.PANIC, stop.why());
    assertTrue(stop.detail().contains("Kernel panic - not syncing: VFS"), stop.detail());
    assertArrayEquals(
        Files.readAllBytes(SAMPLES.resolve("02-panic-wrong-root.log")),
        Files.readAllBytes(folder.resolve("serial.log")));
    assertEquals("failed", metadata().path("outcome").asText());
  }

  @Test
  void aShellForRepairsStopsTheRun() throws Exception {
    Stop stop = stop("16-initramfs-shell-root-missing.log", "login");
    assertEquals(Why.REPAIR, stop.why());
    assertTrue(stop.detail().contains("(initramfs)"), stop.detail());
  }

  @Test
  void aShellOfEmergencyModeIsNoLogin() throws Exception {
    Path log = cut("14-fstab-missing-uuid-emergency.log", "You are in emergency mode");
    String rest = ". After logging in, type \"journalctl -xb\"\r\nroot@box:~# ";
    Files.writeString(log, rest, java.nio.file.StandardOpenOption.APPEND);
    Stop stop = runner(plan("replay=" + log, "login", LIMITS, "")).run().stop();
    assertEquals(Why.REPAIR, stop.why());
    assertTrue(stop.detail().startsWith("You are in emergency mode"), stop.detail());
  }

  @Test
  void aConsoleThatGoesSilentIsAStallThatNamesTheLastLine() throws Exception {
    Path log = cut("01-busybox-login.log", "Run /init as init process\r\n");
    Limits limits = new Limits(60, 40, 3, 5, 5, 2, 1);
    Stop stop = runner(plan("replay=" + log, "login", limits, "")).run().stop();
    assertEquals(Why.STALL, stop.why());
    assertTrue(
        stop.detail().matches("nothing came for 3 s after '.*Run /init as init process'"),
        stop.detail());
    assertTrue(
        harness().contains("] Timed out while awaiting patterns login: : the console went silent"),
        harness());
  }

  @Test
  void aDeadlineIsOneWhateverTheConsoleDoes() throws Exception {
    Path log = cut("01-busybox-login.log", "Run /init as init process\r\n");
    Limits limits = new Limits(60, 0.5, 40, 5, 5, 2, 2);
    long from = System.nanoTime();
    Stop stop = runner(plan("replay=" + log, "login", limits, "")).run().stop();
    assertEquals(Why.DEADLINE, stop.why());
    assertTrue(System.nanoTime() - from >= TimeUnit.SECONDS.toNanos(1), "the factor was forgotten");
    assertTrue(harness().contains("(timeout=1s)"), harness());
  }

  @Test
  void anExpressionIsAGoal() throws Exception {
    Stop stop = stop("01-busybox-login.log", "Run /init as init");
    assertEquals(Why.GOAL, stop.why());
    assertTrue(stop.detail().endsWith("Run /init as init process"), stop.detail());
  }

  @Test
  void aMachineThatSwitchesItselfOffIsTheGoalOnlyWhereItWasAskedFor() throws Exception {
    String append =
        "replay="
            + cut("01-busybox-login.log", "Run /init as init process\r\n")
            + " then=guest-shutdown";
    assertEquals(Why.OFF, runner(plan(append, "off", LIMITS, "")).run().stop().why());
    folder = temp.resolve("second");
    assertEquals(Why.WENT_OFF, runner(plan(append, "login", LIMITS, "")).run().stop().why());
    folder = temp.resolve("third");
    Stop reset =
        runner(plan(append.replace("shutdown", "reset"), "login", LIMITS, "")).run().stop();
    assertEquals(Why.WENT_OFF, reset.why());
    assertTrue(reset.detail().startsWith("guest-reset after"), reset.detail());
  }

  @Test
  void aQemuThatRefusesIsQuotedAndItsWordsAreTheConsole() throws Exception {
    RunnerException refused =
        assertThrows(
            RunnerException.class,
            () -> runner(plan("refuse=no such machine", "login", LIMITS, "")).run());
    assertEquals("QEMU did not start: qemu-system-x86_64: no such machine", refused.getMessage());
    assertEquals(
        "qemu-system-x86_64: no such machine\n", Files.readString(folder.resolve("serial.log")));
    assertEquals("error", metadata().path("outcome").asText());
  }

  @Test
  void anInterruptStopsTheMachineInOrder() throws Exception {
    Path log = cut("01-busybox-login.log", "Run /init as init process\r\n");
    Runner runner = runner(plan("replay=" + log, "login", new Limits(60, 60, 60, 5, 5, 2, 1), ""));
    CompletableFuture<Runner.Outcome> outcome =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return runner.run();
              } catch (IOException | RunnerException e) {
                throw new IllegalStateException(e);
              }
            });
    while (!Files.exists(folder.resolve("serial.log"))
        || Files.size(folder.resolve("serial.log")) < Files.size(log)) {
      Thread.sleep(20);
      assertFalse(outcome.isDone());
    }
    runner.interrupt(10_000);
    assertEquals(Why.INTERRUPTED, outcome.get(1, TimeUnit.SECONDS).stop().why());
    assertEquals("over", metadata().path("run").path("state").asText());
    assertEquals("host-qmp-quit", metadata().path("qemu").path("shutdown_reason").asText());
  }

  @Test
  void aBuildThatFailsStartsNoMachine() throws Exception {
    List<String> said = new ArrayList<>();
    for (String build : List.of("echo broken >&2; exit 7", "echo nothing", "true")) {
      folder = temp.resolve("build" + said.size());
      said.add(
          assertThrows(RunnerException.class, () -> runner(plan("", "login", LIMITS, build)).run())
              .getMessage());
      assertFalse(Files.exists(folder.resolve("serial.log")));
    }
    assertTrue(said.get(0).startsWith("the build ended with status 7; see "), said.get(0));
    assertEquals("broken\n", Files.readString(temp.resolve("build0/diagnostics/build.log")));
    assertTrue(said.get(1).endsWith("and printed nothing"), said.get(1));
    assertTrue(said.get(2).endsWith("and printed nothing"), said.get(2));
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAlone() throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("mine"), "");
    RunnerException full = assertThrows(RunnerException.class, () -> RunFolder.make(folder));
    assertTrue(full.getMessage().contains("this folder is not empty"), full.getMessage());
    assertEquals(List.of("mine"), List.of(folder.toFile().list()));
  }
}
