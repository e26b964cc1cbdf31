package dev.loganalyze.pattern;

import dev.loganalyze.resource.Packed;
import java.util.Arrays;
import java.util.List;

/**
 * What a {@link LazyDfa} has come to know of logs, for others to begin with. A state is made of it
 * when it is asked for, since few of a short log are. Immutable.
 */
final class Learnt {
  /** By number, the hash of each state. */
  private final int[] hashes;

  /** By number, where the threads of each state end, and all of them, as two bytes each. */
  private final int[] threadEnds;

  private final byte[] threads;

  private final int[] matchedEnds;
  private final int[] matched;

  /** So many of the states are in the table; behind them are those of {@link #begun}. */
  private final int rows;

  /** What is known in the table: a place in it and what stands there, by turns. */
  private final int[] known;

  /** By class, the number of the state that expressions come to that may begin anywhere; or -1. */
  private final int[] begun;

  /** Numbers of states in the table, where their hash and the next places lead; 0 for none. */
  private final int[] index;

  /** What {@link #pack} has written. */
  Learnt(Packed.Reader in) {
    hashes = in.integers();
    threadEnds = in.integers();
    threads = in.bytes();
    matchedEnds = in.integers();
    matched = in.integers();
    rows = in.integer();
    known = in.integers();
    begun = in.integers();
    index = in.integers();
  }

  /**
   * Writes down states and what is known of them.
   *
   * @param states those in the table by number, and others behind them; none has a thread of 2^16
   *     or more
   * @param rows how many are in the table, at least two
   * @param known as the field
   * @param begun as the field
   */
  static void pack(Packed.Writer out, List<State> states, int rows, int[] known, int[] begun) {
    out.integers(states.stream().mapToInt(State::hash).toArray());
    out.integers(ends(states.stream().map(State::threads).toList()));
    int[] threads = states.stream().flatMapToInt(s -> Arrays.stream(s.threads())).toArray();
    byte[] bytes = new byte[2 * threads.length];
    for (int i = 0; i < threads.length; i++) {
      if (threads[i] >= 1 << 16) {
        throw new IllegalArgumentException("an automaton of 65536 instructions or more");
      }
      bytes[2 * i] = (byte) threads[i];
      bytes[2 * i + 1] = (byte) (threads[i] >> 8);
    }
    out.bytes(bytes);
    out.integers(ends(states.stream().map(State::matched).toList()));
    out.integers(states.stream().flatMapToInt(s -> Arrays.stream(s.matched())).toArray());
    out.integer(rows);
    out.integers(known);
    out.integers(begun);
    int[] index = new int[4 * Integer.highestOneBit(rows)];
    // Nobody asks for the first two: see LazyDfa.restart.
    for (int number = 2; number < rows; number++) {
      int at = states.get(number).hash() & index.length - 1;
      while (index[at] != 0) {
        at = at + 1 & index.length - 1;
      }
      index[at] = number;
    }
    out.integers(index);
  }

  private static int[] ends(List<int[]> parts) {
    int[] ends = parts.stream().mapToInt(part -> part.length).toArray();
    Arrays.parallelPrefix(ends, Integer::sum);
    return ends;
  }

  /** How many states are in the table. */
  int rows() {
    return rows;
  }

  /** State {@code number}. */
  State state(int number) {
    int from = number == 0 ? 0 : threadEnds[number - 1];
    int[] of = new int[threadEnds[number] - from];
    for (int i = 0; i < of.length; i++) {
      of[i] = (threads[2 * (from + i)] & 0xff) | (threads[2 * (from + i) + 1] & 0xff) << 8;
    }
    int[] matches =
        Arrays.copyOfRange(matched, number == 0 ? 0 : matchedEnds[number - 1], matchedEnds[number]);
    return new State(of, matches, hashes[number]);
  }

  /** The number of {@code state}, or -1 when it is not in the table. */
  int number(State state) {
    int at = state.hash() & index.length - 1;
    while (index[at] != 0) {
      int number = index[at];
      if (hashes[number] == state.hash() && state(number).equals(state)) {
        return number;
      }
      at = at + 1 & index.length - 1;
    }
    return -1;
  }

  /** What the expressions that may begin anywhere come to by class {@code c}; null if not known. */
  State begun(int c) {
    return begun[c] < 0 ? null : state(begun[c]);
  }

  /** Writes what is known into {@code table}. */
  void fill(int[] table) {
    for (int i = 0; i < known.length; i += 2) {
      table[known[i]] = known[i + 1];
    }
  }
}
