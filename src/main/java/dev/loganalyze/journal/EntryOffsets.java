package dev.loganalyze.journal;

import java.util.Arrays;

/**
 * Finds the entries of a binary journal: by the chain of entry arrays, and when that does not give
 * as many as the header counts, by looking at every object as well.
 */
final class EntryOffsets {
  private final JournalObjects objects;
  private final DamageLog damage;

  /** Without their last three bits, which are zero: four bytes for each entry of up to 16 GiB. */
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
  static EntryOffsets find(JournalObjects objects, JournalHeader header, DamageLog damage) {
    EntryOffsets found = new EntryOffsets(objects, damage);
    found.followChain(header.entryArray());
    found.sort();
    if (found.broken != null || found.count != header.entries()) {
      found.walk();
      found.sort();
    }
    found.dropOverlapping();
    found.judge(header);
    return found;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** Where entry {@code i} lies. */
  long at(int i) {
    return (long) offsets[i] << 3;
  }

  /** Each array lies after the one before it, so that a chain cannot loop or count bytes twice. */
  private void followChain(long head) {
    long last = 0;
    long end = 0;
    for (long array = head; array != 0; array = objects.nextArray(last)) {
      if (!objects.isArray(array) || array < end) {
        String why = array > 0 && array < end ? ", which goes backwards" : ", where there is none";
        broken("its chain of entries leads to byte ", Long.toUnsignedString(array) + why);
        return;
      }
      last = array;
      end = array + objects.size(array);
      long items = objects.arrayCount(array);
      for (long i = 0; i < items; i++) {
        long entry = objects.arrayItem(array, i);
        if (entry == 0) {
          return;
        }
        if (objects.isEntry(entry)) {
          add(entry);
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
    long end = objects.bytes.length() - JournalObjects.OBJECT_HEADER;
    while (at <= end) {
      long size = objects.size(at);
      if (size < 0) {
        at += 8;
        continue;
      }
      if (objects.isEntry(at)) {
        if (objects.itemCount(at) > 0 && objects.isData(objects.item(at, 0))) {
          add(at);
        }
      }
      at += (size + 7L) & ~7L;
    }
  }

  private void add(long offset) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count + (count >> 1));
    }
    offsets[count++] = (int) (offset >>> 3);
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
      long end = at(i) + objects.size(at(i));
      if (i + 1 < count && at(i + 1) < end) {
        broken("an entry has a wrong size: byte ", Long.toString(at(i)));
        continue;
      }
      offsets[kept++] = offsets[i];
    }
    count = kept;
  }

  private void judge(JournalHeader header) {
    long length = objects.bytes.length();
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
