package dev.loganalyze.pattern;

import java.util.Arrays;

/**
 * Where the expressions are.
 *
 * @param threads instructions that wait for a byte or for the end, ascending; those with which an
 *     expression begins are left out, as they wait everywhere
 * @param matched numbers of the expressions that matched with the last byte, ascending
 * @param hash of both
 */
record State(int[] threads, int[] matched, int hash) {
  static final int[] NONE = {};

  /** That of nobody. */
  static final State NOWHERE = of(NONE, NONE);

  static State of(int[] threads, int[] matched) {
    return new State(threads, matched, 31 * Arrays.hashCode(threads) + Arrays.hashCode(matched));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof State state
        && hash == state.hash
        && Arrays.equals(threads, state.threads)
        && Arrays.equals(matched, state.matched);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
