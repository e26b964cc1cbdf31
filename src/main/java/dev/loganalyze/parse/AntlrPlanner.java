package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.atn.PredictionMode;

/** The parser as ANTLR runs it: what {@link Plans} ask, and are held against. For one thread. */
final class AntlrPlanner implements LinePlanner {
  private final LogLineParser parser = new LogLineParser(null);

  AntlrPlanner() {
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
  }

  @Override
  public Plan of(Tokens tokens) {
    List<CommonToken> all = new ArrayList<>(tokens.count);
    for (int i = 0; i < tokens.count; i++) {
      all.add(new CommonToken(tokens.types[i], ""));
    }
    parser.setTokenStream(new CommonTokenStream(new ListTokenSource(all)));
    LogLineParser.LineContext line = parser.line();
    if (parser.getNumberOfSyntaxErrors() > 0) {
      throw new IllegalStateException("the grammar LogLine does not take " + all);
    }
    return PlanBuilder.of(line);
  }
}
