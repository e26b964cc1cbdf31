package dev.loganalyze.pattern;

import dev.loganalyze.resource.Packed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Runs many expressions over a line as one deterministic automaton whose states are made when they
 * are first reached (as RE2's DFA, Cox 2010, does for one). A step is one look into a table; on
 * real logs a few thousand states are all that ever exist. For one thread.
 *
 * <p>Expressions that need more states than fit cannot slow the others down: the states are thrown
 * away when there are too many, and if that happens too often, the expression that has most of them
 * is set apart and told of each line from then on.
 */
final class LazyDfa {
  /** So many states are kept at a time; a row of 100 classes takes 400 bytes. */
  private static final int MAX_STATES = 10_000;

  /** So many threads are kept in all states together. */
  private static final int MAX_THREADS = 2_000_000;

  /** States are made too often when there is one for fewer bytes than this. */
  private static final int BYTES_PER_STATE = 10;

  /** An expression of which more states than these are made of so many random lines explodes. */
  private static final int MANY_STATES = 1_000;

  /** So many bytes are worth another table. */
  private static final int MANY_BYTES = 1 << 20;

  /** The number of the state in which lines begin. */
  static final int START = 1;

  private static final int TRIED_LINES = 200;
  private static final int TRIED_LENGTH = 200;

  /** What stands in the table where nothing has been computed: no state's number. */
  private static final int UNKNOWN = 0;

  private final Nfa nfa;
  private final ByteClasses classes;

  /** Columns of the table: a class each, and the end of the line. */
  private final int stride;

  private final int end;

  /**
   * The state after {@code state} on class {@code c} stands at {@code state + c}: a state's number
   * is where its row begins. It is negative where expressions matched, and 0 where none is known.
   */
  private int[] table;

  /** By number of the row; null for a learnt one that nobody has asked for. */
  private final List<State> states = new ArrayList<>();

  /** Those that are not learnt. */
  private final Map<State, Integer> numbers = new HashMap<>();

  /** What was known from the beginning; null for nothing, or when it has been thrown away. */
  private Learnt learnt;

  private final Successors successors;
  private final BitSet apart = new BitSet();

  /** Null until many lines were asked for, or since states were thrown away. */
  private Lanes lanes;

  private int threadsKept;

  /** Since states were thrown away. */
  private long bytesSeen;

  /**
   * @param learnt what one for the same automaton came to know; null when nothing is known
   */
  LazyDfa(Nfa nfa, ByteClasses classes, Learnt learnt) {
    this.nfa = nfa;
    this.classes = classes;
    end = classes.count();
    stride = end + 1;
    successors = new Successors(nfa, classes, apart, learnt);
    if (learnt == null) {
      table = new int[64 * stride];
      restart();
    } else {
      take(learnt);
    }
  }

  private void take(Learnt from) {
    learnt = from;
    // With room for some states more.
    table = new int[(from.rows() + from.rows() / 4) * stride];
    from.fill(table);
    states.addAll(Collections.nCopies(from.rows(), null));
  }

  /** Writes down what it knows. */
  void pack(Packed.Writer out) {
    List<State> all = new ArrayList<>();
    for (int number = 0; number < states.size(); number++) {
      all.add(state(number));
    }
    int[] known =
        IntStream.range(0, all.size() * stride)
            .filter(at -> table[at] != UNKNOWN)
            .flatMap(at -> IntStream.of(at, table[at]))
            .toArray();
    int[] begunAt = new int[stride];
    for (int c = 0; c < stride; c++) {
      State begun = successors.knownBegun(c);
      begunAt[c] = begun == null ? -1 : all.size();
      if (begun != null) {
        all.add(begun);
      }
    }
    Learnt.pack(out, all, states.size(), known, begunAt);
  }

  /** As {@link PatternSet#explodes}; not to be used after that. */
  boolean explodes() {
    Random random = new Random(1);
    byte[] line = new byte[TRIED_LENGTH];
    for (int i = 0; i < TRIED_LINES && numbers.size() < MANY_STATES; i++) {
      for (int at = 0; at < line.length; at++) {
        line[at] = (byte) classes.sample(random.nextInt(end));
      }
      scan(line, 0, line.length, new BitSet());
    }
    return numbers.size() >= MANY_STATES;
  }

  /** Whether no expression is set apart. */
  boolean isComplete() {
    return apart.isEmpty();
  }

  /** As {@link PatternSet.Scanner#scan}. */
  void scan(byte[] text, int from, int to, BitSet hits) {
    hits.or(apart);
    int state = stride;
    report(state, hits);
    int at = from;
    while (at < to) {
      long reached = run(table, classes.of(), text, at, to, state);
      int stopped = (int) (reached >>> 32);
      bytesSeen += stopped - at + 1;
      at = stopped;
      state = (int) reached;
      if (at < to) {
        state = step(state, classes.of()[text[at++] & 0xff] & 0xff, hits);
      }
    }
    step(state, end, hits);
  }

  /**
   * Follows the table while it is known and nothing matches: a method of its own, without calls, so
   * that the compiler keeps all of it in registers.
   *
   * @return the offset it came to in the upper half, the state in the lower
   */
  private static long run(int[] table, byte[] classes, byte[] text, int from, int to, int first) {
    int at = from;
    int state = first;
    while (at < to) {
      int next = table[state + (classes[text[at] & 0xff] & 0xff)];
      if (next <= 0) {
        break;
      }
      state = next;
      at++;
    }
    return (long) at << 32 | state;
  }

  // ---- many lines at once -----------------------------------------------------------------------

  /** As {@link PatternSet.Scanner#suspect}. */
  void suspect(byte[] text, int[] from, int[] to, int count, boolean[] suspects) {
    boolean all = !apart.isEmpty() || state(START).matched().length > 0;
    if (all) {
      Arrays.fill(suspects, 0, count, true);
      return;
    }
    if (bytesSeen >= MANY_BYTES) {
      lanes = lanes == null ? new Lanes(this) : lanes;
      lanes.suspect(text, from, to, count, suspects);
    } else {
      for (int i = 0; i < count; i++) {
        suspects[i] = isSuspect(text, from[i], to[i]);
      }
    }
    for (int i = 0; i < count; i++) {
      bytesSeen += to[i] - from[i];
    }
  }

  /**
   * Whether an expression matches in a line, or a state is not known for which there is no room.
   */
  boolean isSuspect(byte[] text, int from, int to) {
    int state = stride;
    int at = from;
    while (true) {
      long reached = run(table, classes.of(), text, at, to, state);
      at = (int) (reached >>> 32);
      int next = known((int) reached, at < to ? classes.of()[text[at] & 0xff] & 0xff : end);
      if (next <= 0 || at == to) {
        return next <= 0;
      }
      state = next;
      at++;
    }
  }

  /**
   * The number of the state that follows state {@code number} on byte {@code b}, LF standing for
   * the end of a line; 0 or less where an expression matches, or no other state has room.
   */
  int next(int number, int b) {
    return known(number * stride, b == '\n' ? end : classes.of()[b] & 0xff) / stride;
  }

  /** What stands in the table at {@code state + c}, computed if no states go for it. */
  private int known(int state, int c) {
    int next = table[state + c];
    return next == UNKNOWN && hasRoom() ? make(state, c) : next;
  }

  private int step(int state, int c, BitSet hits) {
    int next = table[state + c];
    if (next == UNKNOWN) {
      next = make(state, c);
    }
    if (next < 0) {
      report(-next, hits);
    }
    return Math.abs(next);
  }

  private void report(int state, BitSet hits) {
    for (int expression : state(state / stride).matched()) {
      hits.set(expression);
    }
  }

  // ---- making states ----------------------------------------------------------------------------

  /** What stands in the table at {@code state + c}, computed. */
  private int make(int state, int c) {
    if (!hasRoom()) {
      State here = state(state / stride);
      flush();
      return make(state == stride ? stride : number(here), c);
    }
    State next = successors.after(state(state / stride), state == stride, c);
    boolean matches = next.matched().length > 0;
    // Behind the end of a line is the beginning of the next.
    int number = c == end && !matches ? stride : number(next);
    table[state + c] = matches ? -number : number;
    return table[state + c];
  }

  private boolean hasRoom() {
    return states.size() < MAX_STATES && threadsKept <= MAX_THREADS;
  }

  private State state(int number) {
    State state = states.get(number);
    if (state == null) {
      state = learnt.state(number);
      states.set(number, state);
    }
    return state;
  }

  private int number(State state) {
    int number = learnt == null ? -1 : learnt.number(state);
    if (number >= 0) {
      return number * stride;
    }
    Integer known = numbers.get(state);
    if (known != null) {
      return known;
    }
    number = states.size() * stride;
    states.add(state);
    numbers.put(state, number);
    threadsKept += state.threads().length;
    if (number + stride > table.length) {
      table = Arrays.copyOf(table, table.length + table.length / 2);
    }
    return number;
  }

  // ---- throwing states away ---------------------------------------------------------------------

  private void flush() {
    if (bytesSeen < (long) BYTES_PER_STATE * numbers.size()) {
      apart.set(widest());
      successors.forget();
    }
    restart();
  }

  private void restart() {
    states.clear();
    numbers.clear();
    learnt = null;
    Arrays.fill(table, UNKNOWN);
    lanes = null;
    threadsKept = 0;
    bytesSeen = 0;
    // Row 0 is nobody's, for a state is negated where expressions match. The start is never looked
    // up, since its threads hold those with which expressions begin, unlike those of a state later
    // in the line.
    states.add(State.NOWHERE);
    states.add(successors.start());
  }

  /** The expression whose threads are most different in the states that are kept. */
  private int widest() {
    List<Set<Integer>> different = new ArrayList<>();
    for (int i = 0; i < nfa.expressions(); i++) {
      different.add(new HashSet<>());
    }
    for (int number = 0; number < states.size(); number++) {
      int[] of = state(number).threads();
      int at = 0;
      while (at < of.length) {
        int owner = nfa.owner(of[at]);
        int hash = 1;
        while (at < of.length && nfa.owner(of[at]) == owner) {
          hash = 31 * hash + of[at++];
        }
        different.get(owner).add(hash);
      }
    }
    int widest = 0;
    for (int i = 1; i < different.size(); i++) {
      if (!apart.get(i) && different.get(i).size() > different.get(widest).size()) {
        widest = i;
      }
    }
    return widest;
  }
}
