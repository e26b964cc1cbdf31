package dev.loganalyze.input;

/**
 * One input, opened: its bytes as they were before compression, and where they came from.
 *
 * @param path what is printed for it: the path as the user gave it, a path below a folder the user
 *     gave, or {@code -} for standard input
 * @param compression how the file was stored
 * @param storedBytes size of the file as it lies, in bytes
 * @param sha256 of the file as it lies, 64 lower-case hexadecimal digits, as {@code sha256sum}
 *     prints it
 * @param content the decompressed bytes; not copied, not to be written to
 * @param damage one sentence when only a part could be decompressed; empty when all is there
 * @param excerpt where the lines of {@code content} stood in a log that was too long to be held;
 *     null when {@code content} is all of it
 */
public record Source(
    String path,
    Compression compression,
    long storedBytes,
    String sha256,
    byte[] content,
    String damage,
    Excerpt excerpt) {

  /** A source that is held whole. */
  public Source(
      String path,
      Compression compression,
      long storedBytes,
      String sha256,
      byte[] content,
      String damage) {
    this(path, compression, storedBytes, sha256, content, damage, null);
  }

  /**
   * Where the lines of an excerpt stood.
   *
   * @param lineOf for each line of it the 1-based line of the log
   * @param alike for each line of it how many lines like it were left out after it
   * @param lastAlike the 1-based line of the last of those in the log; 0 when there is none
   */
  public record Excerpt(int[] lineOf, int[] alike, int[] lastAlike) {}

  /** How the bytes of an input were stored, told by its first bytes and never by its name. */
  public enum Compression {
    /** The bytes are the log. */
    NONE,
    /** RFC 1952. */
    GZIP,
    /** The .xz file format. */
    XZ,
    /** bzip2. */
    BZIP2,
    /** RFC 8878. */
    ZSTD
  }
}
