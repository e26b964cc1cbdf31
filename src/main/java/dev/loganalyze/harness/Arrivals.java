package dev.loganalyze.harness;

import dev.loganalyze.transcript.Chunks;
import dev.loganalyze.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;

/**
 * When the bytes of a console log arrived, told by a harness that wrote the same bytes down with
 * times. It took escape sequences away and cut lines where its reads ended, so that its pieces are
 * looked for one after the other, each a little behind the last.
 */
public final class Arrivals {
  /** A piece this short is everywhere; it is looked for only just behind the last one. */
  private static final int SHORT = 8;

  private static final int NEAR = 256;
  private static final int FAR = 4096;

  private Arrivals() {}

  /**
   * The chunk record of {@code raw}; empty when it is not what {@code said} tells of.
   *
   * @param said what the harness says that the console printed, with times
   */
  public static Chunks of(byte[] raw, Transcript said) {
    List<long[]> found = new ArrayList<>();
    byte[] text = said.text();
    int cursor = 0;
    int line = 0;
    int pieces = 0;
    for (int from = 0; from < text.length; line++) {
      int to = from;
      while (text[to] != '\n') {
        to++;
      }
      int length = to - from;
      if (length > 0 && said.arrival()[line] > 0) {
        pieces++;
        int at = find(raw, cursor, text, from, length);
        if (at >= 0) {
          found.add(new long[] {at, said.arrival()[line]});
          cursor = at + length;
        }
      }
      from = to + 1;
    }
    return Chunks.of(2 * found.size() > pieces ? found : List.of());
  }

  private static int find(byte[] raw, int from, byte[] text, int start, int length) {
    int end = Math.min(raw.length - length, from + (length < SHORT ? NEAR : FAR));
    for (int at = from; at <= end; at++) {
      int same = 0;
      while (same < length && raw[at + same] == text[start + same]) {
        same++;
      }
      if (same == length) {
        return at;
      }
    }
    return -1;
  }
}
