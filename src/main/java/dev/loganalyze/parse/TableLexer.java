package dev.loganalyze.parse;

import dev.loganalyze.bytes.Words;
import dev.loganalyze.parse.grammar.LogLineLexer;

/**
 * The lexer as a walk over its {@link LexerTable}, byte by byte: the longest token wins, as with
 * ANTLR.
 */
final class TableLexer implements LineLexer {
  private static final LexerTable TABLE = LexerTable.load();

  private final byte[] classes = TABLE.classes();
  private final char[] next = TABLE.next();
  private final int[] accepts = TABLE.accepts();
  private final int[] starts = TABLE.starts();
  private final int accepting = TABLE.accepting();
  private final int lineEnd = classes['\n'];

  /** By mode, the byte up to which all bytes of a line are one token in it; -1 when none is. */
  private final int[] runs = new int[starts.length];

  /** By mode, the type of that token. */
  private final int[] runTypes = new int[starts.length];

  /**
   * By mode and byte, whether that byte takes the one before it, which ends a run, into the run.
   */
  private final boolean[][] runsOn = new boolean[starts.length][256];

  TableLexer() {
    for (int mode = 0; mode < starts.length; mode++) {
      runs[mode] = run(mode);
    }
  }

  /**
   * The byte that ends the token of a mode whose tokens are what stands between two of them, or -1.
   * Such a token goes on in one state whatever comes, and so needs no walk over the table.
   */
  private int run(int mode) {
    int ends = -1;
    int first = after(starts[mode], ' ');
    for (int b = 0; b < 256; b++) {
      boolean goesOn = after(starts[mode], b) == first && after(first, b) == first;
      if (!goesOn && b != '\n') {
        if (ends >= 0) {
          return -1;
        }
        ends = b;
      }
    }
    boolean stays = first >= accepting && accepts[first] >>> 16 == mode;
    boolean stops = ends >= 0 && after(first, ends) == 0;
    if (!stays || !stops || after(first, '\n') != 0) {
      return -1;
    }
    runTypes[mode] = accepts[first] & 0xffff;
    // A bracket that begins nothing is a token of one byte, and like the run before and after it.
    int alone = after(starts[mode], ends);
    boolean alike = alone >= accepting && accepts[alone] == accepts[first];
    for (int b = 0; b < 256 && alike && Tokens.areJoined(runTypes[mode]); b++) {
      runsOn[mode][b] = after(alone, b) == 0;
    }
    return ends;
  }

  private int after(int state, int b) {
    return next[state * LexerTable.COLUMNS | classes[b]];
  }

  /** Where the run that begins at {@code from}, if one does, ends. */
  private static int runEnd(byte[] buffer, int from, int to, byte end, boolean[] goesOn) {
    int at = Words.indexOf(end, buffer, from, to);
    while (at + 1 < to && goesOn[buffer[at + 1] & 0xff]) {
      at = Words.indexOf(end, buffer, at + 1, to);
    }
    return at;
  }

  @Override
  public void read(byte[] buffer, int from, int to, int mode, Tokens tokens) {
    int begin = from;
    int begun = mode;
    int type;
    do {
      if (runs[begun] >= 0) {
        int runEnd = runEnd(buffer, begin, to, (byte) runs[begun], runsOn[begun]);
        if (runEnd > begin) {
          begin = runEnd;
          tokens.add(runTypes[begun], begin);
        }
      }
      int state = starts[begun];
      int at = begin;
      int ended = 0;
      while (at < to && state != 0) {
        state = next[state * LexerTable.COLUMNS | classes[buffer[at] & 0xff]];
        at++;
        if (state >= accepting) {
          ended = state;
          begin = at;
        }
      }
      state = next[state * LexerTable.COLUMNS | lineEnd];
      if (state >= accepting) {
        ended = state;
        begin = to + 1;
      }
      type = accepts[ended] & 0xffff;
      begun = accepts[ended] >>> 16;
      tokens.add(type, begin);
    } while (type != LogLineLexer.NEWLINE);
  }
}
