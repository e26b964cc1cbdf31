package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineLexer;
import org.antlr.v4.runtime.Token;

/** The lexer as ANTLR runs it: what {@link TableLexer} is held against. */
final class AntlrLexer implements LineLexer {
  private final LineStream stream = new LineStream();
  private final LogLineLexer lexer = new LogLineLexer(stream);

  AntlrLexer() {
    lexer.removeErrorListeners();
  }

  @Override
  public void read(byte[] buffer, int from, int to, int mode, Tokens tokens) {
    stream.set(buffer, from, to);
    lexer.setInputStream(stream);
    lexer.mode(mode);
    Token token = lexer.nextToken();
    while (token.getType() != Token.EOF) {
      tokens.add(token.getType(), token.getStopIndex() + 1);
      token = lexer.nextToken();
    }
  }
}
