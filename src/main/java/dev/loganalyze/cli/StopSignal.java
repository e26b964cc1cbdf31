package dev.loganalyze.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * SIGINT or SIGTERM as a wish that work may fulfil in order: the process ends when the work says
 * so, with the status that it gives, and at the latest after ten seconds.
 */
final class StopSignal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Thread hook = new Thread(this::shutDown, "stop");
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile int status = ExitCode.UNDECIDED.status;

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Waits; whether the signal came meanwhile or before. */
  boolean comesWithin(long millis) {
    try {
      return asked.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** The work ended with this exit status. */
  int ended(int newStatus) {
    status = newStatus;
    return newStatus;
  }

  private void shutDown() {
    asked.countDown();
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    PartialFile.deleteAll();
    Runtime.getRuntime().halt(status);
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook runs, and ends the process.
    }
  }
}
