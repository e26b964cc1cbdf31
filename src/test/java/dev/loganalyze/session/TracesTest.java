package dev.loganalyze.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.boot.Boots;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.rules.Sought;
import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracesTest {
  @Test
  void theFrameOfAPythonTracebackIsTheProgramsOwn() {
    says(
        """
        Traceback (most recent call last):
          File "/srv/app.py", line 9, in main
            run()
            ^^^^^
          File "/usr/lib/python3/dist-packages/yaml/loader.py", line 4, in load
          File "/usr/lib/python3.11/subprocess.py", line 571, in run
            raise CalledProcessError(retcode)
        subprocess.CalledProcessError: Command 'x' returned non-zero exit status 5.
        """,
        "python CalledProcessError|/srv/app.py:9 in main|3|yes||"
            + "CalledProcessError: Command 'x' returned non-zero exit status 5.");
  }

  @Test
  void chainedTracebacksAreOne() {
    says(
        """
        Traceback (most recent call last):
          File "/a.py", line 1, in f
        KeyError: 'x'

        The above exception was the direct cause of the following exception:

        Traceback (most recent call last):
          File "/a.py", line 2, in g
        app.Failed
        """,
        "python Failed|/a.py:2 in g|1|yes|KeyError|Failed");
  }

  @Test
  void twoTracebacksInARowAreTwo() {
    String one =
        "Traceback (most recent call last):\n  File \"/a.py\", line 1, in f\nKeyError: 'x'\n";
    String fact = "python KeyError|/a.py:1 in f|1|yes||KeyError: 'x'";
    says(one + one, fact, fact);
  }

  @Test
  void aGroupOfExceptionsIsOneTraceback() {
    says(
        """
          + Exception Group Traceback (most recent call last):
          |   File "/a.py", line 1, in f
          | ExceptionGroup: many (1 sub-exception)
          +-+---------------- 1 ----------------
            | Traceback (most recent call last):
            |   File "/a.py", line 2, in g
            | ValueError: 1
            +------------------------------------
        """,
        "python ExceptionGroup|/a.py:1 in f|1|yes||ExceptionGroup: many (1 sub-exception)");
  }

  @Test
  void aTraceThatIsCutOffIsNone() {
    says(
        "Traceback (most recent call last):\n  File \"/a.py\", line 1, in f\n[  OK  ] Started x.\n");
    says("Traceback (most recent call last):\nhello\n");
    says("panic: at the disco\nhello\n");
  }

  @Test
  void goNamesTheFirstGoroutineAlone() {
    says(
        """
        fatal error: all goroutines are asleep - deadlock!

        goroutine 1 [chan receive]:
        main.wait(...)
        	/src/main.go:7
        main.main()
        	/src/main.go:12 +0x1d

        goroutine 6 [select]:
        net/http.(*Server).Serve(0xc0000)
        	/usr/lib/go/src/net/http/server.go:3056 +0x4a
        exit status 2
        """,
        "go fatal error|main.wait (/src/main.go:7)|2|yes||all goroutines are asleep - deadlock!");
  }

  @Test
  void rustBacktracesNameTheProgramsOwnFrame() {
    says(
        """
        thread 'main' panicked at src/main.rs:4:5:
        no store
        stack backtrace:
           0: rust_begin_unwind
                     at /rustc/x/library/std/src/panicking.rs:645:5
           1: core::panicking::panic_fmt
           2: app::open
                     at ./src/main.rs:4:5
        note: run with `RUST_BACKTRACE=full`
        """,
        "rust src/main.rs:4:5|app::open|3|yes||no store");
  }

  @Test
  void nodeSaysItsVersionWhereItDied() {
    says(
        """
        /srv/index.js:3
            throw new Error('x');
            ^

        Error: x
            at Object.<anonymous> (/srv/index.js:3:7)
            at Module._compile (node:internal/modules/cjs/loader:1364:14) {
          code: 'ENOENT'
        }

        Node.js v18.19.0
        """,
        "node Error|Object.<anonymous> (/srv/index.js:3:7)|2|yes||Error: x");
  }

  @Test
  void hostileTracesTakeLinearTime() {
    StringBuilder log = new StringBuilder("Welcome to Debian GNU/Linux 12 (bookworm)!\n");
    for (int i = 0; i < 60_000; i++) {
      log.append("Nov 23 12:03:05 vm a").append(i).append('[').append(i).append("]: ");
      log.append("Traceback (most recent call last):\n");
      log.append("  File \"x\", line 1, in f\n\tat a.b(c)\n  at x (/a:1:1)\npanic: a\n");
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> assertTrue(of(log.toString()).size() < 60_000));
  }

  private static void says(String log, String... facts) {
    assertEquals(List.of(facts), of("Welcome to Debian GNU/Linux 12 (bookworm)!\n" + log));
    StringBuilder journal = new StringBuilder();
    for (String line : log.split("\n")) {
      journal.append("Nov 23 12:03:05 vm app[512]: ").append(line).append('\n');
      journal.append("Nov 23 12:03:05 vm other[9]: Traceback of others\n");
    }
    assertEquals(List.of(facts), of(journal.toString()));
  }

  /** The stack traces in {@code entries}. */
  static List<Fact> in(Entries entries) {
    Sought sought = RuleSet.builtIn().matcher().sought();
    return Traces.of(entries, sought.traces(sought.in(entries)), Boots.of(entries), new BitSet());
  }

  private static List<String> of(String log) {
    Entries entries = LineParser.parse(Transcript.console(log.getBytes(StandardCharsets.UTF_8)));
    return in(entries).stream()
        .map(
            fact ->
                fact.field("language")
                    + " "
                    + String.join(
                        "|",
                        fact.subject(),
                        fact.field("function"),
                        fact.field("frames"),
                        fact.field("died"),
                        fact.field("cause"),
                        fact.field("what")))
        .toList();
  }
}
