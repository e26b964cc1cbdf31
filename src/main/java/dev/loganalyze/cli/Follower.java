package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Source;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A log that grows, analysed again and again: whole each time, so that all is as it will be in the
 * end. It is done when the log pauses, as before a prompt, and every second while it does not; but
 * after each time, four times as long as it took must pass. So the work is at most a fifth of the
 * time that passes, however long the log and however it drips, and a log that comes all at once is
 * analysed a few times.
 */
final class Follower {
  private static final int REST = 4;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final Analyzer analyzer;
  private final long most;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private Run run;
  private int analysed;
  private final LongSupplier nanos;
  private long last;
  private long cost;

  /**
   * A log without a byte.
   *
   * @param most bytes that it may have
   * @param nanos the clock, as {@link System#nanoTime}
   */
  Follower(String name, Analyzer analyzer, long most, LongSupplier nanos) {
    this.name = name;
    this.analyzer = analyzer;
    this.most = most;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /** Takes what came. */
  void take(byte[] bytes) {
    if (text.size() + (long) bytes.length > most) {
      throw new CommandException(
          name
              + ": it grew beyond "
              + (most >> 20)
              + " MiB, the most that is followed; give Java more memory with"
              + " LOGANALYZE_JAVA_OPTS=-Xmx4g");
    }
    text.writeBytes(bytes);
  }

  /** Forgets what came. */
  void forget() {
    text.reset();
    analysed = 0;
    run = null;
  }

  /** Whether it is time to analyse what came, in a pause or not. */
  boolean isDue(boolean quiet) {
    long passed = nanos.getAsLong() - last;
    return !isAnalysed() && passed >= REST * cost && (quiet || passed >= PATIENCE);
  }

  /** Whether {@link #run} tells of all that came. */
  boolean isAnalysed() {
    return analysed == text.size();
  }

  /** What is known; null before the first analysis. */
  Run run() {
    return run;
  }

  /**
   * Analyses what came.
   *
   * @param whole whether the last line may be taken as it is; else it is left out until it ends
   * @return what is known now
   * @throws CommandException when it is no text and no journal that can be read
   */
  Run analyse(boolean whole) {
    long start = nanos.getAsLong();
    byte[] all = text.toByteArray();
    int end = all.length;
    while (!whole && end > 0 && all[end - 1] != '\n') {
      end--;
    }
    byte[] log = end == all.length ? all : Arrays.copyOf(all, end);
    try {
      run = analyzer.analyze(new Source(name, Source.Compression.NONE, end, "", log, ""));
    } catch (InputException e) {
      throw new CommandException(e.getMessage());
    }
    analysed = end;
    last = nanos.getAsLong();
    cost = last - start;
    return run;
  }
}
