package dev.loganalyze.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a binary journal ({@code .journal}, {@code .journal~}), regular or compact, packed or not.
 *
 * <p>A damaged one gives what can be found in it. Time and memory are linear in its size, whatever
 * it says about itself.
 *
 * @see <a href="https://systemd.io/JOURNAL_FILE_FORMAT/">Journal file format</a>
 */
public final class JournalFile implements JournalReader {
  /** Of a larger file the entries are not counted; journald makes none above 4 GiB. */
  private static final long MOST = 1L << 34;

  private final JournalObjects objects;
  private final Id128 seqnumId;
  private final EntryOffsets entries;
  private final DataFields fields;
  private final DamageLog damage = new DamageLog();
  private Id128 boot = Id128.NULL;
  private int next;

  /**
   * Finds the entries of {@code bytes}, a whole file, which is kept and not copied.
   *
   * @throws JournalException when it is no journal, or of a kind that is not known
   */
  public JournalFile(byte[] bytes) throws JournalException {
    this(JournalBytes.of(bytes), FieldNames.all());
  }

  /**
   * Finds the entries that {@code file} has now, of which only some pages are ever held; it is not
   * closed.
   *
   * @param asked names of the fields to be read; null for all
   * @throws JournalException when it is no journal, of a kind that is not known, or larger than 16
   *     GiB
   * @throws IOException when its size cannot be told
   */
  public JournalFile(FileChannel file, Set<String> asked) throws JournalException, IOException {
    this(JournalBytes.of(file), FieldNames.of(asked));
  }

  private JournalFile(JournalBytes bytes, FieldNames names) throws JournalException {
    JournalHeader header = JournalHeader.of(bytes);
    if (bytes.length() > MOST) {
      throw new JournalException(
          "a systemd journal larger than 16 GiB, the most that is read; export it with journalctl"
              + " --file=… -o export");
    }
    this.objects = new JournalObjects(bytes, header);
    this.seqnumId = header.seqnumId();
    this.entries = EntryOffsets.find(objects, header, damage);
    bytes.forget();
    this.fields = new DataFields(objects, names, damage);
  }

  /** Whether {@code bytes} begin as a binary journal does. */
  public static boolean matches(byte[] bytes) {
    return JournalHeader.begins(bytes);
  }

  @Override
  public JournalEntry next() {
    if (next == entries.count()) {
      // Of many files that are merged, most are read long before the last.
      fields.forget();
      objects.bytes.forget();
      return null;
    }
    long entry = entries.at(next++);
    Id128 id = objects.bootId(entry);
    boot = boot.equals(id) ? boot : id;
    return new JournalEntry(
        seqnumId,
        objects.seqnum(entry),
        boot,
        objects.realtime(entry),
        objects.monotonic(entry),
        objects.xorHash(entry),
        fields(entry));
  }

  private List<Field> fields(long entry) {
    // A file that became shorter since its entries were found has none here.
    long count = Math.max(0, objects.itemCount(entry));
    List<Field> list = new ArrayList<>((int) Math.min(count, 64));
    for (long i = 0; i < count; i++) {
      if (list.size() == Field.MAX_FIELDS) {
        damage.field("an entry has more than 65536 fields: byte ", Long.toString(entry));
        break;
      }
      fields.add(objects.item(entry, i), list);
    }
    return List.copyOf(list);
  }

  @Override
  public List<Damage> damage() {
    if (objects.bytes.fault() == null) {
      return damage.list();
    }
    List<Damage> all = new ArrayList<>(damage.list());
    all.add(0, new Damage(0, 0, objects.bytes.fault()));
    return List.copyOf(all);
  }
}
