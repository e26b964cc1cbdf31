package dev.loganalyze.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Several journals of one machine as one: entries in order, those that are in more than one file
 * once.
 *
 * <p>Of two entries with one sequence number id the lower sequence number comes first; else, of one
 * boot, the lower monotonic time; else the lower realtime; else the lower hash of the fields
 * (systemd {@code src/libsystemd/sd-journal/sd-journal.c}, {@code compare_locations}). Entries of
 * two files that are equal in all that is one entry. Within a file the order stays as it is.
 */
public final class JournalMerge implements JournalReader {
  private record Head(JournalEntry entry, int reader) {}

  private final List<JournalReader> readers;
  private final PriorityQueue<Head> heads = new PriorityQueue<>(JournalMerge::compare);

  /** Merges what {@code readers} still have to give. */
  public JournalMerge(List<JournalReader> readers) {
    this.readers = List.copyOf(readers);
    for (int i = 0; i < readers.size(); i++) {
      advance(i);
    }
  }

  private void advance(int reader) {
    JournalEntry entry = readers.get(reader).next();
    if (entry != null) {
      heads.add(new Head(entry, reader));
    }
  }

  @Override
  public JournalEntry next() {
    Head head = heads.poll();
    if (head == null) {
      return null;
    }
    if (heads.isEmpty()) {
      advance(head.reader());
      return head.entry();
    }
    // First all that hold this entry go on, then they are compared again.
    List<Integer> done = new ArrayList<>(List.of(head.reader()));
    while (!heads.isEmpty() && same(heads.peek().entry(), head.entry())) {
      done.add(heads.remove().reader());
    }
    done.forEach(this::advance);
    return head.entry();
  }

  private static int compare(Head a, Head b) {
    int order = compare(a.entry(), b.entry());
    return order != 0 ? order : Integer.compare(a.reader(), b.reader());
  }

  /** Which entry comes first; 0 when neither. */
  static int compare(JournalEntry a, JournalEntry b) {
    int order = 0;
    if (!a.seqnumId().isNull() && a.seqnumId().equals(b.seqnumId())) {
      order = Long.compare(a.seqnum(), b.seqnum());
    }
    if (order == 0 && !a.bootId().isNull() && a.bootId().equals(b.bootId())) {
      order = Long.compare(a.monotonic(), b.monotonic());
    }
    if (order == 0) {
      order = Long.compare(a.realtime(), b.realtime());
    }
    return order != 0 ? order : Long.compareUnsigned(a.xorHash(), b.xorHash());
  }

  /** Without the stored hash, which text need not tell, the fields are compared themselves. */
  private static boolean same(JournalEntry a, JournalEntry b) {
    return compare(a, b) == 0 && (a.xorHash() != 0 || a.fields().equals(b.fields()));
  }

  /** The damage of all readers, in their order. */
  @Override
  public List<Damage> damage() {
    List<Damage> all = new ArrayList<>();
    readers.forEach(reader -> all.addAll(reader.damage()));
    return List.copyOf(all);
  }
}
