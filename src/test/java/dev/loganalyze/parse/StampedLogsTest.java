package dev.loganalyze.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.transcript.Transcripts;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log says does not depend on the program that stamped its lines. */
class StampedLogsTest {
  private static final Path STAMPS = Path.of("src/test/resources/stamps");
  private static final Path GUEST = Path.of("../shared/logs/boots/deb12/guest");

  private static Entries parse(Path path) throws Exception {
    byte[] bytes = Files.readAllBytes(path);
    if (path.toString().endsWith(".gz")) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
        bytes = in.readAllBytes();
      }
    }
    return LineParser.parse(Transcripts.of(bytes));
  }

  private static Entries parse(String... lines) throws Exception {
    String log = String.join("\n", lines) + "\n";
    return LineParser.parse(Transcripts.of(log.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> said(List<Entry> entries) {
    return entries.stream()
        .filter(e -> e.shape() != Shape.REMARK)
        .map(e -> e.origin() + " " + e.shape() + " " + e.pid() + " " + e.message())
        .toList();
  }

  private static void sameTimes(Entries expected, Entries actual) {
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.micros(i), actual.micros(i), expected.get(i).text());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "color",
        "ctime",
        "ctime-de",
        "ctime-delta",
        "decode",
        "decode-ctime",
        "decode-iso",
        "decode-notime",
        "delta",
        "human",
        "human-ja",
        "iso",
        "notime",
        "rawprio",
        "show-delta"
      })
  void dmesgSaysTheSameWithEachOption(String option) throws Exception {
    Entries plain = parse(STAMPS.resolve("dmesg/dmesg.txt"));
    assertEquals(said(plain), said(parse(STAMPS.resolve("dmesg/" + option + ".txt"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"color", "decode", "rawprio", "show-delta"})
  void dmesgKeepsTheKernelsClock(String option) throws Exception {
    sameTimes(
        parse(STAMPS.resolve("dmesg/dmesg.txt")),
        parse(STAMPS.resolve("dmesg/" + option + ".txt")));
  }

  @Test
  void busyBoxSaysTheWeightOfALineBeforeWhoSpeaks() throws Exception {
    Entries log =
        parse(
            "Nov 29 11:32:31 box daemon.info init: starting pid 88, tty '': '/etc/init.d/rcS'",
            "Nov 29 11:32:31 box auth.err getty[88]: tcgetattr: Input/output error",
            "Nov 29 11:32:32 box kern.err kernel: [    1.500000] EXT4-fs error (device sda1)");
    assertEquals("init", log.get(0).identifier());
    assertEquals("getty", log.get(1).identifier());
    assertEquals("tcgetattr: Input/output error", log.get(1).message());
    assertEquals(Origin.KERNEL, log.get(2).origin());
    assertEquals(1_500_000, log.micros(2));
  }

  @Test
  void timesBetweenLinesAddUpToTheKernelsClock() throws Exception {
    Entries plain = parse(GUEST.resolve("dmesg.txt.gz"));
    Entries deltas = parse(GUEST.resolve("dmesg-delta.txt.gz"));
    for (int i = 0; i < plain.size(); i++) {
      // What dmesg prints for the first line that has a time is the time since 0, not shown as
      // such.
      assertEquals(plain.micros(i) / 1e6, deltas.micros(i) / 1e6, 0.005, plain.get(i).text());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dmesg-color.txt",
        "dmesg-ctime.txt",
        "dmesg-decode.txt",
        "dmesg-delta.txt",
        "dmesg-human.txt",
        "dmesg-iso.txt",
        "dmesg-notime.txt",
        "dmesg-rawprio.txt",
        "dmesg.json"
      })
  void ofAWholeBootDmesgSaysTheSameWithEachOption(String file) throws Exception {
    List<String> plain = said(parse(GUEST.resolve("dmesg.txt.gz")));
    assertTrue(plain.size() > 400);
    assertEquals(plain, said(parse(GUEST.resolve(file + ".gz"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour",
        "fi_FI",
        "fr_FR",
        "no-hostname",
        "no-hostname-monotonic",
        "ru_RU",
        "short-delta",
        "short-full",
        "short-iso",
        "short-iso-precise",
        "short-monotonic",
        "short-precise",
        "short-unix",
        "with-unit",
        "zh_CN"
      })
  void journalctlSaysTheSameInEachForm(String form) throws Exception {
    Entries plain = parse(STAMPS.resolve("journal/short.txt"));
    assertTrue(plain.isJournal());
    assertEquals(said(plain), said(parse(STAMPS.resolve("journal/" + form + ".txt"))));
  }

  @Test
  void explanationsAreRemarks() throws Exception {
    List<String> explained = said(parse(STAMPS.resolve("journal/x.txt")));
    List<String> plain = said(parse(STAMPS.resolve("journal/short.txt")));
    assertTrue(explained.size() > 10);
    assertEquals(plain.subList(0, explained.size()), explained);
  }

  @Test
  void theUnitIsInTheProcesssPlace() throws Exception {
    Entry entry =
        parse(
                "Wed 2026-11-18 11:06:41 UTC vm user@0.service/app.slice/ssh-agent.service[77]: on",
                "Wed 2026-11-18 11:06:41 UTC vm sshd.service[78]: Server listening on :: port 22.")
            .get(0);
    assertEquals("ssh-agent.service", entry.unit());
    assertEquals("ssh-agent", entry.identifier());
  }

  /** The last column: seconds between the first line and the last, give or take a second. */
  @ParameterizedTest
  @CsvSource({
    "ts, 0.6",
    "ts-elapsed, 0.6",
    "ts-i, 0.02",
    "ts-iso, 0.6",
    "ts-precise, 0.6",
    "ts-s, 0.6",
    "ts-seconds, 0.6",
    "ts-unix, 0.6",
    "ts-unix-brackets, 0.6",
    "grabserial-t, 0.6",
    "grabserial-t-n, 0.6",
    "grabserial-T, 0.6",
    "grabserial-T-t, 0.6",
    "minicom-simple, 0.6",
    "minicom-extended, 0.6",
    "conserver, 0.6"
  })
  void whoRecordedTheLineTellsWhenItArrived(String recorder, double seconds) throws Exception {
    Entries plain = parse(STAMPS.resolve("dmesg/dmesg.txt"));
    Entries recorded = parse(STAMPS.resolve("capture/" + recorder + ".txt"));
    List<Entry> lines =
        recorded.stream().filter(e -> !e.text().startsWith("[-- Console up")).toList();
    assertEquals(said(plain), said(lines));
    List<Long> arrivals =
        lines.stream().map(Entry::arrival).filter(a -> a != Entry.NO_TIME).toList();
    assertTrue(arrivals.size() > 25, "arrivals " + arrivals.size());
    double took = (arrivals.get(arrivals.size() - 1) - arrivals.get(0)) / 1e6;
    assertEquals(seconds, took, 1);
    assertEquals(arrivals.stream().sorted().toList().get(0), arrivals.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"logger-rfc5424", "rsyslog-file", "rsyslog-protocol23", "rsyslog-traditional"})
  void syslogSaysTheSame(String form) throws Exception {
    Entries plain = parse(STAMPS.resolve("dmesg/dmesg.txt"));
    Entries syslog = parse(STAMPS.resolve("syslog/" + form + ".txt"));
    assertEquals(said(plain), said(syslog));
    sameTimes(plain, syslog);
    assertTrue(syslog.stream().allMatch(e -> e.wall() != Entry.NO_TIME));
  }

  @Test
  void aServicesLineOfTheOldSyslogKeepsItsName() throws Exception {
    for (Entry entry : parse(STAMPS.resolve("syslog/logger-rfc3164.txt"))) {
      assertEquals("boot", entry.identifier());
      assertEquals(Origin.SERVICE, entry.origin());
      assertTrue(entry.pid() > 0);
    }
  }

  @Test
  void recordsOfKmsgAreKernelLinesAndTheirPropertiesRemarks() throws Exception {
    Entries dmesg = parse(GUEST.resolve("dmesg.txt.gz"));
    Entries kmsg = parse(GUEST.resolve("kmsg.txt.gz"));
    List<String> said =
        kmsg.stream().filter(e -> e.shape() != Shape.REMARK).map(Entry::message).toList();
    List<String> expected = dmesg.stream().map(Entry::message).toList();
    // A record of several lines is one record there, and it was read a moment earlier.
    assertTrue(said.size() > 440 && said.size() <= expected.size());
    long same = said.stream().filter(expected::contains).count();
    assertTrue(same > said.size() - 10, same + " of " + said.size());
    assertTrue(kmsg.stream().anyMatch(e -> e.text().equals(" SUBSYSTEM=pci")));
    assertEquals(0, kmsg.get(0).micros());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6,339,5140900,-,caller=T1;%s",
        "6.6.0,6,339,5140900,-;%s",
        "<6>[    5.140900] %s",
        "<6>[    5.140900][    T1] %s",
        "[    5.140900] I[0:      swapper/0:    1] %s",
        "11-23 12:03:05.123     0     0 I %s",
        "2026-11-23T12:03:05.123456789Z stdout F [    5.140900] %s",
        "2026-11-23T12:03:05.123456Z 00O [    5.140900] %s",
        "2026-11-23T12:03:05.1234567Z [    5.140900] %s",
        "[2026-11-23T12:03:05.123Z] [    5.140900] %s",
        "Nov 23 12:03:05 2026-11-23T12:03:05.1234567Z [    5.140900] %s",
      })
  void prefixesWhoseProgramsAreNotAtHandAreReadAsTheirDocumentsSay(String form) throws Exception {
    String[] words = {
      "Linux version 6.6.0 (gcc) #1 SMP",
      "usb 1-1: new high-speed USB device number 2 using xhci_hcd",
      "EXT4-fs (vda): mounted filesystem with ordered data mode."
    };
    String[] lines = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      lines[i] = form.replace("%s", words[i]);
    }
    Entries entries = parse(lines);
    assertEquals(List.of(words), entries.stream().map(Entry::message).toList());
    assertTrue(entries.stream().allMatch(e -> e.origin() == Origin.KERNEL));
    assertTrue(entries.stream().allMatch(e -> e.micros() == 5_140_900 || form.startsWith("11-23")));
  }

  @Test
  void aDumpOfPstoreIsAKernelLog() throws Exception {
    Entries dump =
        parse(
            "====1795435411.709978-D",
            "[   12.000001] Kernel panic - not syncing: Attempted to kill init!",
            "Panic#1 Part2",
            "<6>[   12.100000] Rebooting in 10 seconds..");
    assertEquals(
        List.of(Shape.REMARK, Shape.PANIC, Shape.REMARK, Shape.REBOOT),
        dump.stream().map(Entry::shape).toList());
  }

  @Test
  void aKernelWithoutStampsSpeaksUntilUserspaceDoes() throws Exception {
    Entries entries =
        parse(
            "Linux version 6.1.0 (gcc)",
            "usb 1-1: device descriptor read/64, error -71",
            "[  OK  ] Reached target Basic System.",
            "usb 1-1: device descriptor read/64, error -71");
    assertEquals(Origin.KERNEL, entries.get(1).origin());
    assertEquals(Origin.CONSOLE, entries.get(3).origin());
  }

  @Test
  void messagesWithoutStampsTellWhatPid1Does() throws Exception {
    List<String> cat = said(parse(GUEST.resolve("journal.cat.txt.gz")));
    assertTrue(
        cat.contains(
            "MANAGER DEVICE_TIMEOUT -1 Timed out waiting for device dev-vdz.device - /dev/vdz."));
    assertTrue(parse(GUEST.resolve("journal.cat.txt.gz")).isJournal());
  }

  @Test
  void theMonotonicTrapIsSeen() throws Exception {
    Entries trapped =
        parse(
            "[   23.405749] vm kernel: Linux version 6.12.0 (gcc)",
            "[   23.405751] vm kernel: Command line: console=ttyS0",
            "[   23.500000] vm systemd[1]: Started cron.service - Cron.");
    assertTrue(trapped.hasReceiveTimes());
    assertEquals(Entry.NO_TIME, trapped.micros(0));
    assertEquals(23_500_000, trapped.micros(2));
  }

  @Test
  void thePartsOfALongNetconsoleRecordBelongTogether() throws Exception {
    Entries entries =
        parse(
            "6,415,1758420,-;before",
            "6,416,1758426,-,ncfrag=0/33;the first chunk, ",
            "6,416,1758426,-,ncfrag=16/33; the 2nd chunk.",
            "6,417,1758430,-;after");
    assertEquals(List.of(false, false, true, false), entries.stream().map(Entry::further).toList());
  }
}
