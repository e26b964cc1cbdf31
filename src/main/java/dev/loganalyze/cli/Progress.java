package dev.loganalyze.cli;

import dev.loganalyze.report.Printable;
import java.io.PrintStream;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/**
 * Tells on a terminal's standard error what long work is at: one line, drawn after a second, and
 * gone when it is closed. Anywhere else it draws nothing.
 */
final class Progress implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 1000;
  private static final long TICK_MILLIS = 200;
  private static final long HALF_TICK_NANOS = 100_000_000;

  /** Carriage return; erase to the end of the line (ECMA-48 EL). */
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream err;
  private final int width;
  private final long start = System.nanoTime();
  private final Timer clock;
  private String step = "";
  private boolean drawn;
  private boolean closed;

  /** Begins, on what {@code tty} says that {@code err} is. */
  Progress(PrintStream err, Tty tty) {
    this.err = err;
    this.width = tty.width();
    this.clock = tty.drawsProgress() ? new Timer("progress", true) : null;
    if (clock != null) {
      TimerTask draw =
          new TimerTask() {
            @Override
            public void run() {
              draw();
            }
          };
      clock.schedule(draw, PATIENCE_MILLIS, TICK_MILLIS);
    }
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
    if (closed) {
      return;
    }
    // A timer may be some milliseconds early.
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start + HALF_TICK_NANOS);
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
      clock.cancel();
    }
    synchronized (this) {
      closed = true;
      erase();
    }
  }
}
