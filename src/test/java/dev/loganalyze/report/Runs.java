package dev.loganalyze.report;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.boot.Certainty;
import dev.loganalyze.boot.Ended;
import dev.loganalyze.boot.Milestone;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.boot.Reached;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.diagnosis.Role;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.Unusual;
import dev.loganalyze.diagnosis.Verdict;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Rule;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.session.Exchange;
import dev.loganalyze.session.Session;
import dev.loganalyze.timing.TimedBoot;
import dev.loganalyze.timing.Timings;
import dev.loganalyze.timing.UnitFacts;
import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Runs made by hand, for the tests of reports. */
final class Runs {
  static final String HOSTILE =
      "</script><img src=http://evil.example/x onerror=alert(1)> ]]> a|b `` ```"
          + " \u001b[2J\u009b1m\u0007 ::error::x \u202eabc\u2066 @everyone #1 *b* _i_ [x](http://y)"
          + " ${1+1} <#if> \ud83d\ude00 漢字 \ud800 ";

  static final Unusual NOTHING_UNUSUAL = new Unusual("", 0, List.of());

  private Runs() {}

  /** A run that went well: no finding. */
  static Run empty() {
    Boot boot =
        new Boot(
            1,
            0,
            799,
            1,
            800,
            Reached.SHELL,
            Ended.POWEROFF,
            "6.1.0-18-amd64",
            "root=/dev/vda console=ttyS0",
            "Debian GNU/Linux 12 (bookworm)",
            List.of(
                phase(Phase.Kind.KERNEL, 1, 300, 0, 2_900_000),
                phase(Phase.Kind.USERSPACE, 301, 700, 2_900_000, 38_000_000),
                phase(Phase.Kind.SESSION, 701, 780, 38_200_000, 41_000_000),
                phase(Phase.Kind.SHUTDOWN, 781, 800, 41_000_000, 42_000_001)),
            List.of(new Milestone("kernel", 1, 0), new Milestone("login", 690, Entry.NO_TIME)),
            List.of(unit("ssh.service", "OpenBSD Secure Shell server", Unit.Result.DONE, 500)),
            List.of());
    return new Run(
        "logs/good.log",
        "",
        List.of(input("logs/good.log", "")),
        Verdict.PASSED,
        List.of(boot),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Runs.NOTHING_UNUSUAL,
        Map.of(),
        List.of());
  }

