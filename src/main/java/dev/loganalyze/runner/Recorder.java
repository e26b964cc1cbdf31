package dev.loganalyze.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * Writes down what a console prints, and when: the bytes as they come, and for each read a line
 * {@code seconds offset length} (see {@code transcript/Chunks}). A thread of its own reads, and
 * does nothing else, so that the time of a read is that of the bytes. Both files hold all that was
 * read even if this process is killed.
 */
final class Recorder {
  private final InputStream in;
  private final OutputStream log;
  private final OutputStream chunks;
  private final Console console;
  private final long start;
  private final Thread thread = new Thread(this::read, "console");
  private long offset;

  /**
   * Prepares the files.
   *
   * @param in what the console prints
   * @param log gets its bytes
   * @param chunks gets the times
   * @param console gets its bytes, too
   */
  Recorder(InputStream in, Path log, Path chunks, Console console) throws IOException {
    this.in = in;
    this.log = Files.newOutputStream(log);
    this.chunks = Files.newOutputStream(chunks);
    this.console = console;
    Instant now = Instant.now();
    this.start = System.nanoTime();
    String head = "# host_start_utc\t" + now + "\n# seconds_since_start\toffset\tlen\n";
    this.chunks.write(head.getBytes(StandardCharsets.UTF_8));
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits until all was read; false when the console is still open at the limit. */
  boolean join(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  /** How many bytes were read; to be asked after {@link #join}. */
  long length() {
    return offset;
  }

  private void read() {
    byte[] buffer = new byte[1 << 16];
    try (log;
        chunks) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        long now = System.nanoTime();
        log.write(buffer, 0, n);
        chunks.write(line(now - start, offset, n).getBytes(StandardCharsets.US_ASCII));
        offset += n;
        console.arrived(buffer, n, now);
      }
    } catch (IOException e) {
      console.broke(e.getMessage());
    } finally {
      console.ended();
    }
  }

  private static String line(long nanos, long offset, int length) {
    long micros = nanos / 1000;
    return String.format(
        Locale.ROOT, "%d.%06d\t%d\t%d\n", micros / 1_000_000, micros % 1_000_000, offset, length);
  }
}
