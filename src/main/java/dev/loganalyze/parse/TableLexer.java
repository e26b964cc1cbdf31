package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineLexer;

/**
 * The lexer as a walk over its {@link LexerTable}, byte by byte: the longest token wins, as with
 * ANTLR.
 */
final class TableLexer implements LineLexer {
  private static final LexerTable TABLE = LexerTable.load();

  private final byte[] classes = TABLE.classes();
  private final int[] next = TABLE.next();
  private final int[] accepts = TABLE.accepts();
  private final int[] starts = TABLE.starts();
  private final int accepting = TABLE.accepting();
  private final int stride = TABLE.stride();
  private final int lineEnd = classes['\n'] & 0xff;

  @Override
  public void read(byte[] buffer, int from, int to, int mode, Tokens tokens) {
    int at = from;
    int begun = mode;
    int type;
    do {
      long token = token(buffer, at, to, starts[begun]);
      at = (int) token;
      int accept = accepts[(int) (token >>> 32) / stride];
      type = accept & 0xffff;
      begun = accept >>> 16;
      tokens.add(type, at);
    } while (type != LogLineLexer.NEWLINE);
  }

  /**
   * The longest token that begins at {@code from}: a method of its own without calls, so that the
   * compiler keeps all of it in registers.
   *
   * @return the state in which it ends in the upper half, where it ends in the lower
   */
  private long token(byte[] buffer, int from, int to, int start) {
    int state = start;
    int at = from;
    int ended = 0;
    int end = from;
    while (at < to) {
      state = next[state + (classes[buffer[at] & 0xff] & 0xff)];
      at++;
      if (state >= accepting) {
        ended = state;
        end = at;
      } else if (state == 0) {
        return ((long) ended << 32) | end;
      }
    }
    state = next[state + lineEnd];
    return state >= accepting ? ((long) state << 32) | (to + 1) : ((long) ended << 32) | end;
  }
}