  /** A mount that waits for a disk that is not there: one cause, two effects. */
  static Run one() {
    Boot boot =
        new Boot(
            1,
            0,
            720,
            1,
            721,
            Reached.USERSPACE,
            Ended.RUNNING,
            "6.1.0-18-amd64",
            "BOOT_IMAGE=/vmlinuz root=/dev/vda1 ro console=ttyS0,115200 systemd.log_level=info"
                + " quiet",
            "Debian GNU/Linux 12 (bookworm)",
            List.of(
                phase(Phase.Kind.FIRMWARE, 1, 2, Entry.NO_TIME, Entry.NO_TIME),
                phase(Phase.Kind.LOADER, 3, 9, Entry.NO_TIME, Entry.NO_TIME),
                phase(Phase.Kind.KERNEL, 10, 420, 0, 2_912_345),
                phase(Phase.Kind.INITRD, 421, 520, 2_912_345, 6_500_000),
                phase(Phase.Kind.USERSPACE, 521, 721, 6_500_000, Entry.NO_TIME)),
            List.of(
                new Milestone("kernel", 10, 0),
                new Milestone("init", 521, 6_500_000),
                new Milestone("emergency.target", 618, Entry.NO_TIME)),
            List.of(
                unit("systemd-journald.service", "Journal Service", Unit.Result.DONE, 540),
                unit("data.mount", "/data", Unit.Result.DEPENDENCY, 610),
                unit(
                    "dev-disk-by\\x2duuid-deadbeef\\x2ddead\\x2dbeef.device",
                    "/dev/disk/by-uuid/deadbeef-dead-beef",
                    Unit.Result.TIMEOUT,
                    608),
                new Unit("", "Some Service", true, Unit.Result.STARTING, 600, 600, 7, -1)),
            List.of());
    Rule timeout =
        rule(
            "systemd.device-timeout",
            Severity.ERROR,
            "systemd waited for the device and gave up. What needs it\nis not started.\n",
            "Check the UUID in /etc/fstab against `blkid`; add `nofail` if the mount is optional.",
            "https://www.freedesktop.org/software/systemd/man/systemd.mount.html");
    Rule dependency = rule("systemd.dependency-failed", Severity.ERROR, "", "");
    Rule emergency = rule("systemd.emergency-mode", Severity.CRITICAL, "", "Log in and look.");
    String device = "/dev/disk/by-uuid/deadbeef-dead-beef-dead-beefdeadbeef";
    String title = device + " did not appear within 1min 30s";
    List<Run.Diagnosed> findings =
        List.of(
            diagnosed(
                1,
                finding(
                    timeout,
                    title,
                    device,
                    608,
                    96_412_000,
                    1,
                    Map.of("limit", "1min 30s"),
                    "[ TIME ] Timed out waiting for device dev-disk-by\\x2duuid-deadbeef\\x2ddead"
                        + "\\x2dbeef.device - /dev/disk/by-uuid/deadbeef-dead-beef.")),
            diagnosed(
                2,
                finding(
                    dependency,
                    "Dependency failed for data.mount",
                    "data.mount",
                    610,
                    Entry.NO_TIME,
                    3,
                    Map.of(),
                    "[DEPEND] Dependency failed for data.mount - /data.",
                    "[DEPEND] Dependency failed for local-fs.target - Local File Systems."),
                "f1"),
            diagnosed(
                3,
                finding(
                    emergency,
                    "The system is in emergency mode",
                    "",
                    625,
                    Entry.NO_TIME,
                    1,
                    Map.of(),
                    "You are in emergency mode. After logging in, type \"journalctl -xb\" to view"),
                "f2"));
    return new Run(
        "logs/14-fstab-missing-uuid-emergency.log",
        "",
        List.of(input("logs/14-fstab-missing-uuid-emergency.log", "gzip")),
        Verdict.FAILED,
        List.of(boot),
        List.of(),
        findings,
        List.of(
            new Run.RootCause(
                "f1",
                List.of("f1", "f2", "f3"),
                title + " → Dependency failed for data.mount → The system is in emergency mode",
                List.of("data.mount"),
                "")),
        List.of(),
        List.of(session("ls -l /dev/vdz", "ls: /dev/vdz: No such file or directory")),
        Runs.NOTHING_UNUSUAL,
        Map.of(),
        List.of());
  }

  /** {@link #one}, of which all is accepted. */
  static Run suppressed() {
    Run one = one();
    return new Run(
        one.name(),
        one.machine(),
        one.inputs(),
        Verdict.PASSED,
        one.boots(),
        one.timings(),
        one.findings().stream()
            .map(
                f ->
                    new Run.Diagnosed(
                        f.id(),
                        f.finding(),
                        f.causedBy(),
                        f.because(),
                        f.likely(),
                        "no disk in this lab <b> | `x`"))
            .toList(),
        List.of(),
        one.views(),
        one.sessions(),
        one.unusual(),
        one.values(),
        one.logs());
  }

