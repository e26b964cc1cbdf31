package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * The answers of the parser, by the sequence of token types: the tree is a function of them alone,
 * so that the parser runs once for each (a few hundred in a log of millions of lines). They are
 * kept in a tree of types.
 */
final class Plans {
  /** So many nodes are kept; a log that has more sequences than these is a hostile one. */
  private static final int MAX_NODES = 1 << 14;

  private static final int TYPES = LogLineParser.VOCABULARY.getMaxTokenType() + 1;

  private final boolean keeps;

  /**
   * The node after {@code node} on type {@code t} stands at {@code node * TYPES + t}; 0 is none.
   */
  private int[] nodes = new int[64 * TYPES];

  private Plan[] plans = new Plan[64];
  private int size = 1;

  /** Made when the first sequence comes that is not known. */
  private LogLineParser parser;

  /**
   * @param keeps whether an answer is asked for only once
   */
  Plans(boolean keeps) {
    this.keeps = keeps;
  }

  /** What the parser makes of {@code tokens}. */
  Plan of(Tokens tokens) {
    if (!keeps) {
      return PlanBuilder.of(tree(tokens));
    }
    int node = 0;
    for (int i = 0; i < tokens.count; i++) {
      int next = nodes[node * TYPES + tokens.types[i]];
      if (next == 0) {
        if (size == MAX_NODES) {
          return PlanBuilder.of(tree(tokens));
        }
        next = add(node, tokens.types[i]);
      }
      node = next;
    }
    Plan plan = plans[node];
    if (plan == null) {
      plan = PlanBuilder.of(tree(tokens));
      plans[node] = plan;
    }
    return plan;
  }

  private int add(int node, int type) {
    if (size == plans.length) {
      plans = Arrays.copyOf(plans, 2 * size);
      nodes = Arrays.copyOf(nodes, 2 * size * TYPES);
    }
    nodes[node * TYPES + type] = size;
    return size++;
  }

  private LogLineParser.LineContext tree(Tokens tokens) {
    if (parser == null) {
      parser = new LogLineParser(null);
      parser.removeErrorListeners();
      parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    }
    List<CommonToken> all = new ArrayList<>(tokens.count);
    for (int i = 0; i < tokens.count; i++) {
      all.add(new CommonToken(tokens.types[i], ""));
    }
    parser.setTokenStream(new CommonTokenStream(new ListTokenSource(all)));
    LogLineParser.LineContext line = parser.line();
    if (parser.getNumberOfSyntaxErrors() > 0) {
      throw new IllegalStateException("the grammar LogLine does not take " + all);
    }
    return line;
  }
}
