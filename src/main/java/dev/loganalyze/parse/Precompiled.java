package dev.loganalyze.parse;

import dev.loganalyze.transcript.Transcript;
import java.util.List;

/** What the build computes of the grammar, for build/Precompile to write down. */
public final class Precompiled {
  private Precompiled() {}

  /** Where {@link #lexer} is looked for, from the root of the classes. */
  public static final String LEXER = "dev/loganalyze/parse/LogLineLexer.table";

  /** The lexer of lines as a table. */
  public static byte[] lexer() {
    return LexerStates.table().bytes();
  }

  /** Where {@link #plans} are looked for, from the root of the classes. */
  public static final String PLANS = "dev/loganalyze/parse/LogLine.plans";

  /** No answers of the parser; in its place before {@link #plans} asks for some. */
  public static byte[] noPlans() {
    return Plans.none();
  }

  /**
   * What the parser makes of the lines of {@code logs}. What {@link #lexer} gave is in its place.
   */
  public static byte[] plans(List<byte[]> logs) {
    logs.forEach(log -> LineParser.parse(Transcript.console(log)));
    return Plans.all().packed();
  }
}
