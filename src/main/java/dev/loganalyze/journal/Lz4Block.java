package dev.loganalyze.journal;

/**
 * Decodes one LZ4 block.
 *
 * @see <a href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md">LZ4 block format</a>
 */
final class Lz4Block {
  /** A match copies at least so many bytes. */
  private static final int MIN_MATCH = 4;

  private final byte[] in;
  private final int end;
  private int at;

  private Lz4Block(byte[] in, int from, int to) {
    this.in = in;
    this.at = from;
    this.end = to;
  }

  /** Fills {@code out} from the block {@code [from, to)}; false when the block does not do so. */
  static boolean decode(byte[] in, int from, int to, byte[] out) {
    return new Lz4Block(in, from, to).fill(out);
  }

  private boolean fill(byte[] out) {
    int to = 0;
    while (at < end) {
      int token = in[at++] & 0xff;
      int literals = length(token >> 4, end - at);
      if (literals < 0 || literals > end - at || literals > out.length - to) {
        return false;
      }
      System.arraycopy(in, at, out, to, literals);
      at += literals;
      to += literals;
      if (at == end) {
        return to == out.length;
      }
      if (end - at < 2) {
        return false;
      }
      int distance = (in[at] & 0xff) | (in[at + 1] & 0xff) << 8;
      at += 2;
      int match = length(token & 15, out.length) + MIN_MATCH;
      if (match < MIN_MATCH || distance == 0 || distance > to || match > out.length - to) {
        return false;
      }
      // Byte by byte: a match may overlap what it writes.
      for (int i = 0; i < match; i++, to++) {
        out[to] = out[to - distance];
      }
    }
    return false;
  }

  /** A length that begins with the four bits {@code first}; -1 when above {@code most} or cut. */
  private int length(int first, int most) {
    int length = first;
    if (first == 15) {
      int more;
      do {
        if (at == end || length > most) {
          return -1;
        }
        more = in[at++] & 0xff;
        length += more;
      } while (more == 255);
    }
    return length;
  }
}
