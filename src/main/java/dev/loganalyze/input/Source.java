package dev.loganalyze.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;

/**
 * One input, opened: its bytes as they were before compression, and where they came from.
 *
 * @param path what is printed for it: the path as the user gave it, a path below a folder the user
 *     gave, or {@code -} for standard input
 * @param compression how the file was stored
 * @param storedBytes size of the file as it lies, in bytes
 * @param sha256 of the file as it lies, 64 lower-case hexadecimal digits, as {@code sha256sum}
 *     prints it; empty if it was not asked for
 * @param content the decompressed bytes; not copied, not to be written to
 * @param damage one sentence when only a part could be decompressed; empty when all is there
 * @param excerpt what stands for a log that was too long to be held, of which {@code content} are
 *     some lines or the beginning; null when {@code content} is all of it
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
   * What stands for a log that was too long to be held; what it is, the {@link Excerpter} knows
   * that made it.
   */
  public interface Excerpt {
    /** Lets go of what it holds open. */
    default void close() {}
  }

  /** What stands for a log that stays a file. */
  public interface OpenFile extends Excerpt {
    /** The file. */
    FileChannel file();

    @Override
    default void close() {
      try {
        file().close();
      } catch (IOException e) {
        throw new UncheckedIOException("a file that was only read can be closed", e);
      }
    }
  }

  /** Lets go of what stands for the log, which cannot be read any more then. */
  public void close() {
    if (excerpt != null) {
      excerpt.close();
    }
  }

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
