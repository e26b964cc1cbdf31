package dev.loganalyze.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard input, which stays open: behind its number Java may keep a file of its own. */
public final class StandardInput extends FilterInputStream {
  private static final Path LINK = Path.of("/proc/self/fd/0");

  private StandardInput(InputStream in) {
    super(in);
  }

  /**
   * Standard input.
   *
   * @throws IOException when whoever started the program had closed it: then a file of Java's is
   *     found in its place
   */
  public static InputStream open() throws IOException {
    Path java = Path.of(System.getProperty("java.home")).toRealPath();
    if (Files.isSymbolicLink(LINK) && Files.readSymbolicLink(LINK).startsWith(java)) {
      throw new IOException("standard input is closed");
    }
    return new StandardInput(System.in);
  }

  @Override
  public void close() {}
}
