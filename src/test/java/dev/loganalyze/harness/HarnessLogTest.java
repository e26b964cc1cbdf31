package dev.loganalyze.harness;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.harness.Await.Outcome;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.transcript.Chunks;
import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HarnessLogTest {
  private static final String PRE_NIXOS =
      """
      [2025-12-23T00:44:12.000000+00:00] Boot image artifact metadata
      [2025-12-23T00:44:12.000000+00:00]   ISO: /nix/store/x.iso
      [2025-12-23T00:44:12.000000+00:00]   QEMU version: QEMU emulator version 8.2.2
      [2025-12-23T00:44:13.000000+00:00] Awaiting patterns: login: , \\[nixos@[^]]+\\]\\$ ? (timeout=300s)
      [2025-12-23T00:44:14.500000+00:00] Serial output: <<< NixOS Stage 1 >>>
      [2025-12-23T00:45:14.000000+00:00] Matched pattern: 'login: '
      [2025-12-23T00:45:15.000000+00:00] id -u after sudo -i returned: '20'
      [2025-12-23T00:45:16.000000+00:00] Awaiting patterns: # ? (timeout=60s)
      """;

  private static HarnessLog read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertTrue(HarnessLog.matches(bytes));
    return HarnessLog.of(bytes, LineParser.parse(Transcript.harness(bytes)));
  }

  @Test
  void tellsWhatWasAwaitedAndHowItEnded() {
    List<Await> awaits = read(PRE_NIXOS).awaits();
    assertEquals(List.of("login: ", "\\[nixos@[^]]+\\]\\$ ?"), awaits.get(0).patterns());
    assertEquals(300, awaits.get(0).limitSeconds());
    assertEquals(Outcome.MATCHED, awaits.get(0).outcome());
    assertEquals(61_000_000, awaits.get(0).tookMicros());
    assertEquals(Outcome.OPEN, awaits.get(1).outcome());
  }

  @Test
  void tellsRepliesValuesAndWhatTheConsoleSaidWhen() {
    HarnessLog log = read(PRE_NIXOS);
    assertEquals("/nix/store/x.iso", log.values().get("image"));
    assertEquals("QEMU emulator version 8.2.2", log.values().get("qemuVersion"));
    Reply reply = log.replies().get(0);
    assertEquals(
        List.of("id -u", "sudo -i", "20"),
        List.of(reply.command(), reply.after(), reply.returned()));
    Transcript console = log.consoles().get("");
    assertEquals("<<< NixOS Stage 1 >>>\n", new String(console.text(), StandardCharsets.UTF_8));
    assertEquals(5, console.line(1));
    assertEquals(1_766_450_654_500_000L, console.arrival()[0]);
  }

  @Test
  void pexpectSaysWhatItSearchedAndWhatItSaw() {
    Await await =
        read("""
            E           pexpect.exceptions.TIMEOUT: Timeout exceeded.
            E           before (last 100 chars): 'a\\r\\n\\x1b[0m it\\'s \\\\ \\u00e9'
            E           searcher: searcher_re:
            E               0: re.compile('root@.*# ')
            E               1: re.compile('\\\\$ ', re.MULTILINE)
            """)
            .awaits()
            .get(0);
    assertEquals(Outcome.TIMED_OUT, await.outcome());
    assertEquals("a\r\n\u001b[0m it's \\ \u00e9", await.seen());
    assertEquals(List.of("root@.*# ", "\\$ "), await.patterns());
  }

  @Test
  void theNixosDriverHasAConsoleForEachMachineAndWaitsThatNest() {
    HarnessLog log =
        read(
            """
            vm-test-run-ssh> start all VLans
            vm-test-run-ssh> server: starting vm
            vm-test-run-ssh> server # [    0.000000] Linux version 6.6.1
            vm-test-run-ssh> server: waiting for unit sshd.service
            vm-test-run-ssh> client # [    0.100000] x
            vm-test-run-ssh> server: waiting for the VM to finish booting
            vm-test-run-ssh> (finished: waiting for the VM to finish booting, in 12.50 seconds)
            vm-test-run-ssh> server # <<< NixOS Stage 2 >>>
            """);
    assertEquals(Set.of("server", "client"), log.consoles().keySet());
    assertEquals(
        "[    0.000000] Linux version 6.6.1\n<<< NixOS Stage 2 >>>\n",
        new String(log.consoles().get("server").text(), StandardCharsets.UTF_8));
    assertEquals(8, log.consoles().get("server").line(2));
    assertEquals(
        List.of(Outcome.OPEN, Outcome.MATCHED), log.awaits().stream().map(Await::outcome).toList());
    assertEquals("server: waiting for unit sshd.service", log.awaits().get(0).what());
  }

  @Test
  void theKernelOfAMachineSpeaksBehindItsName() {
    HarnessLog log =
        read(
            """
            start all VLans
            web-1: starting vm
            web-1 # [    0.000000] Linux version 6.6.1
            web-1 #
            web-1 # [    1.100000] Run /init as init process
            """);
    assertEquals(
        "[    0.000000] Linux version 6.6.1\n\n[    1.100000] Run /init as init process\n",
        new String(log.consoles().get("web-1").text(), StandardCharsets.UTF_8));
  }

  @Test
  void aConsoleLogIsNoHarnessLog() {
    assertFalse(
        HarnessLog.matches(
            "[    0.000000] Linux version 6.6.1\nmachine login: \n"
                .getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void namesWhatKeepsAPatternFromMatching() {
    Shown colour = shown("n login: \r\n\u001b[1;32m[n@n:~]$\u001b[0m ", "n@.*\\$ ");
    assertEquals(Shown.Why.ESCAPES, colour.why());
    assertEquals("ESC[1;32m ESC[0m", colour.broken());
    assertEquals(2, colour.line());
    Shown splice = shown("Please enter pas[    2.948528] scsi host0\nsphrase: ", "passphrase: ");
    assertEquals(Shown.Why.SPLICED, splice.why());
    assertEquals("[    2.948528] scsi host0", splice.broken());
    assertEquals(Shown.Why.SHOWN, shown("n login: ", "login: ").why());
    assertEquals(Shown.Why.NOT_SHOWN, shown("n login: ", "# ").why());
    assertEquals(Shown.Why.UNKNOWN, shown("n login: ", "(?=x)").why());
  }

  private static Shown shown(String console, String pattern) {
    return Shown.of(List.of(pattern), console.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void givesTheBytesOfTheConsoleTheTimesOfThePieces() {
    byte[] raw =
        "\u001b[0mWelcome to \u001b[1mNixOS\u001b[0m!\nlogin: ".getBytes(StandardCharsets.UTF_8);
    List<Piece> pieces = List.of(piece("Welcome to", 5), piece("NixOS", 6), piece("login: ", 9));
    Chunks chunks = Arrivals.of(raw, pieces);
    assertEquals(5, chunks.at(8));
    assertEquals(6, chunks.at(24));
    assertEquals(9, chunks.at(raw.length - 1));
    byte[] other = "another log".getBytes(StandardCharsets.UTF_8);
    assertTrue(Arrivals.of(other, pieces).isEmpty());
  }

  @Test
  void nobodySaysWhenTheBytesBehindTheLastPieceCame() {
    String gap = "left out by the harness ".repeat(10);
    byte[] raw = ("first\n" + gap + "second\nthird\n" + "end").getBytes(StandardCharsets.UTF_8);
    Chunks chunks =
        Arrivals.of(raw, List.of(piece("first", 1), piece("second", 5), piece("third", 6)));
    assertEquals(1, chunks.at(2));
    assertEquals(Chunks.UNKNOWN, chunks.at(100));
    assertEquals(5, chunks.at(6 + gap.length()));
    assertEquals(Chunks.UNKNOWN, chunks.at(raw.length - 1));
  }

  private static Piece piece(String text, long at) {
    return new Piece(text.getBytes(StandardCharsets.UTF_8), at, at);
  }

  @Test
  void whatIsReadAtOnceMayHaveWaitedAndWhatIsTypedMayNot() {
    List<Piece> pieces =
        read("""
            [2025-12-23T00:44:31.000000+00:00] Awaiting patterns: login: (timeout=300.0s)
            [2025-12-23T00:44:31.600000+00:00] Serial output: <<< NixOS Stage 1 >>>
            [2025-12-23T00:44:44.600000+00:00] Serial output: loading module loop...
            [2025-12-23T00:44:44.601000+00:00] Serial output: running udev...
            [2025-12-23T00:44:50.000000+00:00] Running command: id -u
            [2025-12-23T00:44:50.200000+00:00] Serial output: 0
            """)
            .pieces();
    assertEquals(
        List.of(0L, 13_000L, 13_001L, 0L, 200L),
        pieces.stream().map(p -> (p.read() - p.since()) / 1000).toList());
  }

  @Test
  void everyExpressionOfEveryFormatIsOne() {
    for (HarnessFormat format : HarnessFormat.all()) {
      List<Expression> all = new ArrayList<>(format.lines().values());
      all.addAll(format.values().values());
      all.add(format.tells());
      all.add(format.prefix());
      for (Expression expression : all) {
        if (expression != null) {
          assertDoesNotThrow(expression::names, expression::toString);
          assertDoesNotThrow(() -> expression.occursIn(""), expression::toString);
        }
      }
    }
  }
}
