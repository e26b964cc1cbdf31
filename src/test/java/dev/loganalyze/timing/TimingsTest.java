package dev.loganalyze.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.boot.Certainty;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.parse.Timespan;
import dev.loganalyze.session.Sessions;
import dev.loganalyze.session.Talk;
import dev.loganalyze.transcript.Chunks;
import dev.loganalyze.transcript.Transcript;
import dev.loganalyze.transcript.Transcripts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Times of real boots against what the guests themselves measured. */
class TimingsTest {
  private static final Path LOGS = Path.of("../shared/logs");
  private static final Path GUEST = LOGS.resolve("boots/deb12/guest");

  private static byte[] read(Path path) {
    return Inputs.open(new Inputs.Located(path.toString(), path, true)).logs().get(0).content();
  }

  private static Timing timing(Entries entries, UnitFacts facts) {
    List<Boot> boots = Boots.of(entries);
    List<Boot> observed = Talk.observed(entries, boots, Sessions.of(entries, boots));
    return Timings.of(entries, observed.get(0), facts, new BitSet()).timing();
  }

  private static Timing console(String log, String chunks) {
    return timing(
        LineParser.parse(
            Transcript.console(read(LOGS.resolve(log)), Chunks.of(read(LOGS.resolve(chunks))))),
        UnitFacts.NONE);
  }

  private static Timing console(String text) {
    return timing(
        LineParser.parse(Transcript.console(text.getBytes(StandardCharsets.UTF_8))),
        UnitFacts.NONE);
  }

  private static Timing journal(UnitFacts facts) throws Exception {
    byte[] journal = read(GUEST.resolve("system.journal.gz"));
    return timing(LineParser.parse(Transcripts.of(journal)), facts);
  }

  private static Timing serial() {
    return console("boots/deb12-direct.log.gz", "boots/deb12-direct.chunks.gz");
  }

  private static void assertNear(long expected, long actual, long within) {
    assertTrue(Math.abs(expected - actual) <= within, expected + " expected, but was " + actual);
  }

  private static UnitTime unit(Timing timing, String name) {
    return timing.units().stream().filter(u -> u.name().equals(name)).findFirst().orElseThrow();
  }

  private static Stall stall(Timing timing, String waitingFor) {
    return timing.stalls().stream()
        .filter(s -> s.waitingFor().startsWith(waitingFor))
        .findFirst()
        .orElseThrow();
  }

  // ---- deb12-direct: the console alone ----------------------------------------------------------

  @Test
  void theKernelOfASerialLogIsSystemdAnalyzesToAHundredAndFiftyMilliseconds() {
    Figure kernel = serial().figure("kernel").orElseThrow();
    assertNear(14_961_000, kernel.duration(), 150_000);
    assertEquals(Certainty.BRACKET, kernel.certainty());
    assertTrue(kernel.end().low() <= 14_961_362 && 14_961_362 <= kernel.end().high());
  }

  /** The guest's figure is 41.739 s; the console was silent from the login prompt on. */
  @Test
  void userspaceOfASerialLogBracketsTheTruthAndEndsAtTheLoginPrompt() {
    Timing timing = serial();
    Figure userspace = timing.figure("userspace").orElseThrow();
    assertEquals(Certainty.BRACKET, userspace.end().certainty());
    assertTrue(userspace.end().low() <= 56_700_823 && 56_700_823 <= userspace.end().high());
    assertNear(55_005_000, userspace.end().micros(), 150_000);
  }

  @Test
  void unitsOfTheConsoleArePlacedWithinSixtyMillisecondsOfTheJournalAtTheMedian() throws Exception {
    Map<String, UnitTime> truth = new HashMap<>();
    journal(UnitFacts.NONE).units().forEach(u -> truth.put(u.name(), u));
    List<Long> placed = new ArrayList<>();
    for (UnitTime unit : serial().units()) {
      UnitTime other = truth.get(unit.name());
      if (other != null && unit.finished().certainty() == Certainty.HOST) {
        placed.add(Math.abs(unit.finished().micros() - other.finished().micros()));
      }
    }
    long[] errors = placed.stream().mapToLong(Long::longValue).sorted().toArray();
    assertTrue(errors.length > 25, Arrays.toString(errors));
    assertTrue(errors[errors.length / 2] <= 60_000, Arrays.toString(errors));
    assertTrue(errors[errors.length * 9 / 10] <= 130_000, Arrays.toString(errors));
  }

