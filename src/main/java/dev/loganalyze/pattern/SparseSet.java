package dev.loganalyze.pattern;

/**
 * A set of numbers below a limit that is cleared in one step and keeps the order in which they came
 * (Briggs and Torczon, 1993).
 */
final class SparseSet {
  private final int[] dense;
  private final int[] sparse;
  private int size;

  SparseSet(int limit) {
    dense = new int[limit];
    sparse = new int[limit];
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return dense[index];
  }

  /** Adds {@code number}; whether it was new. */
  boolean add(int number) {
    int at = sparse[number];
    if (at < size && dense[at] == number) {
      return false;
    }
    sparse[number] = size;
    dense[size++] = number;
    return true;
  }
}