  /** A boot loop with two causes and findings of every severity, too many to show. */
  static Run many() {
    List<Boot> boots = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      boots.add(
          new Boot(
              i,
              (i - 1) * 100,
              i * 100 - 1,
              (i - 1) * 100 + 1,
              i * 100,
              i == 3 ? Reached.LOGIN : Reached.KERNEL,
              i == 7 ? Ended.CUT_OFF : i == 3 ? Ended.RESET : Ended.PANIC,
              "5.15.0",
              "",
              "",
              List.of(
                  phase(Phase.Kind.LOADER, (i - 1) * 100 + 1, (i - 1) * 100 + 9, -1, -1),
                  phase(Phase.Kind.KERNEL, (i - 1) * 100 + 10, i * 100, 0, 1_234_567)),
              List.of(),
              List.of(),
              List.of()));
    }
    List<Run.Diagnosed> findings = new ArrayList<>();
    for (int i = 1; i <= 44; i++) {
      Severity severity = Severity.values()[i % 4];
      Rule rule = rule("kernel.probe-failed", severity, "", "Look at `dmesg`.");
      Map<String, String> names = i % 4 == 3 ? Map.of("function", "mutex_lock+0x1b") : Map.of();
      findings.add(
          diagnosed(
              i,
              finding(
                  rule,
                  "e1000 0000:00:0" + i + ".0: probe failed with error -22",
                  "0000:00:0" + i + ".0",
                  10 * i,
                  i * 1000L,
                  i,
                  names,
                  "[    0." + (100 + i) + "000] e1000 0000:00:0" + i + ".0: probe failed",
                  "[    1." + (100 + i) + "000] e1000 0000:00:0" + i + ".0: probe failed",
                  "[    2." + (100 + i) + "000] e1000 0000:00:0" + i + ".0: probe failed",
                  "[    3." + (100 + i) + "000] e1000 0000:00:0" + i + ".0: probe failed")));
    }
    return new Run(
        "logs/loop.log",
        "",
        List.of(input("logs/loop.log", "zstd"), input("logs/loop.journal", "")),
        Verdict.INCOMPLETE,
        boots,
        List.of(),
        findings,
        List.of(
            new Run.RootCause(
                "f3",
                List.of("f3"),
                findings.get(2).finding().title(),
                List.of(),
                "Save `journalctl -b -o export` with the serial log."),
            new Run.RootCause(
                "f7",
                List.of("f7", "f2"),
                "the probe failed → it loops",
                List.of("a.service", "b.service"),
                "")),
        List.of(),
        List.of(),
        Runs.NOTHING_UNUSUAL,
        Map.of(),
        List.of());
  }

  /** Every text is what an attacker would write. */
  static Run hostile() {
    return hostile(HOSTILE);
  }

  /** Every text is {@code attack}. */
  static Run hostile(String attack) {
    Rule rule = rule("kernel.info", Severity.ERROR, attack, attack, "javascript:alert(1)", attack);
    String word = "x".repeat(2000);
    Finding finding =
        finding(
            rule,
            attack,
            attack,
            7,
            1,
            2,
            Map.of("function", attack),
            attack,
            word,
            "````````` nine",
            "\r\n::set-output name=x::y",
            "");
    Finding other =
        finding(rule, word + " ::error::" + word, "", 9, -1, 1, Map.of(), "# heading", "| a | b |");
    Boot boot =
        new Boot(
            1,
            0,
            9,
            1,
            10,
            Reached.KERNEL,
            Ended.PANIC,
            attack,
            attack + word,
            attack,
            List.of(phase(Phase.Kind.KERNEL, 1, 10, 5, 5)),
            List.of(new Milestone(attack, 3, 1)),
            List.of(unit(attack, attack, Unit.Result.FAILED, 4)),
            List.of());
    return new Run(
        attack + ".log",
        "",
        List.of(input(attack, "")),
        Verdict.FAILED,
        List.of(boot),
        List.of(),
        List.of(
            diagnosed(1, finding),
            diagnosed(2, other, "f1"),
            new Run.Diagnosed("f3", other, List.of("f1"), attack, true, attack)),
        List.of(
            new Run.RootCause(
                "f1", List.of("f1", "f2"), attack + " → " + attack, List.of(attack), attack)),
        List.of(),
        List.of(session(attack, attack)),
        new Unusual(
            attack,
            3,
            List.of(new Unusual.Line(7, attack, attack), new Unusual.Line(9, word, "x"))),
        Map.of(),
        List.of(
            log(
                "[    0.000000] Linux version 6.1.0 " + attack + "\n",
                attack + "\n",
                "[  OK  ] Started " + attack + ".service.\n",
                "\u001b[0;32mgreen\u001b[0m \u001b]0;title\u0007after\n",
                "a line\roverwritten\n",
                (attack + "\n").repeat(5))));
  }

  /** A log without a boot, with a finding outside any boot. */
  static Run noBoot() {
    Rule rule = rule("nix.evaluation-error", Severity.ERROR, "", "");
    Finding in =
        finding(rule, "The option 'boot.x' does not exist", "boot.x", 3, -1, 1, Map.of(), "error:");
    Finding outside =
        new Finding(
            rule,
            in.severity(),
            in.title(),
            in.advice(),
            in.subject(),
            0,
            null,
            2,
            3,
            3,
            -1,
            1,
            in.evidence(),
            Map.of(),
            Finding.Told.THEN,
            null,
            0);
    return new Run(
        "-",
        "",
        List.of(new Run.Input("-", "console", "", 12, 3, "0".repeat(64), Role.CONSOLE, 0)),
        Verdict.UNKNOWN,
        List.of(),
        List.of(),
        List.of(diagnosed(1, outside)),
        List.of(),
        List.of(),
        List.of(),
        Runs.NOTHING_UNUSUAL,
        Map.of(),
        List.of());
  }

  /** A log of these lines. */
  static Run.Log log(String... lines) {
    byte[] text = String.join("", lines).getBytes(StandardCharsets.UTF_8);
    Entries entries = LineParser.parse(Transcript.console(text));
    List<Boot> boots = Boots.of(entries);
    List<TimedBoot> timed =
        boots.stream().map(b -> Timings.of(entries, b, UnitFacts.NONE, new BitSet())).toList();
    return new Run.Log(0, entries, Timings.times(entries, timed), boots);
  }

  private static Phase phase(Phase.Kind kind, int first, int last, long start, long end) {
    boolean known = start != Entry.NO_TIME && end != Entry.NO_TIME;
    return new Phase(kind, first, last, start, end, known ? Certainty.EXACT : Certainty.ORDER);
  }

  private static Unit unit(String name, String description, Unit.Result result, int line) {
    return new Unit(name, description, false, result, line, line + 2, 7_000_000, 7_250_000);
  }

  private static Run.Input input(String path, String compression) {
    return new Run.Input(
        path, "console", compression, 73_112, 721, "0123456789abcdef".repeat(4), Role.CONSOLE, 0);
  }

  static Rule rule(
      String id, Severity severity, String explain, String advice, String... references) {
    return new Rule(
        id,
        "${unit} is not well",
        severity,
        Map.of(),
        "",
        List.of(),
        explain,
        advice,
        "",
        List.of(),
        List.of(),
        List.of(),
        List.of(references),
        List.of());
  }

  private static Finding finding(
      Rule rule,
      String title,
      String subject,
      int line,
      long micros,
      int occurrences,
      Map<String, String> names,
      String... evidence) {
    List<Finding.Evidence> lines = new ArrayList<>();
    for (String text : evidence) {
      lines.add(new Finding.Evidence(line + lines.size(), text));
    }
    return new Finding(
        rule,
        rule.severity(),
        title,
        rule.advice(),
        subject,
        1,
        Phase.Kind.USERSPACE,
        line,
        line,
        line + occurrences,
        micros,
        occurrences,
        lines,
        names,
        Finding.Told.THEN,
        null,
        0);
  }

  private static Run.Diagnosed diagnosed(int n, Finding finding, String... causedBy) {
    return new Run.Diagnosed(
        "f" + n,
        finding,
        List.of(causedBy),
        causedBy.length == 0 ? "" : "both are about one device",
        false,
        "");
  }

  /** A session of one command, which was asked twice. */
  private static Session session(String command, String answer) {
    Exchange exchange =
        new Exchange(
            command,
            "root@debvm:~#",
            0,
            2,
            2,
            4,
            List.of(new Exchange.Said(1, 3, answer, false), new Exchange.Said(2, 4, answer, true)),
            2,
            1_500_000,
            10_000_000,
            7_500_000,
            2,
            1,
            3);
    return new Session(
        1,
        Session.Place.SHELL,
        "root",
        "debvm",
        true,
        0,
        2,
        2,
        4,
        List.of(exchange),
        List.of(new Session.Escalation(command, 2, false)),
        -1,
        List.of(command));
  }
}