  @Test
  void waitsForDevicesAreWithinATenthOfASecondOfTheJournals() throws Exception {
    Timing serial = serial();
    Timing journal = journal(UnitFacts.NONE);
    for (String device : List.of("dev-vdz.device", "dev-ttyS0.device")) {
      assertNear(unit(journal, device).running(), unit(serial, device).running(), 100_000);
    }
    assertEquals(Unit.Result.TIMEOUT, unit(serial, "dev-vdz.device").result());
  }

  /** Of the fourteen slowest that the console shows whole, one line came 0.2 s late. */
  @Test
  void slowUnitsAreWithinATenthOfASecondOfBlameButForOneWhoseLineCameLate() {
    Timing serial = serial();
    Map<String, Long> blame = blame();
    List<String> off = new ArrayList<>();
    int compared = 0;
    for (UnitTime unit : serial.units()) {
      Long truth = blame.get(unit.name());
      if (truth != null && truth > 2_500_000 && unit.running() > 0) {
        compared++;
        if (Math.abs(truth - unit.running()) > 100_000) {
          off.add(unit.name() + " " + unit.running() + " " + truth);
        }
      }
    }
    assertTrue(compared >= 20, compared + " compared");
    assertTrue(off.size() <= 2, off.toString());
  }

  private static Map<String, Long> blame() {
    Map<String, Long> blame = new HashMap<>();
    String text = new String(read(GUEST.resolve("blame.txt.gz")), StandardCharsets.UTF_8);
    for (String line : text.split("\n")) {
      int blank = line.lastIndexOf(' ');
      blame.put(line.substring(blank + 1), Timespan.parse(line.substring(0, blank).strip()));
    }
    return blame;
  }

  @Test
  void theClocksAreAlignedAndTheHiddenTimeBeforeTheKernelsClockIsTold() {
    Clocks clocks = serial().clocks();
    assertEquals(Clocks.Zero.KERNEL, clocks.zero());
    assertTrue(clocks.anchors() > 300 && clocks.error() < 5_000, clocks.toString());
    assertNear(1_440_000, clocks.hidden(), 50_000);
    assertEquals("audit", clocks.epochBy());
  }

  @Test
  void theInitramfssStepsAreSpansNestedAsTheyBegan() {
    List<Span> spans =
        serial().spans().stream().filter(s -> s.kind() == Span.Kind.INITRAMFS).toList();
    Span root = spans.stream().filter(s -> s.name().startsWith("Mounting root")).findFirst().get();
    Span top = spans.stream().filter(s -> s.name().contains("local-top")).findFirst().orElseThrow();
    assertEquals(0, root.depth());
    assertEquals(1, top.depth());
    // From "Begin:" at 12.453 to the "done." that stands alone at 13.205.
    assertNear(752_000, root.duration(), 20_000);
  }

  @Test
  void initcallsAreSpansWithTheirTimesByTheStamps() {
    Timing timing = console("boots/deb12-initcall.log.gz", "boots/deb12-initcall.chunks.gz");
    List<Span> calls = timing.spans().stream().filter(s -> s.kind() == Span.Kind.INITCALL).toList();
    assertTrue(calls.size() > 500, calls.size() + " initcalls");
    long close =
        calls.stream()
            .filter(s -> s.duration() > 10_000 && s.told() > 0)
            .filter(s -> Math.abs(s.duration() - s.told()) < s.duration() / 10 + 5_000)
            .count();
    long long_ = calls.stream().filter(s -> s.duration() > 10_000 && s.told() > 0).count();
    assertTrue(long_ > 5 && close >= long_ * 8 / 10, close + " of " + long_);
  }

