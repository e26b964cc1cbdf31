package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineParser;
import dev.loganalyze.resource.Packed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The answers of the parser, by the sequence of token types: the tree is a function of them alone,
 * so that the parser runs once for each (a few hundred in logs of millions of lines). They are kept
 * in a tree of types, which begins with those of sample-logs that the build has asked for. Safe for
 * use by several threads.
 */
final class Plans implements LinePlanner {
  /** So many nodes are kept; then all but those of the build are forgotten. */
  private static final int MAX_NODES = 1 << 14;

  /** A sequence that is longer is not kept. */
  private static final int LONGEST = MAX_NODES / 4;

  /**
   * More than types of tokens; a power of two, so that no row must be looked for by multiplication.
   */
  private static final int COLUMNS = 128;

  /** Those of all lines that the program reads. */
  private static final class All {
    static final Plans PLANS = new Plans(Packed.Reader.of(Precompiled.PLANS));
  }

  /**
   * @param next the node after {@code node} on type {@code t} stands at {@code node * COLUMNS | t};
   *     0 is none, or one that another thread has just added
   * @param plans by node; null where none is known
   */
  private record Nodes(int[] next, AtomicReferenceArray<Plan> plans) {
    Nodes(int size) {
      this(new int[size * COLUMNS], new AtomicReferenceArray<>(size));
    }

    /** The same with room for {@code size}. */
    Nodes copy(int size) {
      Nodes copy = new Nodes(Arrays.copyOf(next, size * COLUMNS), new AtomicReferenceArray<>(size));
      for (int i = 0; i < plans.length(); i++) {
        copy.plans.set(i, plans.get(i));
      }
      return copy;
    }
  }

  /** Those of the build. */
  private final Nodes begun;

  private volatile Nodes nodes;

  // What follows is the business of one thread at a time.

  private int size = 1;

  /** Made when the first sequence comes that is not known. */
  private LinePlanner parser;

  private Plans() {
    begun = new Nodes(1);
    nodes = begun.copy(1);
  }

  private Plans(Packed.Reader in) {
    int count = in.integer();
    begun = new Nodes(count);
    for (; size < count; size++) {
      begun.next[in.integer()] = size;
    }
    for (int known = in.integer(); known > 0; known--) {
      begun.plans.set(in.integer(), Plan.unpack(in));
    }
    nodes = begun.copy(2 * count);
  }

  /** Those of all lines that the program reads. */
  static Plans all() {
    return All.PLANS;
  }

  /** None, as they are packed. */
  static byte[] none() {
    if (LogLineParser.VOCABULARY.getMaxTokenType() >= COLUMNS) {
      throw new IllegalStateException("the grammar LogLine has more types than there are columns");
    }
    return new Plans().packed();
  }

  /** Written down. */
  synchronized byte[] packed() {
    Packed.Writer out = new Packed.Writer();
    int[] from = new int[size];
    for (int at = 0; at < size * COLUMNS; at++) {
      if (nodes.next[at] > 0) {
        from[nodes.next[at]] = at;
      }
    }
    out.integer(size);
    for (int node = 1; node < size; node++) {
      out.integer(from[node]);
    }
    List<Integer> known = new ArrayList<>();
    for (int node = 0; node < size; node++) {
      if (nodes.plans.get(node) != null) {
        known.add(node);
      }
    }
    out.list(
        known,
        (to, node) -> {
          to.integer(node);
          nodes.plans.get(node).pack(to);
        });
    return out.written();
  }

  @Override
  public Plan of(Tokens tokens) {
    Nodes known = nodes;
    int node = 0;
    for (int i = 0; i < tokens.count; i++) {
      node = known.next[node * COLUMNS | tokens.types[i]];
      if (node == 0) {
        return ask(tokens);
      }
    }
    Plan plan = known.plans.get(node);
    return plan == null ? ask(tokens) : plan;
  }

  /** Asks the parser, and keeps the answer. */
  private synchronized Plan ask(Tokens tokens) {
    if (tokens.count > LONGEST) {
      return parsed(tokens);
    }
    if (size + tokens.count > MAX_NODES) {
      size = begun.plans.length();
      nodes = begun.copy(2 * size);
    }
    int node = 0;
    for (int i = 0; i < tokens.count; i++) {
      int at = node * COLUMNS | tokens.types[i];
      if (nodes.next[at] == 0) {
        if (size == nodes.plans.length()) {
          nodes = nodes.copy(2 * size);
        }
        nodes.next[at] = size++;
      }
      node = nodes.next[at];
    }
    Plan plan = nodes.plans.get(node);
    if (plan == null) {
      plan = parsed(tokens);
      nodes.plans.set(node, plan);
    }
    return plan;
  }

  private Plan parsed(Tokens tokens) {
    parser = parser == null ? new AntlrPlanner() : parser;
    return parser.of(tokens);
  }
}
