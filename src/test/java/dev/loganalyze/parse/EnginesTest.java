package dev.loganalyze.parse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loganalyze.Noise;
import dev.loganalyze.parse.grammar.LogLineLexer;
import dev.loganalyze.transcript.Transcript;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table of the lexer and the kept answers of the parser say what ANTLR says. */
class EnginesTest {
  private static final int LINES = 1_000_000;
  private static final TableLexer TABLE = new TableLexer();
  private static final AntlrLexer ANTLR = new AntlrLexer();
  private static final Tokens ONE = new Tokens();
  private static final Tokens OTHER = new Tokens();

  @Test
  void theTableThatTheBuildWroteIsTheGrammars() {
    assertArrayEquals(LexerStates.table().bytes(), LexerTable.load().bytes());
  }

  @Test
  void bothEnginesMakeTheSameEntriesOfAllLogsAndNoise() {
    Noise.forEach(EnginesTest::bothEnginesMakeTheSame);
  }

  static void bothEnginesMakeTheSame(byte[] raw) {
    Entries table = LineParser.parse(Transcript.console(raw));
    Entries antlr = LineParser.parse(Transcript.console(raw), LineParser.Engine.ANTLR);
    assertEquals(facts(antlr), facts(table));
  }

  private static String facts(Entries entries) {
    StringBuilder facts = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      facts.append(entries.line(i)).append(' ').append(entries.from[i]).append(' ');
      facts.append(entries.to[i]).append(' ').append(entries.micros(i)).append(' ');
      facts.append(entries.origin(i)).append(' ').append(entries.shape(i)).append(' ');
      facts.append(entries.flags[i]).append(' ').append(entries.messageFrom[i]).append(' ');
      facts.append(entries.unitFrom[i]).append(' ').append(entries.unitTo[i]).append(' ');
      facts.append(entries.identFrom[i]).append(' ').append(entries.identTo[i]).append(' ');
      facts.append(entries.pid[i]).append('\n');
    }
    return facts.toString();
  }

  /**
   * Lines made of the words of the grammar and of real ones, cut, joined and with bytes changed.
   */
  @Test
  void bothLexersGiveTheSameTokensForAMillionLines() {
    Random random = new Random(10);
    byte[][] pieces = Noise.lines();
    byte[] line = new byte[4096];
    int modes = LogLineLexer.modeNames.length;
    for (int n = 0; n < LINES; n++) {
      int length = 0;
      for (int p = random.nextInt(4); p >= 0; p--) {
        byte[] piece = pieces[random.nextInt(pieces.length)];
        int from = random.nextInt(4) == 0 ? random.nextInt(piece.length + 1) : 0;
        int much = random.nextInt(3) == 0 ? random.nextInt(40) : 120;
        for (int i = from; i < piece.length && i < from + much && length < line.length; i++) {
          line[length++] = piece[i];
        }
      }
      for (int c = random.nextInt(3); c > 0 && length > 0; c--) {
        line[random.nextInt(length)] = (byte) random.nextInt(256);
      }
      for (int i = 0; i < length; i++) {
        line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
      }
      int mode = random.nextInt(4) == 0 ? random.nextInt(modes) : LogLineLexer.DEFAULT_MODE;
      bothLexersSay(line, length, mode);
    }
  }

  /** Neither lexer is for several threads, and this class is run by one. */
  static void bothLexersSay(byte[] line, int length, int mode) {
    ONE.clear(0);
    OTHER.clear(0);
    TABLE.read(line, 0, length, mode, ONE);
    ANTLR.read(line, 0, length, mode, OTHER);
    boolean same =
        ONE.count == OTHER.count
            && Arrays.equals(ONE.types, 0, ONE.count, OTHER.types, 0, ONE.count)
            && Arrays.equals(ONE.starts, 0, ONE.count + 1, OTHER.starts, 0, ONE.count + 1);
    if (!same) {
      assertEquals(said(OTHER, line, length), said(ONE, line, length));
    }
  }

  private static String said(Tokens tokens, byte[] line, int length) {
    return Arrays.toString(Arrays.copyOf(line, length))
        + Arrays.toString(Arrays.copyOf(tokens.types, tokens.count))
        + Arrays.toString(Arrays.copyOf(tokens.starts, tokens.count + 1));
  }
}
