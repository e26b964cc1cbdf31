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
 */
public record Source(
    String path,
    Compression compression,
    long storedBytes,
    String sha256,
    byte[] content,
    String damage) {

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
