package dev.loganalyze.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.loganalyze.transcript.Transcript;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
   * What printk puts before a line; behind it a kernel may tell the thread (CONFIG_PRINTK_CALLER).
   */
  private static final Pattern STAMP = Pattern.compile("(?m)^\\[ *\\d+\\.\\d{6}\\]");

  /**
   * What the parser makes of the lines of {@code logs}, and of those with printk's stamp also as a
   * kernel prints them that tells its threads, and without a message. What {@link #lexer} gave is
   * in its place.
   */
  public static byte[] plans(List<byte[]> logs) {
    for (byte[] log : logs) {
      Matcher stamps = STAMP.matcher(new String(log, ISO_8859_1));
      for (String stamp : List.of("$0", "$0[    T1]", "$0 \n", "$0[    T1] \n")) {
        byte[] lines = stamps.replaceAll(stamp).getBytes(ISO_8859_1);
        LineParser.parse(Transcript.console(lines));
      }
    }
    return Plans.all().packed();
  }
}
