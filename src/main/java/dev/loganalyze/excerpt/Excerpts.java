package dev.loganalyze.excerpt;

import dev.loganalyze.harness.HarnessLog;
import dev.loganalyze.input.Excerpter;
import dev.loganalyze.input.Source;
import dev.loganalyze.journal.ExportReader;
import dev.loganalyze.journal.JournalException;
import dev.loganalyze.journal.JournalFile;
import dev.loganalyze.journal.JournalReader;
import dev.loganalyze.journal.JournalStream;
import dev.loganalyze.journal.JsonReader;
import dev.loganalyze.journal.VerboseReader;
import dev.loganalyze.parse.LineScanner;
import dev.loganalyze.rules.RuleMatcher;
import dev.loganalyze.threads.Work;
import dev.loganalyze.transcript.Transcript;
import dev.loganalyze.transcript.Transcripts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

  /** A journal of text has so many times fewer bytes than the same with all fields. */
  private static final int FIELDS = 4;

  /** The same of a binary journal, in which there is much besides. */
  private static final int OBJECTS = 8;

  /** So many bytes of a log are kept; of a heap below 512 MiB, fewer. */
  private static final long MOST = 16 << 20;

  private final RuleMatcher matcher;
  private final int jobs;

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
  public int least() {
    return (int) Math.min(LONG, Runtime.getRuntime().maxMemory() / 64);
  }

  @Override
  public int lines() {
    return LINES;
  }

  @Override
  public int from(byte[] head) {
    if (JournalFile.matches(head)) {
      return least();
    }
    if (Transcripts.isJournalJson(head)
        || Transcripts.isJournalExport(head)
        || VerboseReader.matches(head)) {
      return FIELDS * least();
    }
    boolean lines =
        Transcripts.isConsole(head)
            && !HarnessLog.matches(head)
            && !LineScanner.of(head).countsUp();
    return lines ? least() : Integer.MAX_VALUE;
  }

  @Override
  public boolean isByPlace(byte[] head) {
    return JournalFile.matches(head);
  }

  @Override
  public Excerpted read(byte[] head, InputStream in) throws IOException {
    if (Transcripts.isJournalJson(head)) {
      return read("journal-json", new JsonReader(in, EntryChunks.FIELDS));
    }
    if (Transcripts.isJournalExport(head)) {
      return read("journal-export", new ExportReader(in, EntryChunks.FIELDS));
    }
    if (VerboseReader.matches(head)) {
      return read("journal-verbose", new VerboseReader(in, EntryChunks.FIELDS));
    }
    Chunks chunks = new Chunks(in);
    Keeper.Kept kept = kept(chunks, false);
    Transcript transcript = Transcript.excerpt(kept.text(), kept.lineOf(), kept.alike());
    return new Excerpted(kept.text(), new Taken(transcript), chunks.bytes(), chunks.fault());
  }

  private Excerpted read(String format, JournalStream journal) throws IOException {
    Transcript transcript = transcript(format, journal);
    return new Excerpted(transcript.text(), new Taken(transcript), journal.read(), journal.fault());
  }

  @Override
  public Source.Excerpt open(FileChannel file) {
    return new JournalAtRest(this, file);
  }

  /** An excerpt of {@code journal}, which is read to its end. */
  Transcript transcript(String format, JournalReader journal) throws IOException {
    Keeper.Kept kept = kept(new EntryChunks(journal, matcher.messageIds()), true);
    return Transcript.excerpt(
        format,
        kept.text(),
        kept.lineOf(),
        kept.records(),
        List.copyOf(journal.damage()),
        kept.alike());
  }

  /** From so many bytes on, a binary journal is not read whole. */
  long longJournal() {
    return (long) OBJECTS * least();
  }

  private Keeper.Kept kept(ChunkReader chunks, boolean isOfEntries) throws IOException {
    Keeper keeper =
        new Keeper((int) Math.min(MOST, Runtime.getRuntime().maxMemory() / 32), isOfEntries);
    if (jobs == 1) {
      run(chunks, keeper, Runnable::run, isOfEntries);
      return keeper.kept();
    }
    ExecutorService workers = Executors.newFixedThreadPool(jobs, Work.daemons("scan"));
    try {
      run(chunks, keeper, workers, isOfEntries);
    } finally {
      workers.shutdownNow();
    }
    return keeper.kept();
  }

  /** What was taken out of a log while it was read. */
  record Taken(Transcript transcript) implements Source.Excerpt {}

  /**
   * The transcript of {@code source}, for which an excerpt of this room stands.
   *
   * @throws JournalException when it is a binary journal of a kind that is not known
   * @throws IOException when it cannot be read
   */
  public static Transcript transcript(Source source) throws JournalException, IOException {
    return source.excerpt() instanceof Taken taken
        ? taken.transcript()
        : JournalAtRest.transcript(List.of(source));
  }

  /**
   * The transcript of the binary journals of one machine, merged; at least one stands for one that
   * is not held.
   *
   * @throws JournalException when one is of a kind that is not known
   * @throws IOException when one cannot be read
   */
  public static Transcript transcript(List<Source> journals) throws JournalException, IOException {
    return JournalAtRest.transcript(journals);
  }

  private record Scanned(Chunk chunk, Future<?> done) {}

  private void run(ChunkReader chunks, Keeper keeper, Executor workers, boolean isOfEntries)
      throws IOException {
    Deque<Scanned> waiting = new ArrayDeque<>();
    Deque<Chunk> free = new ArrayDeque<>();
    for (int i = 0; i < jobs + 3; i++) {
      free.add(new Chunk(isOfEntries));
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
      scan = chunk.entries == null ? Scan.of(matcher, head) : Scan.ofEntries(matcher);
    }
    scan.of(chunk);
    scans.add(scan);
  }

  /** Takes the chunk that waits longest; the one that was taken before is free then. */
  private static Chunk take(Deque<Scanned> waiting, Keeper keeper, Deque<Chunk> free, Chunk before)
      throws IOException {
    Scanned scanned = waiting.remove();
    try {
      Work.result(scanned.done());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    keeper.take(scanned.chunk());
    if (before != null) {
      free.add(before);
    }
    return scanned.chunk();
  }
}
