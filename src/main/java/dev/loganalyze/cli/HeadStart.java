package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import java.nio.charset.StandardCharsets;

/**
 * Practises on a log of a few lines, in a thread of its own, while the command line is being read
 * and the log opened: what every analysis needs is loaded by then, and the first lines of code that
 * it runs are linked. Where there is but one processor, little of it is done twice.
 */
final class HeadStart {
  private static final String LOG =
      """
      [    0.000000] Linux version 6.1.0 (gcc) #1 SMP
      [    0.000000] Command line: root=/dev/sda1
      [    1.000000] systemd[1]: systemd 252 running in system mode
      [  OK  ] Started systemd-journald.service - Journal Service.
               Starting systemd-udevd.service - Rule-based Manager for Device Events and Files...
      [FAILED] Failed to start ssh.service - OpenBSD Secure Shell server.
      host login:
      """;

  private HeadStart() {}

  /** Begins, and comes back at once. */
  static void begin() {
    Thread thread = new Thread(HeadStart::practise, "head start");
    thread.setDaemon(true);
    // What stops it, such as a lack of memory, will stop the analysis too, which says so.
    thread.setUncaughtExceptionHandler((where, fault) -> {});
    thread.start();
  }

  private static void practise() {
    try {
      byte[] log = LOG.getBytes(StandardCharsets.UTF_8);
      Source source = new Source("", Source.Compression.NONE, log.length, "", log, "");
      new Analyzer(RuleSet.builtIn()).analyze(source);
    } catch (InputException e) {
      throw new IllegalStateException(e);
    }
  }
}
