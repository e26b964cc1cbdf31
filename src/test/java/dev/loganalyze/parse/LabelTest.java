package dev.loganalyze.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.transcript.Transcripts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log says does not depend on what somebody put before each of its lines. */
class LabelTest {
  private static final List<String> FIRMWARE =
      List.of(
          "SeaBIOS (version 1.16.2-debian-1.16.2-1)",
          "Booting from Hard Disk...",
          "GRUB loading.",
          "Welcome to GRUB!",
          "",
          "error: no such partition.",
          "Entering rescue mode...",
          "grub rescue> ls");

  private static Entries parse(List<String> lines) throws Exception {
    String log = String.join("\n", lines) + "\n";
    return LineParser.parse(Transcripts.of(log.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> said(Entries entries) {
    return entries.stream()
        .map(e -> e.origin() + " " + e.shape() + " " + e.micros() + " " + e.message())
        .toList();
  }

  private static List<String> console() throws Exception {
    return Files.readAllLines(Path.of("sample-logs/07-debian-ok-initrd.log"));
  }

  /** {@code lines} behind {@code label}, in which %d is the number of the line. */
  private static List<String> behind(String label, List<String> lines) {
    return IntStream.range(0, lines.size())
        .mapToObj(i -> String.format(Locale.ROOT, label, i + 1) + lines.get(i))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DEBUG    console:console.py:53 ",
        "2026-11-23 12:00:05,%d INFO console: ",
        "2026-11-23 12:00:05,123 - qemu.console - DEBUG - ",
        "[12:00:05]W:\t [Step 2/3] ",
        "build\t23-Nov-2026 12:00:05\t",
        "boot-test\tRun QEMU\t2026-11-23T12:00:05.0000007Z ",
        "host1: ",
        "%6d\t",
        "%d:",
        "console.log:",
        "console.log:%d:",
        "machine # "
      })
  void aLabelIsNoPartOfTheLine(String label) throws Exception {
    for (List<String> lines : List.of(console(), FIRMWARE)) {
      Entries labelled = parse(behind(label, lines));
      assertEquals(said(parse(lines)), said(labelled));
      assertTrue(labelled.format().endsWith("label"), labelled.format());
    }
  }

  /** The console of a machine that runs as a service of another, whose journal keeps it. */
  @Test
  void theNameOfAProgramThatLoggedAConsoleIsOne() throws Exception {
    for (String program : List.of("qemu-system-x86_64[4711]: ", "vm1: ")) {
      for (List<String> lines : List.of(console(), FIRMWARE)) {
        Entries logged = parse(behind("Nov 29 10:00:00 host1 " + program, lines));
        assertEquals(said(parse(lines)), said(logged));
        assertEquals("console, short, label", logged.format());
      }
    }
    List<String> kernel = console().stream().filter(l -> l.startsWith("[    ")).toList();
    assertEquals("short", parse(behind("Nov 29 10:00:00 host1 kernel: ", kernel)).format());
  }

  /** SeaBIOS clears the screen, and with it the label of its first line. */
  @Test
  void theFirstLineMayHaveLostIt() throws Exception {
    List<String> firmware =
        List.of(
            FIRMWARE.get(0),
            "Booting from Hard Disk...",
            "Boot failed: could not read the boot disk",
            "Booting from Floppy...",
            "Boot failed: could not read the boot disk",
            "No bootable device.");
    List<String> lines = new ArrayList<>(behind("host1: ", firmware));
    lines.set(0, "host1: \u001bc\u001b[2J" + firmware.get(0));
    List<String> said = said(parse(lines));
    assertEquals(said(parse(firmware)), said.subList(said.size() - firmware.size(), said.size()));
  }

  /** The last column: how many seconds lie between the first line and the last. */
  @ParameterizedTest
  @CsvSource({
    "'[12:00:%02d.123] ', 7",
    "'[12:00:%02d] ', 7",
    "'12:00:%02d ', 7",
    "'12:00:%02d  ', 7",
    "'[2026-11-23T12:00:%02d.123] ', 7",
    "'2026-11-23 12:00:%02d.000+0000: ', 7",
    "'2026-11-23 12:00:%02d ', 7"
  })
  void aRecordersStampIsATimeOfArrival(String stamp, int seconds) throws Exception {
    Entries recorded = parse(behind(stamp, FIRMWARE));
    assertEquals(said(parse(FIRMWARE)), said(recorded));
    assertEquals(seconds * 1_000_000L, recorded.arrival(recorded.size() - 1) - recorded.arrival(0));
  }

  @Test
  void whatAKernelPrintsBeforeItsLinesIsNone() throws Exception {
    for (String priority : List.of("", "<6>")) {
      List<String> lines =
          console().stream().filter(l -> l.startsWith("[    ")).map(l -> priority + l).toList();
      Entries entries = parse(lines);
      assertEquals("console", entries.format());
      assertNotEquals(Entry.NO_TIME, entries.micros(0));
    }
  }

  @Test
  void linesThatTheKernelPrintedIntoShareNoLabel() throws Exception {
    Entries entries =
        parse(
            List.of(
                "[  OK  ] Started a.ser[    3.000001] usb 1-1: new device",
                "[  OK  ] Started b.ser[    3.100001] usb 1-2: new device",
                "[  OK  ] Started c.ser[    3.200001] usb 1-3: new device",
                "[  OK  ] Started d.ser[    3.300001] usb 1-4: new device",
                "[  OK  ] Started e.ser[    3.400001] usb 1-5: new device"));
    assertEquals("console", entries.format());
    assertEquals(10, entries.size());
  }
}
