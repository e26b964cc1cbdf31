package dev.loganalyze.harness;

import dev.loganalyze.transcript.Chunks;
import java.util.ArrayList;
import java.util.List;

/**
 * When the bytes of a console log arrived, told by a harness that wrote the same bytes down with
 * times. It took escape sequences away, cut lines where its reads ended, and may have left out
 * much, so that its pieces are looked for one after the other; a piece that is found far ahead
 * counts only if those that follow it are there, too, and not nearer by without it. What lies
 * between, and behind the last piece, came at a time that nobody told.
 */
public final class Arrivals {
  /** As far as this the next piece of a console that is told whole lies. */
  private static final int NEAR = 96;

  /** As far as this those that follow a piece lie behind it. */
  private static final int BEHIND = 1024;

  private static final int FAR = 1 << 16;

  /** So many pieces after one that is far ahead are looked for. */
  private static final int AHEAD = 6;

  /** So many pieces may be missing before it is another console's log. */
  private static final int MISSED = 1000;

  private final byte[] raw;
  private final List<Piece> pieces;

  private Arrivals(byte[] raw, List<Piece> pieces) {
    this.raw = raw;
    this.pieces = pieces;
  }

  /**
   * The chunk record of {@code raw}; empty when it is not what {@code pieces} tell of.
   *
   * @param pieces what came to the console, in order
   */
  public static Chunks of(byte[] raw, List<Piece> pieces) {
    return new Arrivals(raw, pieces).chunks();
  }

  private Chunks chunks() {
    List<long[]> found = new ArrayList<>();
    int cursor = 0;
    int there = 0;
    for (int p = 0; p < pieces.size() && p - 2 * there < MISSED; p++) {
      Piece piece = pieces.get(p);
      int at = find(piece, cursor, FAR);
      if (at >= 0 && (at - cursor <= NEAR || isRight(p, at, cursor))) {
        if (at - cursor > NEAR) {
          found.add(new long[] {cursor, Chunks.UNKNOWN, Chunks.UNKNOWN});
        }
        found.add(new long[] {at, piece.read(), piece.since()});
        there++;
        cursor = echoed(piece, at + piece.text().length);
      }
    }
    found.add(new long[] {cursor, Chunks.UNKNOWN, Chunks.UNKNOWN});
    return Chunks.of(2 * there > pieces.size() ? found : List.of());
  }

  /** Whether more of the pieces that follow lie just behind {@code at} than behind the cursor. */
  private boolean isRight(int p, int at, int cursor) {
    int with = following(p + 1, at + pieces.get(p).text().length);
    return with > 0 && with >= following(p + 1, cursor);
  }

  private int following(int first, int from) {
    int cursor = from;
    int there = 0;
    for (int p = first; p < Math.min(first + AHEAD, pieces.size()); p++) {
      Piece piece = pieces.get(p);
      int at = find(piece, cursor, BEHIND);
      if (at >= 0) {
        there++;
        cursor = echoed(piece, at + piece.text().length);
      }
    }
    return there;
  }

  /** Behind the echoes of a piece that ends at {@code end}: a terminal repeats what is typed. */
  private int echoed(Piece piece, int end) {
    int cursor = end;
    for (int at = find(piece, cursor, 4); at >= 0; at = find(piece, cursor, 4)) {
      for (int i = cursor; i < at; i++) {
        if (raw[i] != '\r' && raw[i] != '\n') {
          return cursor;
        }
      }
      cursor = at + piece.text().length;
    }
    return cursor;
  }

  private int find(Piece piece, int from, int far) {
    byte[] text = piece.text();
    int end = Math.min(raw.length - text.length, from + far);
    for (int at = from; at <= end; at++) {
      int same = 0;
      while (same < text.length && raw[at + same] == text[same]) {
        same++;
      }
      if (same == text.length) {
        return at;
      }
    }
    return -1;
  }
}
