package dev.loganalyze.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Finds in one pass over some bytes which of many literals are in them: the automaton of Aho and
 * Corasick (1975), its failure links worked into the table, one step a byte.
 */
public final class LiteralFilter {
  private static final int BYTES = 256;

  /** More of a literal makes the table larger and says little more. */
  private static final int MAX_LITERAL = 16;

  private int[] next = new int[BYTES];
  private final List<int[]> found = new ArrayList<>();

  /**
   * A filter over {@code literals}; the number of one is its list's; empty ones are never found.
   */
  public LiteralFilter(List<List<String>> literals) {
    found.add(new int[0]);
    for (int i = 0; i < literals.size(); i++) {
      for (String literal : literals.get(i)) {
        add(literal, i);
      }
    }
    link();
  }

  private void add(String literal, int number) {
    byte[] bytes = literal.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      return;
    }
    int state = 0;
    for (int i = 0; i < Math.min(bytes.length, MAX_LITERAL); i++) {
      int at = state * BYTES + (bytes[i] & 0xff);
      if (next[at] == 0) {
        int fresh = found.size();
        if ((fresh + 1) * BYTES > next.length) {
          next = Arrays.copyOf(next, 2 * next.length);
        }
        next[at] = fresh;
        found.add(new int[0]);
      }
      state = next[at];
    }
    found.set(state, with(found.get(state), number));
  }

  private void link() {
    int[] failure = new int[found.size()];
    Deque<Integer> queue = new ArrayDeque<>();
    queue.add(0);
    while (!queue.isEmpty()) {
      int state = queue.remove();
      for (int b = 0; b < BYTES; b++) {
        int at = state * BYTES + b;
        int fallback = state == 0 ? 0 : next[failure[state] * BYTES + b];
        int child = next[at];
        if (child == 0) {
          next[at] = fallback;
        } else {
          failure[child] = fallback;
          for (int number : found.get(fallback)) {
            found.set(child, with(found.get(child), number));
          }
          queue.add(child);
        }
      }
    }
  }

  private static int[] with(int[] numbers, int number) {
    int[] more = Arrays.copyOf(numbers, numbers.length + 1);
    more[numbers.length] = number;
    return more;
  }

  /** Sets in {@code hits} the numbers of the literals that are in {@code buffer[from, to)}. */
  public void scan(byte[] buffer, int from, int to, BitSet hits) {
    int state = 0;
    for (int i = from; i < to; i++) {
      state = next[state * BYTES + (buffer[i] & 0xff)];
      int[] here = found.get(state);
      for (int number : here) {
        hits.set(number);
      }
    }
  }
}
