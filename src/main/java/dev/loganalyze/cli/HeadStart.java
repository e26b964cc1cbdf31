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
final class HeadStart extends Thread {
  private static final String LOG =
      """
      [    0.000000] Linux version 6.1.0 (gcc) #1 SMP
      [    0.000000] Command line: root=/dev/sda1
      [    1.000000] systemd[1]: systemd 252.39 running in system mode (+PAM)
      [  OK  ] Started systemd-journald.service - Journal Service.
               Starting systemd-udevd.service - Rule-based Manager for Device Events and Files...
      [FAILED] Failed to start ssh.service - OpenBSD Secure Shell server.
      host login: root
      """;

  private HeadStart() {
    super("head start");
  }

  /** Begins, and comes back at once. */
  static void begin() {
    // A lambda here would have its caller wait for all that the first one of a program loads.
    HeadStart thread = new HeadStart();
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    // What stops it, such as a lack of memory, will stop the analysis too, which says so.
    setUncaughtExceptionHandler((where, fault) -> {});
    try {
      byte[] log = LOG.getBytes(StandardCharsets.UTF_8);
      Source source = new Source("", Source.Compression.NONE, log.length, "", log, "");
      new Analyzer(RuleSet.builtIn()).analyze(source);
    } catch (InputException e) {
      throw new IllegalStateException(e);
    }
  }
}
