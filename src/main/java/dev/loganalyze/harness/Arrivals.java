package dev.loganalyze.harness;

import dev.loganalyze.transcript.Chunks;
import dev.loganalyze.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;

/**
 * When the bytes of a console log arrived, told by a harness that wrote the same bytes down with
 * times. It took escape sequences away, cut lines where its reads ended, and may have left out
 * much, so that its pieces are looked for one after the other; a piece that is found far ahead
 * counts only if those that follow it are there, too, and not nearer by without it.
 */
public final class Arrivals {
  /** As far as this the next piece of a console that is told whole lies. */
  private static final int NEAR = 96;

  /** As far as this those that follow a piece lie behind it. */
  private static final int BEHIND = 1024;

  private static final int FAR = 1 << 16;

  /** So many pieces after one that is far ahead are looked for. */
  private static final int AHEAD = 6;

  private final byte[] raw;
  private final Transcript said;
  private final int[] starts;

  private Arrivals(byte[] raw, Transcript said) {
    this.raw = raw;
    this.said = said;
    this.starts = starts(said);
  }

  /**
   * The chunk record of {@code raw}; empty when it is not what {@code said} tells of.
   *
   * @param said what the harness says that came to the console, with times
   */
  public static Chunks of(byte[] raw, Transcript said) {
    return new Arrivals(raw, said).chunks();
  }

  private static int[] starts(Transcript said) {
    byte[] text = said.text();
    int[] starts = new int[said.arrival().length + 1];
    for (int i = 0, at = 0; i < said.arrival().length; i++) {
      while (text[at] != '\n') {
        at++;
      }
      starts[i + 1] = ++at;
    }
    return starts;
  }

  private Chunks chunks() {
    List<long[]> found = new ArrayList<>();
    int cursor = 0;
    int pieces = 0;
    for (int piece = 0; piece + 1 < starts.length; piece++) {
      if (length(piece) > 0 && said.arrival()[piece] > 0) {
        pieces++;
        int at = find(piece, cursor, FAR);
        if (at >= 0 && (at - cursor <= NEAR || isRight(piece, at, cursor))) {
          found.add(new long[] {at, said.arrival()[piece]});
          cursor = echoed(piece, at + length(piece));
        }
      }
    }
    return Chunks.of(2 * found.size() > pieces ? found : List.of());
  }

  /** Whether more of the pieces that follow lie just behind {@code at} than behind the cursor. */
  private boolean isRight(int piece, int at, int cursor) {
    int with = following(piece + 1, at + length(piece));
    return with > 0 && with >= following(piece + 1, cursor);
  }

  private int following(int first, int from) {
    int cursor = from;
    int there = 0;
    for (int piece = first; piece < Math.min(first + AHEAD, starts.length - 1); piece++) {
      int at = length(piece) == 0 ? -1 : find(piece, cursor, BEHIND);
      if (at >= 0) {
        there++;
        cursor = echoed(piece, at + length(piece));
      }
    }
    return there;
  }

  /** Behind the echoes of a piece that ends at {@code end}: a terminal repeats what is typed. */
  private int echoed(int piece, int end) {
    int cursor = end;
    for (int at = find(piece, cursor, 4); at >= 0; at = find(piece, cursor, 4)) {
      for (int i = cursor; i < at; i++) {
        if (raw[i] != '\r' && raw[i] != '\n') {
          return cursor;
        }
      }
      cursor = at + length(piece);
    }
    return cursor;
  }

  private int length(int piece) {
    return starts[piece + 1] - 1 - starts[piece];
  }

  private int find(int piece, int from, int far) {
    byte[] text = said.text();
    int start = starts[piece];
    int length = length(piece);
    int end = Math.min(raw.length - length, from + far);
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
