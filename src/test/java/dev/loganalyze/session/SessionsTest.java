package dev.loganalyze.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.Noise;
import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.transcript.Transcript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Path SEED = Path.of("../shared/corpus/seed-logs");

  private static final String LOGIN =
      "Welcome to Debian GNU/Linux 12 (bookworm)!\r\ndebvm login: root\r\n";

  @Test
  void aCommandThatGoesOverTheEdgeOfTheTerminalIsWhole() {
    String command =
        "systemctl is-system-running --wait --no-pager --quiet --no-legend 2>&1 | tail -1";
    // Readline goes on with a blank, or with the character that comes next.
    for (String next : List.of(" ", command.substring(66, 67))) {
      String typed = command.substring(0, 66) + next + "\r" + command.substring(66);
      String log =
          "Welcome to Debian GNU/Linux 12 (bookworm)!\r\n\033[?2004hroot@debvm:~# "
              + typed
              + "\r\n\033[?2004l\rrunning\r\n\033[?2004hroot@debvm:~# ";
      Entries entries = LineParser.parse(Transcript.console(log.getBytes(StandardCharsets.UTF_8)));
      Session session = Sessions.of(entries, Boots.of(entries)).get(0);
      assertEquals(command, session.exchanges().get(0).command());
      assertEquals(List.of("running"), session.exchanges().get(0).answer());
      assertEquals(List.of(), session.neverRun());
    }
  }

  @Test
  void aCommandThatGoesOverTheEdgeOfBusyBoxesTerminalIsWhole() throws IOException {
    Session session = only(Path.of("sample-logs/01-busybox-login.log"));
    Exchange first = session.exchanges().get(0);
    assertEquals(
        "printf '\\nB%s\\n' 000125334; uname -a; cat /proc/uptime; printf '\\nE%s:%s\\n'"
            + " 000125334 $?",
        first.command());
    assertEquals("B000125334", first.answer().get(0));
  }

  @Test
  void typeAheadIsPutWhereTheShellTookIt() throws IOException {
    Session session = only(SEED.resolve("docs/boot-logs/2025-10-07T03-11-58Z-serial.log"));
    assertEquals("nixos", session.user());
    assertEquals("nixos", session.host());
    assertFalse(session.root());
    assertEquals(
        List.of(
            "if [ \"$(id -u)\" -eq 0 ]; then echo __ROOT__; else echo __USER__; fi",
            "export PS1='PRE-NIXOS> '",
            "command -v disko >/dev/null 2>&1 && echo OK || echo MISSING",
            "command -v findmnt >/dev/null 2>&1 && echo OK || echo MISSING",
            "command -v lsblk >/dev/null 2>&1 && echo OK || echo MISSING",
            "command -v wipefs >/dev/null 2>&1 && echo OK || echo MISSING",
            "ip -o -4 addr show dev lan 2>/dev/null || true",
            "poweroff"),
        session.exchanges().stream().map(Exchange::command).toList());
    assertEquals(List.of("__USER__"), session.exchanges().get(0).answer());
    assertEquals(
        List.of("Call to PowerOff failed: Interactive authentication required."),
        session.exchanges().get(7).answer());
  }

  @Test
  void theAnswerToListJobsIsThatOfListJobs() throws IOException {
    Session session =
        only(
            SEED.resolve(
                "docs/work-notes/2025-10-12T17-13-25Z-sshd-pre-nixos-deadlock/serial.log"));
    Exchange jobs =
        session.exchanges().stream()
            .filter(e -> e.command().endsWith("list-jobs"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of(
            "JOB UNIT              TYPE  STATE",
            "1   multi-user.target start waiting",
            "500 sshd.service      start waiting",
            "69  pre-nixos.service start running",
            "3 jobs listed."),
        jobs.answer());
    assertEquals(List.of(45, 46, 47, 48, 50), jobs.output().stream().map(s -> s.line()).toList());
  }

  @Test
  void anEscalationThatCameThroughIsSeen() throws IOException {
    Session session = only(SEED.resolve("notes/2025-12-23T004412Z-vm-run/serial.log"));
    assertEquals(
        List.of(
            new Session.Escalation("sudo -i", 215, true),
            new Session.Escalation("su -", 224, true)),
        session.escalations());
    assertEquals(
        List.of("1000", "0", "0"),
        session.exchanges().stream()
            .filter(e -> e.command().equals("id -u"))
            .flatMap(e -> e.answer().stream())
            .toList());
  }

  @Test
  void anEscalationThatWasRefusedIsNotReached() {
    Session session =
        only(
            "Welcome to Debian GNU/Linux 12 (bookworm)!\r\n"
                + "mira@debvm:~$ su -\r\nPassword:\r\nsu: Authentication failure\r\n"
                + "mira@debvm:~$ id -u\r\n1000\r\n");
    assertEquals(List.of(new Session.Escalation("su -", 2, false)), session.escalations());
  }

  @Test
  void aCommandOfSeveralLinesIsOneAndItsFrameShowsTheStatus() throws IOException {
    Session session = only(SEED.resolve("notes/2025-12-24T134912Z-vm-run/logs/serial.log"));
    Exchange create =
        session.exchanges().stream()
            .filter(e -> e.command().startsWith("{ mdadm"))
            .findFirst()
            .orElseThrow();
    assertTrue(create.command().endsWith("printf '\n__EXIT__=%s\n' $?; }"), create.command());
    assertEquals(1, create.exitStatus());
    assertEquals("mdadm: create aborted", create.answer().get(4));
  }

  @Test
  void anAskedStatusIsThatOfTheCommandBefore() {
    Session session =
        only(LOGIN + "root@debvm:~# false\r\nroot@debvm:~# echo $?\r\n1\r\nroot@debvm:~# \r\n");
    assertEquals(1, session.exchanges().get(0).exitStatus());
    assertTrue(session.root());
  }

  @Test
  void aPromptOfTwoLinesIsOne() throws IOException {
    Session session = only(Path.of("sample-logs/m54-coloured-two-line-prompt.log"));
    assertEquals("uname -r", session.exchanges().get(0).command());
    assertEquals(List.of("6.1.0-56-cloud-amd64"), session.exchanges().get(0).answer());
    assertEquals("mira", session.user());
  }

  @Test
  void loadersAndInitramfsesHaveSessionsToo() throws IOException {
    Session loader = only(Path.of("sample-logs/40-uboot-arm64.log"));
    assertEquals(Session.Place.LOADER, loader.place());
    assertEquals(
        List.of("version", "printenv bootcmd", "bdinfo"),
        loader.exchanges().stream().map(Exchange::command).toList());
    Session initramfs = only(Path.of("sample-logs/16-initramfs-shell-root-missing.log"));
    assertEquals(Session.Place.INITRAMFS, initramfs.place());
    assertEquals("cat /proc/cmdline; ls /dev/vd*", initramfs.exchanges().get(0).command());
  }

  @Test
  void aKernelLineInAnAnswerIsTakenOutAndTheAnswerPutTogether() {
    Session session =
        only(
            LOGIN
                + "root@debvm:~# echo hello world\r\n"
                + "hello wo[   12.345678] usb 1-1: new device\r\n"
                + "rld\r\n"
                + "root@debvm:~# \r\n");
    Exchange echo = session.exchanges().get(0);
    assertEquals(List.of("hello world"), echo.answer());
    assertTrue(echo.output().stream().anyMatch(Exchange.Said::spliced));
  }

  @Test
  void aProbeIsOneExchangeAndAnObservation() {
    String log = LOGIN + "root@debvm:~# ip addr show lan\r\n".repeat(7);
    Entries entries = entries(log);
    List<Boot> boots = Boots.of(entries);
    List<Session> sessions = Sessions.of(entries, boots);
    assertEquals(7, sessions.get(0).exchanges().get(0).asked());
    Observation probe =
        Talk.observed(entries, boots, sessions).get(0).observations().stream()
            .filter(o -> o.kind() == Observation.Kind.COMMAND_REPEATED)
            .findFirst()
            .orElseThrow();
    assertEquals("ip addr show lan", probe.fields().get("command"));
    assertEquals("7", probe.fields().get("times"));
    assertEquals("nothing", probe.fields().get("answer"));
  }

  @Test
  void charactersThatTheShellNeverSawAreCounted() {
    Session session =
        only(
            LOGIN
                + "\u001b[?2004hroot@debvm:~# systemctl status\n"
                + "systctl status\r\n"
                + "\u001b[?2004l\rsystctl: command not found\r\n"
                + "\u001b[?2004hroot@debvm:~# \r\n");
    assertEquals("systctl status", session.exchanges().get(0).command());
    assertEquals(2, session.exchanges().get(0).lost());
    assertEquals(List.of(), session.neverRun());
  }

  @Test
  void sessionsAndExchangesNeverOverlapAndStayInTheirLog() {
    Noise.forEach(
        raw -> {
          Entries entries = LineParser.parse(Transcript.console(raw));
          List<Boot> boots = Boots.of(entries);
          int next = 0;
          for (Session session : Sessions.of(entries, boots)) {
            assertTrue(session.firstEntry() >= next);
            assertTrue(session.lastEntry() >= session.firstEntry());
            assertTrue(session.lastEntry() < entries.size());
            assertTrue(session.lastLine() >= session.firstLine());
            int from = session.firstEntry();
            for (Exchange exchange : session.exchanges()) {
              assertTrue(exchange.firstEntry() >= from);
              assertTrue(exchange.lastEntry() <= session.lastEntry());
              for (Exchange.Said said : exchange.output()) {
                assertTrue(said.entry() > exchange.firstEntry());
                assertTrue(said.entry() <= exchange.lastEntry());
              }
              from = exchange.lastEntry() + 1;
            }
            next = session.lastEntry() + 1;
          }
        });
  }

  private static Session only(Path path) throws IOException {
    return only(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1), path);
  }

  private static Session only(String log) {
    return only(log, Path.of("log"));
  }

  private static Session only(String log, Path path) {
    Entries entries = entries(log);
    List<Session> sessions = Sessions.of(entries, Boots.of(entries));
    assertEquals(1, sessions.size(), path::toString);
    return sessions.get(0);
  }

  private static Entries entries(String log) {
    return LineParser.parse(Transcript.console(log.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
