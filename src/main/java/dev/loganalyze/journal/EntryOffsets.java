package dev.loganalyze.journal;

import java.util.Arrays;

/**
 * Finds the entries of a binary journal: by the chain of entry arrays, and when that does not give
 * as many as the header counts, by looking at every object as well.
 */
final class EntryOffsets {
  private final JournalObjects objects;
  private final DamageLog damage;
  private int[] offsets = new int[1024];
  private int count;
  private String broken;
  private String brokenPlace = "";

  private EntryOffsets(JournalObjects objects, DamageLog damage) {
    this.objects = objects;
    this.damage = damage;
  }

  /**
   * The offsets of all entries that could be found, rising; no two entries share a byte, so that
   * reading all of them takes no longer than reading the file.
   */
  static int[] find(JournalObjects objects, JournalHeader header, DamageLog damage) {
    EntryOffsets found = new EntryOffsets(objects, damage);
    found.followChain(header.entryArray());
    found.sort();
    if (found.broken != null || found.count != header.entries()) {
      found.walk();
      found.sort();
    }
    found.dropOverlapping();
    found.judge(header);
    return Arrays.copyOf(found.offsets, found.count);
  }

  /** Each array lies after the one before it, so that a chain cannot loop or count bytes twice. */
  private void followChain(long head) {
    long last = 0;
    long end = 0;
    for (long array = head; array != 0; array = objects.nextArray((int) last)) {
      if (!objects.isArray(array) || array < end) {
        String why = array > 0 && array < end ? ", which goes backwards" : ", where there is none";
        broken("its chain of entries leads to byte ", Long.toUnsignedString(array) + why);
        return;
      }
      last = array;
      end = array + objects.size(array);
      int items = objects.arrayCount((int) array);
      for (int i = 0; i < items; i++) {
        long entry = objects.arrayItem((int) array, i);
        if (entry == 0) {
          return;
        }
        if (objects.isEntry(entry)) {
          add((int) entry);
        } else {
          String place = Long.toUnsignedString(entry);
          broken("its list of entries names what is no entry: byte ", place);
        }
      }
    }
  }

  private void broken(String reason, String place) {
    if (broken == null) {
      broken = reason;
      brokenPlace = place;
    }
  }

  /**
   * Goes from object to object. Where there is none, the next place is tried: objects begin at
   * multiples of 8. An entry is believed only when its first item leads to data.
   */
  private void walk() {
    long at = objects.first;
    int end = objects.bytes.length - JournalObjects.OBJECT_HEADER;
    while (at <= end) {
      int size = objects.size(at);
      if (size < 0) {
        at += 8;
        continue;
      }
      if (objects.isEntry(at)) {
        if (objects.itemCount((int) at) > 0 && objects.isData(objects.item((int) at, 0))) {
          add((int) at);
        }
      }
      at += (size + 7L) & ~7L;
    }
  }

  private void add(int offset) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
    }
    offsets[count++] = offset;
  }

  private void sort() {
    Arrays.sort(offsets, 0, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (kept == 0 || offsets[i] != offsets[kept - 1]) {
        offsets[kept++] = offsets[i];
      }
    }
    count = kept;
  }

  /** Of two entries that share bytes the first has a wrong size: a sound one holds no other. */
  private void dropOverlapping() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int end = offsets[i] + objects.size(offsets[i]);
      if (i + 1 < count && offsets[i + 1] < end) {
        broken("an entry has a wrong size: byte ", Integer.toString(offsets[i]));
        continue;
      }
      offsets[kept++] = offsets[i];
    }
    count = kept;
  }

  private void judge(JournalHeader header) {
    int length = objects.bytes.length;
    long whole = header.size() + header.arena();
    boolean cut = whole > length || whole < 0;
    // Each entry takes 64 bytes or more.
    boolean believable =
        header.entries() >= 0 && header.entries() <= Math.max(length, cut ? whole : 0) / 64;
    long lost = believable ? Math.max(0, header.entries() - count) : 0;
    if (cut) {
      damage.entries(
          lost,
          "it is cut off or its size is wrong: ",
          length + " of " + Long.toUnsignedString(whole) + " bytes are there");
    } else if (broken != null) {
      damage.entries(lost, broken, brokenPlace);
    } else if (lost > 0 || !believable) {
      damage.entries(
          lost,
          "its header counts more entries than there are: ",
          Long.toUnsignedString(header.entries()) + " instead of " + count);
    }
  }
}
