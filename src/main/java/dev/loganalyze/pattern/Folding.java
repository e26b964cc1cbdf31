package dev.loganalyze.pattern;

import java.util.BitSet;

/**
 * Which characters RE2/J cannot fold. It follows a character from case to case until it is back, by
 * tables that are older than those of Java; from a character like U+1C80, whose capital has another
 * small letter, it never comes back, and compiling {@code (?i)} with it never ends.
 */
final class Folding {
  /** Before it RE2/J comes back from all, from some by a table of those with three cases. */
  private static final int FIRST = 0x1000;

  /** Beyond it RE2/J folds nothing (its {@code Unicode.MAX_FOLD}). */
  static final int LAST = 0x1e943;

  /** Made when somebody's own expression folds what is not ASCII, and not before. */
  private static final class Lost {
    static final BitSet CHARACTERS = lost();
  }

  private Folding() {}

  /** The first character from {@code from} to {@code to} that cannot be folded, or -1. */
  static int lost(int from, int to) {
    if (to < FIRST) {
      return -1;
    }
    int first = Lost.CHARACTERS.nextSetBit(from);
    return first <= to ? first : -1;
  }

  private static BitSet lost() {
    BitSet lost = new BitSet();
    for (int c = FIRST; c <= LAST; c++) {
      int folded = folded(c);
      for (int step = 0; step < 4 && folded != c; step++) {
        folded = folded(folded);
      }
      lost.set(c, folded != c);
    }
    return lost;
  }

  /** As {@code Unicode.simpleFold} of RE2/J, but for its table of the few that have three cases. */
  private static int folded(int c) {
    int lower = Character.toLowerCase(c);
    return lower != c ? lower : Character.toUpperCase(c);
  }
}