  @Test
  void anInitcallThatHangsIsWhatIsWaitedForUntilAnotherIsCalled() {
    String hangs =
        "[    0.000000] Linux version 6.1.0 (a@b) (gcc) #1\n"
            + "[    0.900000] calling  early_init+0x0/0x40 @ 1\n"
            + "[    1.000000] calling  slow_init+0x0/0x40 @ 1\n"
            + "[   20.000000] something else\n";
    Stall stall = console(hangs).stalls().get(0);
    assertEquals(Stall.Kind.INITCALL, stall.kind());
    assertEquals("slow_init", stall.waitingFor());
    String goesOn =
        hangs
            + "[   20.100000] calling  next_init+0x0/0x40 @ 1\n"
            + "[   20.200000] initcall next_init+0x0/0x40 returned 0 after 9 usecs\n"
            + "[   50.000000] something else\n";
    assertEquals(
        List.of(Stall.Kind.INITCALL, Stall.Kind.KERNEL),
        console(goesOn).stalls().stream().map(Stall::kind).toList());
  }

  // ---- the same boot from its journal -----------------------------------------------------------

  @Test
  void theJournalsFiguresAreSystemdAnalyzes() throws Exception {
    Timing timing = journal(UnitFacts.NONE);
    assertEquals(14_961_000, timing.figure("kernel").orElseThrow().duration());
    assertNear(41_739_000, timing.figure("userspace").orElseThrow().duration(), 15_000);
    assertNear(40_738_000, timing.figure("target").orElseThrow().duration(), 20_000);
    assertEquals(56_700_000, timing.startup().total());
  }

  @Test
  void theJournalsBlameIsSystemdAnalyzesToAMessagesDelay() throws Exception {
    Map<String, Long> truth = blame();
    List<Long> errors = new ArrayList<>();
    List<String> off = new ArrayList<>();
    for (UnitTime unit : journal(UnitFacts.NONE).units()) {
      Long theirs = truth.get(unit.name());
      if (theirs != null && unit.running() > 0) {
        errors.add(Math.abs(theirs - unit.running()));
        if (errors.get(errors.size() - 1) > 60_000) {
          off.add(unit.name() + " " + unit.running() + " " + theirs);
        }
      }
    }
    errors.sort(null);
    assertTrue(errors.size() >= 35, errors.size() + " compared");
    assertTrue(errors.get(errors.size() / 2) <= 20_000, errors.toString());
    assertTrue(off.size() <= 4, off.toString());
  }

  /** But for the slices and mounts of which PID 1 says nothing, and the unit that failed. */
  @Test
  void theJournalsChainWithTheUnitsOrderIsSystemdAnalyzes() throws Exception {
    UnitFacts dot = UnitFacts.NONE.with(read(GUEST.resolve("dot.txt.gz")));
    List<String> ours = journal(dot).chain().stream().map(Step::name).toList();
    String text = new String(read(GUEST.resolve("critical-chain.txt.gz")), StandardCharsets.UTF_8);
    List<String> theirs = new ArrayList<>();
    for (String line : text.split("\n")) {
      int at = line.indexOf(" @");
      if (at > 0) {
        theirs.add(line.substring(0, at).replaceAll("[ └─]", ""));
      }
    }
    theirs.removeIf(n -> n.endsWith(".slice") || n.startsWith("run-credentials"));
    theirs.set(theirs.indexOf("slow-oneshot.service"), "timeout.service");
    assertEquals(theirs, ours);
    assertTrue(journal(dot).chain().stream().allMatch(Step::certain));
  }

  @Test
  void whatSystemctlShowSaysOverrulesTheMessages() {
    UnitFacts show =
        UnitFacts.NONE.with(read(LOGS.resolve("07-debian-ok-initrd.guest/show.txt.gz")));
    byte[] log = read(LOGS.resolve("07-debian-ok-initrd.log"));
    Timing timing = timing(LineParser.parse(Transcript.console(log)), show);
    // blame.txt: 3.274s systemd-udev-trigger.service
    assertEquals(3_274_804, unit(timing, "systemd-udev-trigger.service").running());
  }

  // ---- stalls -----------------------------------------------------------------------------------

