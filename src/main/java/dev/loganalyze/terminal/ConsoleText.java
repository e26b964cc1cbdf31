package dev.loganalyze.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The plain lines of a console, in columns: line <i>i</i> is a range of one byte buffer.
 *
 * <p>A raw line (ended by LF) gives at least one plain line; it gives several where a carriage
 * return or a cursor address began the line anew. The raw spans of the plain lines tile the input:
 * {@code rawStart(0) == 0}, {@code rawEnd(i) == rawStart(i + 1)}, and the last one ends with the
 * input. Bytes that are not control characters are kept as they came, valid UTF-8 or not.
 */
public final class ConsoleText {
  private final byte[] raw;
  private final byte[] buffer;
  private final int[] from;
  private final int[] to;
  private final int[] rawLine;
  private final int[] rawStart;
  private final byte[] marks;

  ConsoleText(
      byte[] raw,
      byte[] buffer,
      int[] from,
      int[] to,
      int[] rawLine,
      int[] rawStart,
      byte[] marks) {
    this.raw = raw;
    this.buffer = buffer;
    this.from = from;
    this.to = to;
    this.rawLine = rawLine;
    this.rawStart = rawStart;
    this.marks = marks;
  }

  /** How many plain lines there are. */
  public int size() {
    return from.length;
  }

  /**
   * The bytes of all plain lines; line {@code i} is {@code [from(i), to(i))}. Not to be written.
   */
  public byte[] buffer() {
    return buffer;
  }

  /** Where plain line {@code i} begins in {@link #buffer()}. */
  public int from(int i) {
    return from[i];
  }

  /** Where plain line {@code i} ends in {@link #buffer()}, exclusive. */
  public int to(int i) {
    return to[i];
  }

  /** The 1-based raw line (ended by LF) that plain line {@code i} lies in. */
  public int rawLine(int i) {
    return rawLine[i];
  }

  /** Offset in the raw input of the first byte of plain line {@code i}, control bytes included. */
  public int rawStart(int i) {
    return rawStart[i];
  }

  /** Offset in the raw input after the last byte of plain line {@code i}, its LF included. */
  public int rawEnd(int i) {
    return i + 1 < size() ? rawStart[i + 1] : raw.length;
  }

  /** Whether a carriage return stands before the LF that ends plain line {@code i}. */
  public boolean returned(int i) {
    int end = rawEnd(i);
    return end - rawStart[i] >= 2 && raw[end - 1] == '\n' && raw[end - 2] == '\r';
  }

  /**
   * Whether plain line {@code i} ends with two carriage returns before its LF: a program printed CR
   * LF itself, and the terminal driver added its own.
   */
  public boolean returnedTwice(int i) {
    return returned(i) && rawEnd(i) - rawStart[i] >= 3 && raw[rawEnd(i) - 3] == '\r';
  }

  /**
   * Offset in the raw input of the byte that column {@code column} (bytes, from 0) of plain line
   * {@code i} came from; {@link #rawEnd} for a column at or after the line's end.
   *
   * <p>Decodes the line again, so that no offset a byte has to be kept.
   */
  public int rawOffset(int i, int column) {
    int source = Decoder.sourceOf(Arrays.copyOfRange(raw, rawStart[i], rawEnd(i)), column);
    return source < 0 ? rawEnd(i) : rawStart[i] + source;
  }

  /** The {@link Mark marks} of plain line {@code i}, as a bit set of {@link Mark#bit}. */
  public int marks(int i) {
    return marks[i];
  }

  /** Whether plain line {@code i} carries {@code mark}. */
  public boolean has(int i, Mark mark) {
    return (marks[i] & mark.bit) != 0;
  }

  /** Plain line {@code i} as text; bytes that are not UTF-8 become U+FFFD. */
  public String text(int i) {
    return new String(buffer, from[i], to[i] - from[i], StandardCharsets.UTF_8);
  }

  /** How many raw lines the input has; a last line without LF counts, an empty input has none. */
  public int rawLines() {
    return size() == 0 ? 0 : rawLine[size() - 1];
  }

  @Override
  public String toString() {
    return "ConsoleText of " + size() + " lines";
  }
}
