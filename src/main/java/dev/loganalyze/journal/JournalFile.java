package dev.loganalyze.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads a binary journal ({@code .journal}, {@code .journal~}), regular or compact, packed or not.
 *
 * <p>A damaged one gives what can be found in it. Time and memory are linear in its size, whatever
 * it says about itself.
 *
 * @see <a href="https://systemd.io/JOURNAL_FILE_FORMAT/">Journal file format</a>
 */
public final class JournalFile implements JournalReader {
  private final JournalObjects objects;
  private final Id128 seqnumId;
  private final int[] entries;
  private final DataFields fields;
  private final DamageLog damage = new DamageLog();
  private int next;

  /**
   * Finds the entries of {@code bytes}, a whole file, which is kept and not copied.
   *
   * @throws JournalException when it is no journal, or of a kind that is not known
   */
  public JournalFile(byte[] bytes) throws JournalException {
    JournalHeader header = JournalHeader.of(bytes);
    this.objects = new JournalObjects(bytes, header);
    this.seqnumId = header.seqnumId();
    this.entries = EntryOffsets.find(objects, header, damage);
    this.fields = new DataFields(objects, damage);
  }

  /** Whether {@code bytes} begin as a binary journal does. */
  public static boolean matches(byte[] bytes) {
    return JournalHeader.begins(bytes);
  }

  @Override
  public JournalEntry next() {
    if (next == entries.length) {
      return null;
    }
    int entry = entries[next++];
    return new JournalEntry(
        seqnumId,
        objects.seqnum(entry),
        objects.bootId(entry),
        objects.realtime(entry),
        objects.monotonic(entry),
        objects.xorHash(entry),
        fields(entry));
  }

  private List<Field> fields(int entry) {
    int count = objects.itemCount(entry);
    List<Field> list = new ArrayList<>(Math.min(count, 64));
    for (int i = 0; i < count; i++) {
      if (list.size() == Field.MAX_FIELDS) {
        damage.field("an entry has more than 65536 fields: byte ", Integer.toString(entry));
        break;
      }
      Field field = fields.at(objects.item(entry, i));
      if (field != null) {
        list.add(field);
      }
    }
    return Collections.unmodifiableList(list);
  }

  @Override
  public List<Damage> damage() {
    return damage.list();
  }
}
