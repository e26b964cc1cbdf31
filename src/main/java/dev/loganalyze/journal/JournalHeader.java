package dev.loganalyze.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the header of a binary journal says; its numbers are as stored and may lie.
 *
 * @param compact whether offsets take 4 bytes instead of 8 ({@code HEADER_INCOMPATIBLE_COMPACT})
 * @param seqnumId whose count the sequence numbers of its entries are
 * @param size of the header in bytes
 * @param arena size of all that follows the header, in bytes
 * @param entries how many entries it counts
 * @param entryArray offset of the first array of entries
 * @see <a href="https://systemd.io/JOURNAL_FILE_FORMAT/">Journal file format</a>
 */
record JournalHeader(
    boolean compact, Id128 seqnumId, long size, long arena, long entries, long entryArray) {
  /** The smallest header there ever was, in bytes. */
  static final int MIN_SIZE = 208;

  private static final byte[] MAGIC = "LPKSHHRH".getBytes(StandardCharsets.US_ASCII);
  private static final int COMPACT = 16;

  /** XZ, LZ4, keyed hash, ZSTD, compact. Hashes are never looked up, so their kind is no matter. */
  private static final int KNOWN = 1 | 2 | 4 | 8 | COMPACT;

  static boolean begins(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Reads the header of {@code file}.
   *
   * @throws JournalException when there is none, it is cut off, or a flag says that the file cannot
   *     be read without knowing what the flag means
   */
  static JournalHeader of(JournalBytes file) throws JournalException {
    byte[] bytes = file.copy(0, (int) Math.min(MIN_SIZE, file.length()));
    if (!begins(bytes)) {
      throw new JournalException(
          "not a systemd journal: it does not begin with LPKSHHRH; name a .journal file");
    }
    if (bytes.length < MIN_SIZE) {
      throw new JournalException(
          "a systemd journal cut off inside its header, after "
              + bytes.length
              + " bytes; copy it again");
    }
    int incompatible = (int) LittleEndian.u32(bytes, 12);
    int unknown = incompatible & ~KNOWN;
    if (unknown != 0) {
      int bit = Integer.numberOfTrailingZeros(unknown);
      throw new JournalException(
          "a systemd journal with the unknown incompatible flag in bit "
              + bit
              + " (0x"
              + Integer.toHexString(1 << bit)
              + "), which only a newer program can read; export it with journalctl -o export");
    }
    return new JournalHeader(
        (incompatible & COMPACT) != 0,
        LittleEndian.id(bytes, 72),
        LittleEndian.u64(bytes, 88),
        LittleEndian.u64(bytes, 96),
        LittleEndian.u64(bytes, 152),
        LittleEndian.u64(bytes, 176));
  }

  /** Where the first object lies; the smallest possible place when the header's size is a lie. */
  long firstObject(long length) {
    return size >= MIN_SIZE && size <= length && size % 8 == 0 ? size : MIN_SIZE;
  }
}
