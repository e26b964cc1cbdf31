package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineLexer;
import java.util.Arrays;

/** The tokens of one line, used again for the next; runs of TEXT and of WORD are one token each. */
final class Tokens {
  int[] types = new int[64];

  /** Where each begins in the buffer, and after the last one where that ends. */
  int[] starts = new int[65];

  int count;

  /** Forgets all tokens; the next begins at {@code from}. */
  void clear(int from) {
    count = 0;
    starts[0] = from;
  }

  /** Whether tokens of that type that follow each other are one. */
  static boolean areJoined(int type) {
    return type == LogLineLexer.TEXT || type == LogLineLexer.WORD;
  }

  /** Adds a token that ends at {@code end}, exclusive. */
  void add(int type, int end) {
    if (areJoined(type) && count > 0 && types[count - 1] == type) {
      starts[count] = end;
      return;
    }
    if (count == types.length) {
      types = Arrays.copyOf(types, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count + 1);
    }
    types[count++] = type;
    starts[count] = end;
  }
}
