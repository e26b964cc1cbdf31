package dev.loganalyze.pattern;

import dev.loganalyze.resource.Packed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many expressions as one nondeterministic automaton over bytes, built as Thompson (1968) does. The
 * instructions of an expression stand together and lead nowhere else, so that it can be taken out
 * of one automaton into another. Immutable.
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

  private byte[] op;
  private int[] next;
  private int[] argument;
  private int size;
  private final List<ByteSet> sets;
  private final int[] first;
  private final int[] ownerEnd;

  /** Expression {@code number} of {@code nfa}, as a part of others. */
  record Part(Nfa nfa, int number) {
    /** Where its instructions begin. */
    private int begin() {
      return number == 0 ? 0 : nfa.ownerEnd[number - 1];
    }

    private int size() {
      return nfa.ownerEnd[number] - begin();
    }
  }

  /** An automaton for {@code regex} alone, as it is. */
  Nfa(Regex regex) {
    op = new byte[16];
    next = new int[16];
    argument = new int[16];
    sets = new ArrayList<>();
    int match = add(Op.MATCH, -1, 0);
    first = new int[] {build(regex, match)};
    ownerEnd = new int[] {size};
  }

  /** An automaton for all of {@code parts}, numbered by their place in the list. */
  Nfa(List<Part> parts) {
    size = parts.stream().mapToInt(Part::size).sum();
    op = new byte[size];
    next = new int[size];
    argument = new int[size];
    first = new int[parts.size()];
    ownerEnd = new int[parts.size()];
    Map<ByteSet, Integer> numbers = new LinkedHashMap<>();
    IdentityHashMap<Nfa, int[]> renumbered = new IdentityHashMap<>();
    int at = 0;
    for (int i = 0; i < first.length; i++) {
      Part part = parts.get(i);
      int[] known = renumbered.computeIfAbsent(part.nfa, nfa -> new int[nfa.sets.size()]);
      first[i] = part.nfa.first[part.number] + at - part.begin();
      copy(part, i, at, known, numbers);
      at += part.size();
      ownerEnd[i] = at;
    }
    sets = List.copyOf(numbers.keySet());
  }

  /** What {@link #pack} has written. */
  Nfa(Packed.Reader in) {
    op = in.bytes();
    next = in.integers();
    argument = in.integers();
    sets = in.list(set -> new ByteSet(set.number(), set.number(), set.number(), set.number()));
    first = in.integers();
    ownerEnd = in.integers();
    size = op.length;
  }

  /** Writes it down. */
  void pack(Packed.Writer out) {
    out.bytes(op);
    out.integers(next);
    out.integers(argument);
    out.list(
        sets,
        (to, set) -> {
          to.number(set.a());
          to.number(set.b());
          to.number(set.c());
          to.number(set.d());
        });
    out.integers(first);
    out.integers(ownerEnd);
  }

  /**
   * Copies the instructions of {@code part} to {@code to} and on, as those of expression {@code
   * number}.
   *
   * @param known one more than the number here of each of the part's sets, or 0
   * @param numbers the numbers of the sets here
   */
  private void copy(Part part, int number, int to, int[] known, Map<ByteSet, Integer> numbers) {
    Nfa from = part.nfa;
    int begin = part.begin();
    int by = to - begin;
    System.arraycopy(from.op, begin, op, to, part.size());
    for (int i = begin; i < begin + part.size(); i++) {
      int with = from.argument[i];
      switch (OPS[from.op[i]]) {
        case BYTE -> {
          if (known[with] == 0) {
            known[with] = 1 + numbers.computeIfAbsent(from.sets.get(with), s -> numbers.size());
          }
          with = known[with] - 1;
        }
        case PLACE -> {}
        case SPLIT -> with += by;
        case MATCH -> with = number;
      }
      next[i + by] = from.next[i] + by;
      argument[i + by] = with;
    }
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
