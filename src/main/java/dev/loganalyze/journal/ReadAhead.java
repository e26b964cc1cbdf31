package dev.loganalyze.journal;

import dev.loganalyze.threads.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Entries that another thread reads while those before them are used; of a journal that is not held
 * in memory, since its fields may be views on large buffers.
 */
@SuppressWarnings("ReferenceEquality") // Of two fields of one buffer, that counts once.
public final class ReadAhead implements JournalReader {
  /** So many bytes are read ahead, and the rest of one entry. */
  private static final int BATCH = 1 << 21;

  /** What an entry and a field of it cost besides the buffer. */
  private static final int OVERHEAD = 64;

  private final JournalReader journal;
  private final int jobs;
  private Iterator<JournalEntry> batch = Collections.emptyIterator();
  private Supplier<List<JournalEntry>> coming;

  /** That of the field that was read last. */
  private byte[] buffer = {};

  /**
   * The entries of {@code journal}, which nobody else reads.
   *
   * @param jobs how many threads work at most; with 1, the caller reads
   */
  public ReadAhead(JournalReader journal, int jobs) {
    this.journal = journal;
    this.jobs = jobs;
    coming = begun();
  }

  private Supplier<List<JournalEntry>> begun() {
    return Work.begun("entries", jobs, this::read);
  }

  /** None when there are no more. */
  private List<JournalEntry> read() {
    List<JournalEntry> read = new ArrayList<>();
    long bytes = 0;
    while (bytes < BATCH) {
      JournalEntry entry = journal.next();
      if (entry == null) {
        break;
      }
      bytes += OVERHEAD;
      for (Field field : entry.fields()) {
        bytes += OVERHEAD + (field.buffer() == buffer ? 0 : field.buffer().length);
        buffer = field.buffer();
      }
      read.add(entry);
    }
    return read;
  }

  @Override
  public JournalEntry next() {
    if (!batch.hasNext()) {
      List<JournalEntry> read = coming.get();
      if (read.isEmpty()) {
        return null;
      }
      batch = read.iterator();
      coming = begun();
    }
    return batch.next();
  }

  /** That of the journal; told behind its last entry. */
  @Override
  public List<Damage> damage() {
    return journal.damage();
  }
}
