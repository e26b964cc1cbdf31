package dev.loganalyze.parse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The automaton of {@code LogLineLexer} as a table. The grammar has no predicates and no actions,
 * so that ANTLR's own simulator can compute all its states when the program is built ({@link
 * LexerStates}), and a step is one look-up.
 *
 * <p>The state after {@code state} on a byte of class {@code c} stands at {@code next[state + c]}:
 * a state's number is where its row begins, and 0 is none.
 *
 * @param classes the class of each byte, 0 to 255
 * @param stride how many classes there are, and so how long a row is
 * @param next the rows
 * @param accepts by {@code state / stride}, what a token that ends in the state is: its type, and
 *     the mode that follows times 2^16; 0 when none ends there
 * @param accepting the first state in which a token ends; all after it are such, too
 * @param starts by mode, the state in which its tokens begin
 */
record LexerTable(
    byte[] classes, int stride, int[] next, int[] accepts, int accepting, int[] starts) {
  private static final String RESOURCE = "LogLineLexer.table";

  /** The table that was written when the program was built. */
  static LexerTable load() {
    try (InputStream in = LexerTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the program");
      }
      return read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " could not be read", e);
    }
  }

  /** Rows as numbers of states, 16 bits each, most significant byte first. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(classes);
      out.writeShort(stride);
      out.writeShort(accepts.length);
      out.writeShort(accepting / stride);
      out.writeShort(starts.length);
      for (int state : starts) {
        out.writeShort(state / stride);
      }
      for (int accept : accepts) {
        out.writeInt(accept);
      }
      for (int state : next) {
        out.writeShort(state / stride);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What {@link #bytes} wrote. */
  static LexerTable read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte[] classes = in.readNBytes(256);
      int stride = in.readUnsignedShort();
      int[] accepts = new int[in.readUnsignedShort()];
      int accepting = in.readUnsignedShort() * stride;
      int[] starts = new int[in.readUnsignedShort()];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = in.readUnsignedShort() * stride;
      }
      for (int i = 0; i < accepts.length; i++) {
        accepts[i] = in.readInt();
      }
      int[] next = new int[accepts.length * stride];
      int at = bytes.length - 2 * next.length;
      for (int i = 0; i < next.length; i++, at += 2) {
        next[i] = (((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff)) * stride;
      }
      return new LexerTable(classes, stride, next, accepts, accepting, starts);
    }
  }
}
