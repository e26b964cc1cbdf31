package dev.loganalyze.pattern;

import dev.loganalyze.bytes.Words;
import dev.loganalyze.resource.Packed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntUnaryOperator;

/**
 * Many expressions that are looked for together: which of them occur in a line is told in one pass
 * over its bytes, in time that is linear in the line and nearly independent of their number.
 *
 * <p>Safe for use by several threads, each with its own {@link Scanner}.
 */
public final class PatternSet {
  private final Nfa nfa;
  private final ByteClasses classes;

  /** What each scanner knows from the beginning; null for nothing. */
  private final Learnt learnt;

  /** Whether no scanner has set an expression apart. */
  private volatile boolean whole = true;

  private final Queue<LazyDfa> idle = new ConcurrentLinkedQueue<>();

  /**
   * A set of {@code expressions}, numbered by their place in the list; null stands for one that
   * never occurs.
   */
  public PatternSet(List<Expression> expressions) {
    Nfa.Part never = new Nfa.Part(new Nfa(Regex.NEVER), 0);
    List<Nfa.Part> parts = new ArrayList<>();
    for (Expression expression : expressions) {
      parts.add(expression == null ? never : expression.part());
    }
    nfa = new Nfa(parts);
    classes = ByteClasses.of(nfa);
    learnt = null;
  }

  /** The set that {@link #pack} has written. */
  public PatternSet(Packed.Reader in) {
    nfa = new Nfa(in);
    classes = new ByteClasses(in);
    learnt = new Learnt(in);
  }

  /** It as {@link #pack} writes it, with what is to be learnt of the lines of {@code logs}. */
  public byte[] packed(List<byte[]> logs) {
    try (Scanner scanner = scanner()) {
      for (byte[] log : logs) {
        BitSet hits = new BitSet();
        scanner.lines(log, log.length, (from, to, suspect) -> scanner.scan(log, from, to, hits));
      }
    }
    Packed.Writer out = new Packed.Writer();
    pack(out);
    return out.written();
  }

  /** Writes it down, with all that its scanners, which are closed, have learnt of their lines. */
  public void pack(Packed.Writer out) {
    nfa.pack(out);
    classes.pack(out);
    try (Learner learner = learner()) {
      learner.dfa.pack(out);
    }
  }

  /**
   * Whether {@code expression} needs a state of the automaton for nearly each text, as {@code
   * a.......b} does, which must remember where each of the last characters was an {@code a}. Such a
   * one is set apart and looked for line by line, which is slow. Told by texts of its own
   * characters, which are always the same.
   */
  public static boolean explodes(Expression expression) {
    Nfa alone = new Nfa(List.of(expression.part()));
    return new LazyDfa(alone, ByteClasses.of(alone), null).explodes();
  }

  /** So many lines are looked at together. */
  private static final int LINES = 1 << 12;

  /** Takes one line after the other. */
  public interface Lines {
    /**
     * Takes {@code text[from, to)}.
     *
     * @param suspect as {@link Scanner#suspect} tells
     */
    void show(int from, int to, boolean suspect);
  }

  /** Looks for the expressions of a set in one line after the other; for one thread. */
  public interface Scanner extends AutoCloseable {
    /**
     * Sets in {@code hits} the number of each expression that occurs in {@code text[from, to)},
     * which begins and ends where the text does.
     *
     * <p>All that occur are told; besides, one may be told that does not, where it counts more than
     * eight repetitions, asks for a word's edge, tells characters beyond ASCII apart, or begins
     * with something that says little before what stands literally.
     */
    void scan(byte[] text, int from, int to, BitSet hits);

    /**
     * Tells of many lines at once in which nothing occurs: {@code suspects[i]} is false only if
     * {@link #scan} of {@code text[from[i], to[i])} would set nothing. As most lines of a log are
     * such, this is the way to find the others. No line holds an LF.
     *
     * @param count how many lines there are
     */
    void suspect(byte[] text, int[] from, int[] to, int count, boolean[] suspects);

    /** Shows all lines of {@code text[0, length)} in their order, each without its LF. */
    default void lines(byte[] text, int length, Lines lines) {
      int[] from = new int[LINES];
      int[] to = new int[LINES];
      boolean[] suspects = new boolean[LINES];
      int at = 0;
      while (at < length) {
        int count = 0;
        while (count < LINES && at < length) {
          from[count] = at;
          to[count] = Words.indexOf((byte) '\n', text, at, length);
          at = to[count++] + 1;
        }
        suspect(text, from, to, count, suspects);
        for (int i = 0; i < count; i++) {
          lines.show(from[i], to[i], suspects[i]);
        }
      }
    }

    /** Gives back what it learnt to the next one. */
    @Override
    void close();
  }

  /**
   * The numbers of the expressions that occur in {@code text}, as {@link Scanner#scan} has them.
   */
  BitSet in(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    BitSet hits = new BitSet();
    try (Scanner scanner = scanner()) {
      scanner.scan(bytes, 0, bytes.length, hits);
    }
    return hits;
  }

  /** Whether no expression has exploded yet; one that has is told in every text. */
  boolean isWhole() {
    return whole;
  }

  /**
   * Which of them occur in each of {@code count} texts, as {@link Scanner#scan} tells.
   *
   * @param from where each begins in {@code buffer}
   * @param to where each ends, exclusive; there is no LF in it
   */
  public Hits in(byte[] buffer, int count, IntUnaryOperator from, IntUnaryOperator to) {
    return Hits.of(this, buffer, count, from, to);
  }

  /** A scanner, which goes on with what a closed one learnt. */
  public Scanner scanner() {
    return learner();
  }

  private Learner learner() {
    LazyDfa known = idle.poll();
    return new Learner(known != null ? known : new LazyDfa(nfa, classes, learnt));
  }

  private final class Learner implements Scanner {
    final LazyDfa dfa;

    Learner(LazyDfa dfa) {
      this.dfa = dfa;
    }

    @Override
    public void scan(byte[] text, int from, int to, BitSet hits) {
      dfa.scan(text, from, to, hits);
    }

    @Override
    public void suspect(byte[] text, int[] from, int[] to, int count, boolean[] suspects) {
      dfa.suspect(text, from, to, count, suspects);
    }

    @Override
    public void close() {
      // What one hostile log has set apart would slow the next one down, and be told of its lines.
      if (dfa.isComplete()) {
        idle.add(dfa);
      } else {
        whole = false;
      }
    }
  }
}