  @Test
  void aMissingDiskIsToldWithItsLimitAndWhatFellWithIt() {
    missingDisk(
        console(
            "14-fstab-missing-uuid-emergency.log", "14-fstab-missing-uuid-emergency.chunks.tsv"));
  }

  @Test
  void aMissingDiskIsToldFromTheSpinnerAlone() {
    byte[] log = read(LOGS.resolve("14-fstab-missing-uuid-emergency.log"));
    missingDisk(timing(LineParser.parse(Transcript.console(log)), UnitFacts.NONE));
    String unstamped =
        new String(log, StandardCharsets.UTF_8).replaceAll("\\[ *\\d+\\.\\d{6}\\] ", "");
    missingDisk(console(unstamped));
  }

  private static void missingDisk(Timing timing) {
    Stall stall = stall(timing, "dev-disk-by\\x2duuid-deadbeef");
    assertEquals(Stall.Kind.DEVICE, stall.kind());
    assertEquals(90_000_000, stall.limit());
    assertEquals(90_000_000, stall.elapsed());
    assertEquals(Unit.Result.TIMEOUT, stall.result());
    assertFalse(stall.open());
    assertTrue(stall.fell().containsAll(List.of("data.mount", "local-fs.target")), "" + stall);
  }

  @Test
  void aPollIsCountedThoughTheLogHasNoClock() throws Exception {
    Path log = Path.of("../shared/corpus/seed-logs/docs/boot-logs/2025-10-08T00-41-32Z-serial.log");
    Timing timing = timing(LineParser.parse(Transcripts.of(read(log))), UnitFacts.NONE);
    assertEquals(Clocks.Zero.NONE, timing.clocks().zero());
    Stall probe = stall(timing, "ip -o -4 addr show dev lan");
    assertEquals(Stall.Kind.PROBE, probe.kind());
    assertEquals(48, probe.times());
    assertEquals(-1, probe.duration());
  }

  private static final String HEAD =
      "[    0.000000] Linux version 6.1.0 (gcc) #1 SMP\n"
          + "[    2.000000] Run /sbin/init as init process\n"
          + "[    2.100000] systemd[1]: systemd 252 running in system mode (+PAM)\n"
          + "[    3.000000] systemd[1]: Queued start job for default target multi-user.target.\n"
          + "[    4.000000] systemd[1]: Starting slow.service - Slow...\n";

  @Test
  void aJobThatRunsWhenTheLogEndsIsOpenWithItsLimit() {
    Timing timing =
        console(
            HEAD
                + "[  *** ] Job slow.service/start running (5s / 1min 30s)\n"
                + "[   ***] Job slow.service/start running (48s / 1min 30s)\n");
    Stall stall = stall(timing, "slow.service");
    assertTrue(stall.open());
    assertEquals(48_000_000, stall.elapsed());
    assertEquals(90_000_000, stall.limit());
    assertEquals("slow.service", timing.chain().get(0).name());
    assertEquals(Unit.Result.STARTING, timing.chain().get(0).result());
  }

  @Test
  void aJobWithoutALimitIsSaidToHaveNone() {
    Timing timing =
        console(HEAD + "[  *** ] Job slow.service/start running (16min 40s / no limit)\n");
    Stall stall = stall(timing, "slow.service");
    assertFalse(stall.limited());
    assertEquals(Timespan.NONE, stall.limit());
    assertEquals(1_000_000_000, stall.elapsed());
  }

  // ---- small logs -------------------------------------------------------------------------------

  @Test
  void aLineBetweenTwoStampsIsInABracket() {
    Timing timing =
        console(
            HEAD
                + "[  OK  ] Finished slow.service - Slow.\n"
                + "[   10.000000] systemd[1]: Reached target multi-user.target - Multi-User.\n");
    UnitTime slow = unit(timing, "slow.service");
    assertEquals(Certainty.EXACT, slow.started().certainty());
    assertEquals(new Instant(7_000_000, 4_000_000, 10_000_000, Certainty.BRACKET), slow.finished());
    assertTrue(timing.finished());
  }

