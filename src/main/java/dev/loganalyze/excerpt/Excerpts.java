package dev.loganalyze.excerpt;

import dev.loganalyze.harness.HarnessLog;
import dev.loganalyze.input.Excerpter;
import dev.loganalyze.parse.LineScanner;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.rules.RuleMatcher;
import dev.loganalyze.transcript.Transcripts;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Reads a log in chunks of whole lines: several threads find what is to be said of the lines of
 * each ({@link Scan}), one takes the chunks in their order ({@link Keeper}), so that the number of
 * threads changes nothing but the time.
 */
public final class Excerpts implements Excerpter {
  /** So much of the beginning tells what the lines of a log look like. */
  private static final int HEAD = 1 << 16;

  /** A log with so many bytes is not held whole; of a heap below 512 MiB, with fewer. */
  private static final long LONG = 8 << 20;

  /** Nor is one with so many lines: what is known of a line takes more memory than a short line. */
  private static final int LINES = 200_000;

  /** So many bytes of a log are kept; of a heap below 512 MiB, fewer. */
  private static final long MOST = 16 << 20;

  private final RuleMatcher matcher;
  private final int jobs;
  private PatternSet patterns;

  /**
   * Excerpts for the rules of {@code matcher}.
   *
   * @param jobs how many threads look at lines; with 1, the caller does
   */
  public Excerpts(RuleMatcher matcher, int jobs) {
    this.matcher = matcher;
    this.jobs = jobs;
  }

  @Override
  public int from() {
    return (int) Math.min(LONG, Runtime.getRuntime().maxMemory() / 64);
  }

  @Override
  public int lines() {
    return LINES;
  }

  @Override
  public boolean takes(byte[] head) {
    return Transcripts.isConsole(head)
        && !HarnessLog.matches(head)
        && !LineScanner.of(head).countsUp();
  }

  @Override
  public Excerpted read(InputStream in) throws IOException {
    Chunks chunks = new Chunks(in);
    Keeper keeper = new Keeper((int) Math.min(MOST, Runtime.getRuntime().maxMemory() / 32));
    if (jobs == 1) {
      run(chunks, keeper, Runnable::run);
    } else {
      ExecutorService workers = Executors.newFixedThreadPool(jobs, Excerpts::thread);
      try {
        run(chunks, keeper, workers);
      } finally {
        workers.shutdownNow();
      }
    }
    Keeper.Kept kept = keeper.kept();
    return new Excerpted(kept.text(), kept.excerpt(), chunks.bytes(), chunks.fault());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "scan");
    thread.setDaemon(true);
    return thread;
  }

  private record Scanned(Chunk chunk, Future<?> done) {}

  private void run(Chunks chunks, Keeper keeper, Executor workers) throws IOException {
    Deque<Scanned> waiting = new ArrayDeque<>();
    Deque<Chunk> free = new ArrayDeque<>();
    for (int i = 0; i < jobs + 3; i++) {
      free.add(new Chunk());
    }
    Queue<Scan> scans = new ConcurrentLinkedQueue<>();
    byte[] head = null;
    Chunk taken = null;
    for (Chunk chunk = free.poll(); chunks.read(chunk); chunk = free.poll()) {
      head = head == null ? Arrays.copyOf(chunk.bytes, Math.min(HEAD, chunk.length)) : head;
      byte[] begin = head;
      Chunk next = chunk;
      FutureTask<?> task = new FutureTask<>(() -> scan(scans, begin, next), null);
      workers.execute(task);
      waiting.add(new Scanned(chunk, task));
      while (free.isEmpty()) {
        taken = take(waiting, keeper, free, taken);
      }
    }
    while (!waiting.isEmpty()) {
      taken = take(waiting, keeper, free, taken);
    }
  }

  private void scan(Queue<Scan> scans, byte[] head, Chunk chunk) {
    Scan scan = scans.poll();
    if (scan == null) {
      scan = Scan.of(matcher, patterns(), head);
    }
    scan.of(chunk);
    scans.add(scan);
  }

  private synchronized PatternSet patterns() {
    if (patterns == null) {
      patterns = Scan.patterns(matcher);
    }
    return patterns;
  }

  /** Takes the chunk that waits longest; the one that was taken before is free then. */
  private static Chunk take(Deque<Scanned> waiting, Keeper keeper, Deque<Chunk> free, Chunk before)
      throws IOException {
    Scanned scanned = waiting.remove();
    try {
      scanned.done().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
    keeper.take(scanned.chunk());
    if (before != null) {
      free.add(before);
    }
    return scanned.chunk();
  }
}
