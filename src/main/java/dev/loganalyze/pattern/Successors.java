package dev.loganalyze.pattern;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Computes the states of a {@link LazyDfa} from the nondeterministic automaton: all that its
 * threads come to by a byte, and those with which expressions begin. For one thread.
 */
final class Successors {
  /** So often, for each, numbers that are nearly in order change their place. */
  private static final int MOVES = 8;

  private final Nfa nfa;
  private final ByteClasses classes;

  /** The class after those of bytes. */
  private final int end;

  /** The expressions that are left out. */
  private final BitSet apart;

  /** Null when nothing is known. */
  private Learnt learnt;

  /** What the expressions that may begin anywhere come to, by class. */
  private final State[] begun;

  private final SparseSet seen;
  private final SparseSet threads;
  private final SparseSet matched;
  private final int[] stack;

  /**
   * @param apart the expressions that are left out; whoever adds one calls {@link #forget}
   * @param learnt what is known of {@code nfa}; or null
   */
  Successors(Nfa nfa, ByteClasses classes, BitSet apart, Learnt learnt) {
    this.nfa = nfa;
    this.classes = classes;
    this.apart = apart;
    this.learnt = learnt;
    end = classes.count();
    begun = new State[end + 1];
    seen = new SparseSet(nfa.size());
    threads = new SparseSet(nfa.size());
    matched = new SparseSet(nfa.expressions());
    stack = new int[2 * nfa.size() + 2];
  }

  /** Where the expressions are before the first byte. */
  State start() {
    return firsts(true);
  }

  /** Gives up what was computed with other expressions. */
  void forget() {
    learnt = null;
    Arrays.fill(begun, null);
  }

  /**
   * What the expressions that begin in the middle of a line come to by class {@code c}; null when
   * that has not been computed.
   */
  State knownBegun(int c) {
    if (begun[c] == null && learnt != null) {
      begun[c] = learnt.begun(c);
    }
    return begun[c];
  }

  /**
   * The state after {@code state} by class {@code c}.
   *
   * @param isStart whether it is {@link #start}
   */
  State after(State state, boolean isStart, int c) {
    State more = isStart ? State.NOWHERE : begun(c);
    clear();
    for (int thread : state.threads()) {
      follow(thread, c);
    }
    return State.of(
        merged(sorted(threads), more.threads()), merged(sorted(matched), more.matched()));
  }

  /** All numbers of two ascending arrays. */
  private static int[] merged(int[] few, int[] many) {
    if (few.length == 0 || many.length == 0) {
      return few.length == 0 ? many : few;
    }
    int[] all = new int[few.length + many.length];
    int size = 0;
    int m = 0;
    for (int number : few) {
      while (m < many.length && many[m] < number) {
        all[size++] = many[m++];
      }
      m += m < many.length && many[m] == number ? 1 : 0;
      all[size++] = number;
    }
    System.arraycopy(many, m, all, size, many.length - m);
    size += many.length - m;
    return size == all.length ? all : Arrays.copyOf(all, size);
  }

  /** What the expressions that begin in the middle of a line come to by class {@code c}. */
  private State begun(int c) {
    if (knownBegun(c) == null) {
      State first = firsts(false);
      clear();
      for (int thread : first.threads()) {
        follow(thread, c);
      }
      begun[c] = gathered();
    }
    return begun[c];
  }

  /** The threads with which the expressions begin. */
  private State firsts(boolean atStart) {
    clear();
    for (int i = 0; i < nfa.expressions(); i++) {
      if (!apart.get(i)) {
        reach(nfa.first(i), atStart, false);
      }
    }
    return gathered();
  }

  /** Adds what {@code thread} comes to by class {@code c}. */
  private void follow(int thread, int c) {
    boolean waits = nfa.op(thread) == Nfa.Op.BYTE;
    if (c == end) {
      if (!waits) {
        reach(nfa.next(thread), true, true);
      }
    } else if (waits && nfa.bytes(thread).has(classes.sample(c))) {
      reach(nfa.next(thread), false, false);
    }
  }

  /** Adds the threads that {@code first} comes to without a further byte. */
  private void reach(int first, boolean atStart, boolean atEnd) {
    int depth = 0;
    stack[depth++] = first;
    while (depth > 0) {
      int i = stack[--depth];
      if (!seen.add(i)) {
        continue;
      }
      switch (nfa.op(i)) {
        case BYTE -> threads.add(i);
        case MATCH -> matched.add(nfa.argument(i));
        case SPLIT -> {
          stack[depth++] = nfa.argument(i);
          stack[depth++] = nfa.next(i);
        }
        case PLACE -> {
          boolean start = nfa.argument(i) == Regex.Place.START.ordinal();
          if (start ? atStart : atEnd) {
            stack[depth++] = nfa.next(i);
          } else if (!start) {
            threads.add(i);
          }
        }
      }
    }
  }

  private void clear() {
    seen.clear();
    threads.clear();
    matched.clear();
  }

  private State gathered() {
    return State.of(sorted(threads), sorted(matched));
  }

  /** The numbers in {@code set}, ascending. */
  private static int[] sorted(SparseSet set) {
    if (set.size() == 0) {
      return State.NONE;
    }
    int[] values = new int[set.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = set.get(i);
    }
    // By insertion, for they are nearly in order, and it takes the compiler longer than a short run
    // to make the other way fast.
    int left = MOVES * values.length;
    for (int i = 1; i < values.length; i++) {
      int value = values[i];
      int at = i;
      while (at > 0 && values[at - 1] > value) {
        values[at] = values[at - 1];
        at--;
      }
      values[at] = value;
      left -= i - at;
      if (left < 0) {
        Arrays.sort(values);
        return values;
      }
    }
    return values;
  }
}
