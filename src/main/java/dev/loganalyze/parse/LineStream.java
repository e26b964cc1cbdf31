package dev.loganalyze.parse;

import java.nio.charset.StandardCharsets;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * One plain line as ANTLR input: each byte is a character (0 to 255), and a LF stands at the end
 * whether the log had one or not. Indices are those of the underlying buffer, so that a token's
 * position needs no translation.
 */
final class LineStream implements CharStream {
  private byte[] buffer = new byte[0];
  private int from;
  private int to;
  private int at;

  /** Makes {@code buffer[from, to)} the line to be read. */
  void set(byte[] newBuffer, int newFrom, int newTo) {
    buffer = newBuffer;
    from = newFrom;
    to = newTo;
    at = newFrom;
  }

  @Override
  public void consume() {
    at++;
  }

  @Override
  public int LA(int i) {
    int index = i > 0 ? at + i - 1 : at + i;
    if (index < from || index > to) {
      return IntStream.EOF;
    }
    return index == to ? '\n' : buffer[index] & 0xff;
  }

  @Override
  public int mark() {
    return 0;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return at;
  }

  @Override
  public void seek(int index) {
    at = index;
  }

  @Override
  public int size() {
    return to + 1;
  }

  @Override
  public String getSourceName() {
    return "line";
  }

  @Override
  public String getText(Interval interval) {
    int end = Math.min(interval.b + 1, to);
    return new String(buffer, interval.a, end - interval.a, StandardCharsets.ISO_8859_1);
  }
}
