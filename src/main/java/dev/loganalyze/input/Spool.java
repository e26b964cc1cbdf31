package dev.loganalyze.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes that came as a stream, in a file in Java's folder for such ({@code java.io.tmpdir}), which
 * has no name any more where the system allows that, and else is deleted when it is closed.
 *
 * @param bytes how many there are
 * @param fault what ended the stream before its end; null when nothing did
 */
record Spool(FileChannel file, long bytes, Exception fault) {
  private static final int BLOCK = 1 << 18;

  /**
   * Reads {@code in} to its end.
   *
   * @param name what is printed for it
   * @throws InputException when there is no room for it
   */
  static Spool of(String name, InputStream in) throws InputException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    FileChannel file = null;
    try {
      Path path = Files.createTempFile(folder, "loganalyze-", ".spool");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      return copied(in, file);
    } catch (IOException e) {
      close(file);
      throw new InputException(
          name
              + ": could not be written to a file in "
              + Names.shown(folder.toString())
              + " ("
              + Names.reason(e)
              + "), which a long journal or zip needs that is compressed, comes from a pipe or lies"
              + " in an archive; unpack it first, or name another folder with"
              + " LOGANALYZE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
    }
  }

  private static Spool copied(InputStream in, FileChannel file) throws IOException {
    byte[] block = new byte[BLOCK];
    long bytes = 0;
    while (true) {
      int n;
      try {
        n = in.read(block);
      } catch (IOException | RuntimeException e) {
        // Decoders throw any RuntimeException on data that no encoder makes.
        return new Spool(file, bytes, e);
      }
      if (n < 0) {
        return new Spool(file, bytes, null);
      }
      for (ByteBuffer buffer = ByteBuffer.wrap(block, 0, n); buffer.hasRemaining(); ) {
        file.write(buffer);
      }
      bytes += n;
    }
  }

  private static void close(FileChannel file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // Nothing that was read of it is used.
    }
  }
}
