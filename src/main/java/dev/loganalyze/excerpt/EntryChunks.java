package dev.loganalyze.excerpt;

import dev.loganalyze.journal.Field;
import dev.loganalyze.journal.JournalEntry;
import dev.loganalyze.journal.JournalFormat;
import dev.loganalyze.journal.JournalReader;
import dev.loganalyze.journal.JournalWriter;
import dev.loganalyze.parse.JournalFacts;
import dev.loganalyze.transcript.Transcripts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Cuts a journal into chunks of the lines that journalctl prints of its entries. */
final class EntryChunks implements ChunkReader {
  /** The fields that are read of an entry. */
  static final Set<String> FIELDS = fields();

  private final JournalReader journal;
  private final Set<String> messageIds;
  private final JournalWriter writer = JournalFormat.SHORT.writer(ZoneOffset.UTC, false);
  private final Lines lines = new Lines();
  private JournalEntry entry;

  /** What is known of the entry without its words; may be null. */
  private Telling telling;

  /** Up to here the lines of the entry are in a chunk. */
  private int taken;

  /**
   * Chunks of {@code journal}.
   *
   * @param messageIds of entries that some rule asks for
   */
  EntryChunks(JournalReader journal, Set<String> messageIds) {
    this.journal = journal;
    this.messageIds = messageIds;
  }

  private static Set<String> fields() {
    Set<String> fields = new TreeSet<>(JournalFacts.FIELDS);
    fields.addAll(JournalFormat.SHORT_FIELDS);
    return fields;
  }

  /** The lines of one entry. */
  private static final class Lines extends OutputStream {
    /** Of an entry with more bytes the rest is passed: each line of a message is indented. */
    private static final int MOST = Transcripts.ENTRY_BYTES;

    private byte[] bytes = new byte[1 << 12];
    private int count;

    @Override
    public void write(int b) {
      if (count < MOST) {
        reserve(1);
        bytes[count++] = (byte) b;
      }
    }

    @Override
    public void write(byte[] of, int from, int length) {
      int some = Math.min(length, MOST - count);
      reserve(some);
      System.arraycopy(of, from, bytes, count, some);
      count += some;
    }

    private void reserve(int more) {
      if (count + more > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(count + more, 2 * bytes.length));
      }
    }

    /** Where the line ends, behind its LF, that begins at {@code from}. */
    int end(int from) {
      int end = from;
      while (end < count && bytes[end] != '\n') {
        end++;
      }
      return Math.min(count, end + 1);
    }
  }

  @Override
  public boolean read(Chunk chunk) {
    chunk.clear();
    while (taken < lines.count || next()) {
      int number = -1;
      while (taken < lines.count) {
        int end = lines.end(taken);
        int size = Math.min(end - taken, Chunk.SIZE);
        if (size > Chunk.SIZE - chunk.length) {
          return true;
        }
        number = number < 0 ? chunk.entries.add(entry, telling) : number;
        chunk.entries.addLine(number, taken == 0);
        System.arraycopy(lines.bytes, taken, chunk.bytes, chunk.length, size);
        chunk.length += size;
        // Of a line that is longer than a chunk, the rest is passed.
        chunk.bytes[chunk.length - 1] = '\n';
        taken = end;
      }
    }
    return chunk.length > 0;
  }

  /** Goes to the next entry that has lines; whether there is one. */
  private boolean next() {
    JournalEntry before = entry;
    lines.count = 0;
    taken = 0;
    while (lines.count == 0) {
      entry = journal.next();
      if (entry == null) {
        return false;
      }
      try {
        writer.write(entry, lines);
      } catch (IOException e) {
        throw new UncheckedIOException("memory can be written to", e);
      }
    }
    telling = JournalFacts.beginsBoot(before, entry) ? Telling.BOOTS : null;
    if (telling == null && !messageIds.isEmpty()) {
      Field id = entry.last("MESSAGE_ID");
      telling = id != null && messageIds.contains(id.text()) ? Telling.ASKED : null;
    }
    return true;
  }
}
