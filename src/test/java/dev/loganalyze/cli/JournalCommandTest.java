package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCommandTest {
  private static final String MACHINE = "../shared/logs/boots/deb12/guest/system.journal.gz";
  private static final String EARLIER_STARTED =
      "../shared/logs/07-debian-ok-initrd.guest/system.journal.gz";
  private static final String TWO_BOOTS =
      "../shared/logs/journals/made/made257-XZ-compact1.journal.gz";

  private record Result(int status, String out, String err) {
    long lines() {
      return out.lines().count();
    }
  }

  private static Result run(String... words) {
    List<String> arguments = new ArrayList<>(List.of("journal"));
    arguments.addAll(List.of(words));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            arguments.toArray(new String[0]),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static void assertRefused(String why, String... words) {
    Result result = run(words);
    assertEquals(2, result.status());
    assertTrue(result.err().startsWith("loganalyze: "), result.err());
    assertTrue(result.err().contains(why), result.err());
    assertEquals(1, result.err().lines().count());
  }

  @Test
  void everythingIsPrintedAsJournalctlDoes() throws IOException {
    Path stored = Path.of("../shared/logs/journals/made/made.short-iso.txt.gz");
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(stored))) {
      String expected = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(expected, run("-q", "-o", "short-iso", TWO_BOOTS).out());
    }
  }

  // The numbers are those of journalctl 252 with the same options.

  @Test
  void unitsAreChosenAsJournalctlDoes() {
    assertEquals(4, run(MACHINE, "-u", "report.service").lines());
    assertEquals(4, run(MACHINE, "-u", "systemd-hostnamed").lines());
    assertEquals(8, run(MACHINE, "-u", "report", "-u", "systemd-hostnamed").lines());
    assertEquals(62, run(MACHINE, "-u", "system-modprobe.slice", "-o", "verbose").lines());
    assertEquals("-- No entries --\n", run(MACHINE, "-u", "nosuch").out());
    assertEquals("", run(MACHINE, "-q", "-u", "nosuch").out());
  }

  @Test
  void prioritiesAreChosenAsJournalctlDoes() {
    assertEquals(35, run(MACHINE, "-p", "warning").lines());
    assertEquals(35, run(MACHINE, "-p", "4").lines());
    assertEquals(62, run(MACHINE, "-p", "3..5").lines());
    assertEquals(698, run(MACHINE, "-p", "err..info").lines());
    assertRefused("there is no priority '9'", MACHINE, "-p", "9");
  }

  @Test
  void bootsAreChosenAsJournalctlDoes() {
    assertEquals(462, run(MACHINE, "-k").lines());
    assertEquals(316, run(TWO_BOOTS, "-b", "0123456789abcdef0123456789abcdef").lines());
    assertEquals(316, run("-b", "-1", TWO_BOOTS).lines());
    assertEquals(316, run("-b1", TWO_BOOTS).lines());
    assertEquals(5, run("-b", TWO_BOOTS).lines());
    assertTrue(run("-b", TWO_BOOTS).out().startsWith("Nov 18 10:06:40 vm second: second boot 0"));
    assertTrue(run(TWO_BOOTS).out().contains("\n-- Boot fedcba9876543210fedcba9876543210 --\n"));
    assertRefused("there is no boot '-2'", TWO_BOOTS, "-b", "-2");
    assertRefused("'x' is no boot", TWO_BOOTS, "--boot=x");
  }

  @Test
  void timesAreChosenAsJournalctlDoes() {
    assertEquals(
        36,
        run(MACHINE, "--since", "2026-11-23 12:05:20", "--until", "2026-11-23 12:05:21.5").lines());
    assertEquals(120, run(MACHINE, "-S", "@1795435520", "-o", "cat").lines());
    assertEquals(run(MACHINE).out(), run(MACHINE, "--since", "2026-11-23").out());
    assertRefused("'yesterday' is no time", MACHINE, "--since", "yesterday");
  }

  @Test
  void bootsAreListed() {
    assertEquals(
        "IDX BOOT ID                          FIRST ENTRY                 LAST ENTRY\n"
            + " -1 0b5fd0a9bfc9452ba0096d70875a3e9d Mon 2026-11-23 12:03:31 UTC"
            + " Mon 2026-11-23 12:05:24 UTC\n"
            + "  0 3162432376624524b25f66df51cc7773 Mon 2026-11-23 12:41:24 UTC"
            + " Mon 2026-11-23 12:41:58 UTC\n",
        run("--list-boots", EARLIER_STARTED, MACHINE).out());
  }

  @Test
  void whatIsNoJournalIsRefusedAndTheOthersArePrinted() {
    assertRefused("pom.xml: not a systemd journal", "pom.xml");
    assertRefused("nosuch: no such file", "nosuch");
    assertRefused("there is no format 'xml'", TWO_BOOTS, "-o", "xml");
    Result result = run("pom.xml", MACHINE);
    assertEquals(2, result.status());
    assertEquals(710, result.lines());
  }

  @Test
  void damageIsToldAndTheRestIsPrinted(@TempDir Path folder) throws IOException {
    byte[] whole;
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(Path.of(MACHINE)))) {
      whole = in.readAllBytes();
    }
    Path cut = folder.resolve("cut.journal");
    Files.write(cut, Arrays.copyOf(whole, 700_000));
    Result result = run(cut.toString(), "-o", "cat");
    assertEquals(0, result.status());
    assertTrue(result.err().contains("cut.journal: "), result.err());
    assertTrue(result.err().contains(" entries lost, it is cut off"), result.err());
    assertTrue(result.lines() > 200, result.out());
    assertEquals(result.err(), run("--list-boots", cut.toString()).err());
  }
}
