package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineLexer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.LexerATNSimulator;
import org.antlr.v4.runtime.atn.LexerAction;
import org.antlr.v4.runtime.atn.LexerActionExecutor;
import org.antlr.v4.runtime.atn.LexerModeAction;
import org.antlr.v4.runtime.atn.LexerTypeAction;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.dfa.DFAState;

/**
 * Has ANTLR's own simulator of lexers compute every state that {@code LogLineLexer} can come to,
 * for each byte from each state, and writes them down as a {@link LexerTable}.
 */
final class LexerStates extends LexerATNSimulator {
  private static final int BYTES = 256;

  private final CharStream nothing = new LineStream();
  private final List<DFAState> states = new ArrayList<>();
  private final List<Integer> modes = new ArrayList<>();

  /** For each mode, the numbers of its states. */
  private final List<Map<DFAState, Integer>> numbers = new ArrayList<>();

  private final List<int[]> rows = new ArrayList<>();

  private LexerStates(ATN atn) {
    super(atn, automata(atn), new PredictionContextCache());
  }

  private static DFA[] automata(ATN atn) {
    DFA[] automata = new DFA[atn.getNumberOfDecisions()];
    for (int i = 0; i < automata.length; i++) {
      automata[i] = new DFA(atn.getDecisionState(i), i);
    }
    return automata;
  }

  /** The table of the grammar. */
  static LexerTable table() {
    return new LexerStates(LogLineLexer._ATN).compute();
  }

  private LexerTable compute() {
    // Number 0 is no state.
    states.add(null);
    modes.add(-1);
    rows.add(new int[BYTES]);
    int[] starts = new int[atn.modeToStartState.size()];
    for (int m = 0; m < starts.length; m++) {
      numbers.add(new IdentityHashMap<>());
      mode = m;
      ATNConfigSet configs = computeStartState(nothing, atn.modeToStartState.get(m));
      if (configs.hasSemanticContext) {
        throw new IllegalStateException("LogLineLexer has a predicate");
      }
      starts[m] = number(addDFAState(configs), m);
    }
    for (int s = 1; s < states.size(); s++) {
      mode = modes.get(s);
      for (int b = 0; b < BYTES; b++) {
        DFAState next = computeTargetState(nothing, states.get(s), b);
        rows.get(s)[b] = next.configs.isEmpty() ? 0 : number(next, mode);
      }
    }
    int[] accepts = new int[states.size()];
    for (int s = 1; s < accepts.length; s++) {
      accepts[s] = accept(states.get(s), modes.get(s));
    }
    for (int start : starts) {
      for (int b = 0; b < BYTES; b++) {
        if (accepts[rows.get(start)[b]] == 0) {
          throw new IllegalStateException("no token of LogLineLexer is the byte " + b + " alone");
        }
      }
    }
    return packed(starts, accepts);
  }

  /** For each state its place in the table: those in which a token ends come last. */
  private static int[] order(int[] accepts) {
    int[] order = new int[accepts.length];
    int place = 1;
    for (boolean ends : new boolean[] {false, true}) {
      for (int s = 1; s < order.length; s++) {
        if ((accepts[s] != 0) == ends) {
          order[s] = place++;
        }
      }
    }
    return order;
  }

  private int number(DFAState state, int of) {
    return numbers
        .get(of)
        .computeIfAbsent(
            state,
            s -> {
              states.add(s);
              modes.add(of);
              rows.add(new int[BYTES]);
              return states.size() - 1;
            });
  }

  private static int accept(DFAState state, int of) {
    if (!state.isAcceptState) {
      return 0;
    }
    int type = state.prediction;
    int next = of;
    LexerActionExecutor actions = state.lexerActionExecutor;
    for (LexerAction action : actions == null ? new LexerAction[0] : actions.getLexerActions()) {
      if (action instanceof LexerTypeAction typed) {
        type = typed.getType();
      } else if (action instanceof LexerModeAction moved) {
        next = moved.getMode();
      } else {
        throw new IllegalStateException("LogLineLexer has an action: " + action);
      }
    }
    return (next << 16) | type;
  }

  /** Bytes that lead to the same states from everywhere are one class. */
  private LexerTable packed(int[] starts, int[] accepts) {
    byte[] classes = new byte[BYTES];
    Map<List<Integer>, Integer> known = new HashMap<>();
    List<Integer> samples = new ArrayList<>();
    for (int b = 0; b < BYTES; b++) {
      int sample = b;
      List<Integer> column = rows.stream().map(row -> row[sample]).toList();
      Integer number = known.putIfAbsent(column, known.size());
      if (number == null) {
        samples.add(b);
      }
      classes[b] = (byte) (int) known.get(column);
    }
    if (samples.size() > LexerTable.COLUMNS || rows.size() > Character.MAX_VALUE) {
      throw new IllegalStateException("LogLineLexer is too large for a table of such columns");
    }
    int[] order = order(accepts);
    char[] next = new char[rows.size() * LexerTable.COLUMNS];
    int[] ends = new int[accepts.length];
    for (int s = 0; s < rows.size(); s++) {
      ends[order[s]] = accepts[s];
      for (int c = 0; c < samples.size(); c++) {
        int to = order[rows.get(s)[samples.get(c)]];
        next[order[s] * LexerTable.COLUMNS | c] = (char) to;
      }
    }
    int accepting = (int) Arrays.stream(accepts).filter(a -> a == 0).count();
    int[] begin = Arrays.stream(starts).map(s -> order[s]).toArray();
    return new LexerTable(classes, next, ends, accepting, begin);
  }
}
