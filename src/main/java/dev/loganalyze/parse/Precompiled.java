package dev.loganalyze.parse;

/** What the build computes of the grammar, for build/Precompile to write down. */
public final class Precompiled {
  private Precompiled() {}

  /** Where {@link #lexer} is looked for, from the root of the classes. */
  public static final String LEXER = "dev/loganalyze/parse/LogLineLexer.table";

  /** The lexer of lines as a table. */
  public static byte[] lexer() {
    return LexerStates.table().bytes();
  }
}
