package dev.loganalyze.pattern;

import dev.loganalyze.resource.Packed;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The byte values in classes that no instruction of an automaton tells apart, so that its table has
 * a column for each class and not for each byte. Immutable.
 */
final class ByteClasses {
  private final byte[] of;

  /** One value of each class. */
  private final int[] sample;

  private ByteClasses(Set<ByteSet> sets) {
    of = new byte[256];
    // Two values are in one class when the same sets have them: split by one set after the other.
    int[] group = new int[256];
    int groups = 1;
    for (ByteSet set : sets) {
      Map<Integer, Integer> inside = new HashMap<>();
      int[] sizes = new int[groups];
      int[] members = new int[groups];
      for (int b = 0; b < 256; b++) {
        sizes[group[b]]++;
        members[group[b]] += set.has(b) ? 1 : 0;
      }
      for (int b = 0; b < 256; b++) {
        if (set.has(b) && members[group[b]] < sizes[group[b]]) {
          Integer split = inside.get(group[b]);
          if (split == null) {
            split = groups++;
            inside.put(group[b], split);
          }
          group[b] = split;
        }
      }
    }
    sample = new int[groups];
    for (int b = 255; b >= 0; b--) {
      of[b] = (byte) group[b];
      sample[group[b]] = b;
    }
  }

  /** What {@link #pack} has written. */
  ByteClasses(Packed.Reader in) {
    of = in.bytes();
    sample = in.integers();
  }

  /** Writes them down. */
  void pack(Packed.Writer out) {
    out.bytes(of);
    out.integers(sample);
  }

  static ByteClasses of(Nfa nfa) {
    // In order, for the build writes classes down, and a HashSet may ask where objects lie.
    return new ByteClasses(new LinkedHashSet<>(nfa.sets()));
  }

  /** Number of classes, 1 to 256. */
  int count() {
    return sample.length;
  }

  /** The class of each byte value; to be read as {@code of()[value & 0xff] & 0xff}. */
  byte[] of() {
    return of;
  }

  /** One of the values of class {@code number}. */
  int sample(int number) {
    return sample[number];
  }
}
