package dev.loganalyze.parse;

import dev.loganalyze.resource.ProgramFile;
import java.nio.ByteBuffer;

/**
 * The automaton of {@code LogLineLexer} as a table. The grammar has no predicates and no actions,
 * so that ANTLR's own simulator can compute all its states when the program is built ({@link
 * LexerStates}), and a step is one look-up.
 *
 * <p>States are numbers, and 0 is none. The state after {@code state} on a byte of class {@code c}
 * stands at {@code next[state * COLUMNS | c]}.
 *
 * @param classes the class of each byte, 0 to 255
 * @param next the rows
 * @param accepts by state, what a token that ends in it is: its type, and the mode that follows
 *     times 2^16; 0 when none ends there
 * @param accepting the first state in which a token ends; all after it are such, too
 * @param starts by mode, the state in which its tokens begin
 */
record LexerTable(byte[] classes, char[] next, int[] accepts, int accepting, int[] starts) {
  /** A power of two, so that no row must be looked for by multiplication. */
  static final int COLUMNS = 128;

  /** The table that was written when the program was built. */
  static LexerTable load() {
    return read(ProgramFile.bytes(Precompiled.LEXER));
  }

  /** Numbers of 32 bits, then rows of 16 bits each, most significant byte first. */
  byte[] bytes() {
    int length = 256 + Integer.BYTES * (3 + starts.length + accepts.length);
    ByteBuffer out = ByteBuffer.allocate(length + Character.BYTES * next.length);
    out.put(classes).putInt(starts.length).putInt(accepts.length).putInt(accepting);
    out.asIntBuffer().put(starts).put(accepts);
    out.position(length).asCharBuffer().put(next);
    return out.array();
  }

  /** What {@link #bytes} wrote. */
  static LexerTable read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] classes = new byte[256];
    in.get(classes);
    int[] starts = new int[in.getInt()];
    int[] accepts = new int[in.getInt()];
    int accepting = in.getInt();
    in.asIntBuffer().get(starts).get(accepts);
    char[] next = new char[accepts.length * COLUMNS];
    in.position(bytes.length - Character.BYTES * next.length).asCharBuffer().get(next);
    return new LexerTable(classes, next, accepts, accepting, starts);
  }
}
