package dev.loganalyze.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many expressions as one nondeterministic automaton over bytes, built as Thompson (1968) does.
 * Immutable.
 *
 * <p>An instruction either takes one byte of a set, or holds at a place, or goes on at one of two
 * others, or says which expression matched.
 */
final class Nfa {
  /** What an instruction does. */
  enum Op {
    /** Takes a byte of {@code sets(argument)} and goes to {@code next}. */
    BYTE,
    /**
     * Goes to {@code next} if the {@link Regex.Place} with the ordinal {@code argument} is here.
     */
    PLACE,
    /** Goes to both {@code next} and {@code argument}. */
    SPLIT,
    /** The expression with number {@code argument} matched. */
    MATCH
  }

  private static final Op[] OPS = Op.values();

  private byte[] op = new byte[256];
  private int[] next = new int[256];
  private int[] argument = new int[256];
  private int size;
  private final List<ByteSet> sets = new ArrayList<>();
  private final int[] first;
  private final int[] ownerEnd;

  /** An automaton for {@code expressions}, numbered by their place in the list. */
  Nfa(List<Regex> expressions) {
    first = new int[expressions.size()];
    ownerEnd = new int[expressions.size()];
    for (int i = 0; i < first.length; i++) {
      int match = add(Op.MATCH, -1, i);
      first[i] = build(Regex.withoutTail(expressions.get(i)), match);
      ownerEnd[i] = size;
    }
    op = Arrays.copyOf(op, size);
    next = Arrays.copyOf(next, size);
    argument = Arrays.copyOf(argument, size);
  }

  /** Number of instructions. */
  int size() {
    return size;
  }

  /** Number of expressions. */
  int expressions() {
    return first.length;
  }

  /** Where expression {@code number} begins. */
  int first(int number) {
    return first[number];
  }

  /** The expression that instruction {@code i} is of. */
  int owner(int i) {
    int found = Arrays.binarySearch(ownerEnd, i);
    return found < 0 ? -found - 1 : found + 1;
  }

  Op op(int i) {
    return OPS[op[i]];
  }

  int next(int i) {
    return next[i];
  }

  int argument(int i) {
    return argument[i];
  }

  /** The bytes that {@link Op#BYTE} instruction {@code i} takes. */
  ByteSet bytes(int i) {
    return sets.get(argument[i]);
  }

  /** All sets of bytes that instructions take; some may be equal. */
  List<ByteSet> sets() {
    return sets;
  }

  private int add(Op what, int to, int with) {
    if (size == op.length) {
      op = Arrays.copyOf(op, 2 * size);
      next = Arrays.copyOf(next, 2 * size);
      argument = Arrays.copyOf(argument, 2 * size);
    }
    op[size] = (byte) what.ordinal();
    next[size] = to;
    argument[size] = with;
    return size++;
  }

  /** Instructions for {@code regex} that go to {@code after}; the first of them. */
  private int build(Regex regex, int after) {
    if (regex instanceof Regex.Bytes bytes) {
      sets.add(bytes.set());
      return add(Op.BYTE, after, sets.size() - 1);
    }
    if (regex instanceof Regex.Place place) {
      return add(Op.PLACE, after, place.ordinal());
    }
    if (regex instanceof Regex.Sequence sequence) {
      int to = after;
      for (int i = sequence.parts().size() - 1; i >= 0; i--) {
        to = build(sequence.parts().get(i), to);
      }
      return to;
    }
    if (regex instanceof Regex.Choice choice) {
      List<Regex> alternatives = choice.alternatives();
      int last = alternatives.size() - 1;
      int to = build(alternatives.get(last), after);
      for (int i = last - 1; i >= 0; i--) {
        to = add(Op.SPLIT, build(alternatives.get(i), after), to);
      }
      return to;
    }
    return repeat((Regex.Repeat) regex, after);
  }

  private int repeat(Regex.Repeat repeat, int after) {
    int min = Math.min(repeat.min(), Regex.COUNTED);
    boolean loops = repeat.max() < 0 || repeat.max() > Regex.COUNTED;
    int to = after;
    if (loops) {
      to = add(Op.SPLIT, -1, after);
      // Not in one statement: the array may be another one after building.
      int body = build(repeat.of(), to);
      next[to] = body;
    } else {
      for (int i = min; i < repeat.max(); i++) {
        to = add(Op.SPLIT, build(repeat.of(), to), after);
      }
    }
    for (int i = 0; i < min; i++) {
      to = build(repeat.of(), to);
    }
    return to;
  }
}
