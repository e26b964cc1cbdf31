package dev.loganalyze.parse;

import dev.loganalyze.Noise;
import dev.loganalyze.parse.grammar.LogLineLexer;
import java.util.List;

/** The table reads any line, in any mode, as ANTLR does. */
public final class LexerFuzz {
  private LexerFuzz() {}

  /** Lines that begin with the number of a mode. */
  public static List<byte[]> seeds() {
    return List.of(Noise.lines()).stream().map(LexerFuzz::inDefaultMode).toList();
  }

  private static byte[] inDefaultMode(byte[] line) {
    byte[] input = new byte[line.length + 1];
    System.arraycopy(line, 0, input, 1, line.length);
    return input;
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] line = new byte[input.length - 1];
    for (int i = 0; i < line.length; i++) {
      line[i] = input[i + 1] == '\n' ? (byte) ' ' : input[i + 1];
    }
    int mode = (input[0] & 0xff) % LogLineLexer.modeNames.length;
    EnginesTest.bothLexersSay(line, line.length, mode);
  }
}
