package dev.loganalyze.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;

/** Takes what matters out of a log that is too long to be held. */
public interface Excerpter {
  /** Holds every log whole. */
  Excerpter NONE =
      new Excerpter() {
        @Override
        public int least() {
          return Integer.MAX_VALUE;
        }

        @Override
        public int from(byte[] head) {
          return Integer.MAX_VALUE;
        }

        @Override
        public boolean isByPlace(byte[] head) {
          return false;
        }

        @Override
        public Excerpted read(byte[] head, InputStream in) {
          throw new IllegalStateException("takes nothing");
        }

        @Override
        public Source.Excerpt open(FileChannel file) {
          throw new IllegalStateException("takes nothing");
        }
      };

  /** Every log with fewer bytes is held whole. */
  int least();

  /** Nor is one with so many lines, however short they are. */
  default int lines() {
    return Integer.MAX_VALUE;
  }

  /**
   * From so many bytes on the log that begins with {@code head} is not held whole: {@link #least}
   * or more; the largest number when it always is.
   */
  int from(byte[] head);

  /** Whether that log is not read from its beginning to its end, but here and there. */
  boolean isByPlace(byte[] head);

  /**
   * Reads {@code in}, which begins with {@code head}, to its end.
   *
   * @throws IOException when nothing of it can be read
   */
  Excerpted read(byte[] head, InputStream in) throws IOException;

  /** What stands for the log that {@code file} holds; it closes the file. */
  Source.Excerpt open(FileChannel file);

  /**
   * What was taken.
   *
   * @param text whole lines
   * @param excerpt all that was taken
   * @param bytes how many the log has, as far as it could be read
   * @param fault what ended it before its end; null when nothing did
   */
  record Excerpted(byte[] text, Source.Excerpt excerpt, long bytes, Exception fault) {}
}
