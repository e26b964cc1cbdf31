package dev.loganalyze.cli;

import dev.loganalyze.report.Printable;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells on a terminal's standard error what long work is at: one line, drawn after a second, and
 * gone when it is closed. Anywhere else it draws nothing.
 */
final class Progress implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 1000;
  private static final long TICK_MILLIS = 200;

  /** Carriage return; erase to the end of the line (ECMA-48 EL). */
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream err;
  private final int width;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService clock;
  private String step = "";
  private boolean drawn;

  /** Begins, on what {@code tty} says that {@code err} is. */
  Progress(PrintStream err, Tty tty) {
    this.err = err;
    this.width = tty.width();
    this.clock = tty.drawsProgress() ? Executors.newSingleThreadScheduledExecutor(daemon()) : null;
    if (clock != null) {
      clock.scheduleAtFixedRate(this::draw, PATIENCE_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static java.util.concurrent.ThreadFactory daemon() {
    return work -> {
      Thread thread = new Thread(work, "progress");
      thread.setDaemon(true);
      return thread;
    };
  }

  /** What is worked at from now on: a few words. */
  synchronized void at(String words) {
    step = Printable.text(words);
  }

  /** Prints a sentence of the program's own. */
  synchronized void say(String sentence) {
    erase();
    err.println("loganalyze: " + sentence);
  }

  private synchronized void draw() {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    String line = seconds + " s, " + step;
    err.print(ERASE + line.substring(0, Math.min(line.length(), width - 1)));
    err.flush();
    drawn = true;
  }

  private void erase() {
    if (drawn) {
      err.print(ERASE);
      err.flush();
      drawn = false;
    }
  }

  @Override
  public void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
    synchronized (this) {
      erase();
      step = "";
    }
  }
}