  @Test
  void aUnitThatStartsAgainAfterItsEndMakesNoCircle() {
    Timing timing =
        console(
            HEAD
                + "[    5.000000] systemd[1]: Started slow.service - Slow.\n"
                + "[    6.000000] systemd[1]: Started b.service - B.\n"
                + "[    7.000000] systemd[1]: Starting b.service - B...\n"
                + "[    8.000000] systemd[1]: Starting slow.service - Slow...\n");
    assertEquals(
        List.of("b.service", "slow.service"), timing.chain().stream().map(Step::name).toList());
  }

  @Test
  void quotedKernelLinesTellNoTime() {
    Timing timing =
        console(
            HEAD
                + "[   10.000000] systemd[1]: Started slow.service - Slow.\n"
                + "\nvm login: root\nroot@vm:~# dmesg\n"
                + "[    0.000000] Linux version 6.1.0 (gcc) #1 SMP\n"
                + "[    2.000000] Run /sbin/init as init process\n");
    assertEquals(6_000_000, unit(timing, "slow.service").running());
    assertEquals(List.of(), timing.clocks().steps());
  }

  @Test
  void aStepOfTheRecordersClockIsFoundAndTimesAfterItAreRight() {
    StringBuilder chunks = new StringBuilder("# host_start_utc\t2026-11-23T12:00:00Z\n");
    StringBuilder text = new StringBuilder(HEAD);
    int offset = 0;
    for (String line : HEAD.split("(?<=\n)")) {
      chunks.append(line.substring(5, 13)).append('\t').append(offset).append("\t1\n");
      offset += line.length();
    }
    for (int i = 0; i < 60; i++) {
      String line = String.format(java.util.Locale.ROOT, "[%12.6f] kernel says%n", 5.0 + i);
      chunks.append(5.0 + i + (i < 30 ? 0 : 3600)).append('\t').append(offset).append("\t1\n");
      text.append(line);
      offset += line.length();
    }
    chunks.append("3670.0\t").append(offset).append("\t1\n");
    text.append("[  OK  ] Finished slow.service - Slow.\n");
    Timing timing =
        timing(
            LineParser.parse(
                Transcript.console(
                    text.toString().getBytes(StandardCharsets.UTF_8),
                    Chunks.of(chunks.toString().getBytes(StandardCharsets.UTF_8)))),
            UnitFacts.NONE);
    assertEquals(
        List.of(new Clocks.ClockStep("arrival", 36, 3_600_000_000L)), timing.clocks().steps());
    assertNear(70_000_000, unit(timing, "slow.service").finished().micros(), 1_000);
  }

  @Test
  void budgetsAreReadAndRefusedWithASentence() {
    assertEquals(
        Map.of("login", 40_000_000L, "a.target", 90_000_000L),
        Budgets.of(List.of("login=40s", "a.target=1min 30s")).limits());
    IllegalArgumentException refused =
        org.junit.jupiter.api.Assertions.assertThrows(
            IllegalArgumentException.class, () -> Budgets.of(List.of("login=soon")));
    assertTrue(refused.getMessage().contains("login=soon"));
  }

  @Test
  void spansOfTimeAreReadAndWrittenAsSystemdDoes() {
    for (String span : List.of("852ms", "14.961s", "1min 30s", "1min 387ms", "2h 5min 1.500s")) {
      assertEquals(span, Timespan.format(Timespan.parse(span)));
    }
    for (String none : List.of("no limit", "", "12", "s", "1.2.3s", "9".repeat(40) + "s")) {
      assertEquals(Timespan.NONE, Timespan.parse(none), none);
    }
  }

  @Test
  void aHugeLogTakesLinearTime() {
    StringBuilder log = new StringBuilder(HEAD);
    for (int i = 0; i < 100_000; i++) {
      log.append("[  *** ] Job x").append(i).append("\u2026/start running (5s / no limit)\n");
      log.append("[  OK  ] Started u").append(i).append(".service - U.\n");
      log.append("Begin: ").append("Begin: x ... ".repeat(3)).append('\n');
    }
    org.junit.jupiter.api.Assertions.assertTimeout(
        java.time.Duration.ofSeconds(15), () -> console(log.toString()));
  }
}
