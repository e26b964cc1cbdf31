package dev.loganalyze.input;

import java.io.IOException;
import java.io.InputStream;

/** Takes the lines that matter out of a log that is too long to be held, while it is read. */
public interface Excerpter {
  /** Holds every log whole. */
  Excerpter NONE =
      new Excerpter() {
        @Override
        public int from() {
          return Integer.MAX_VALUE;
        }

        @Override
        public int lines() {
          return Integer.MAX_VALUE;
        }

        @Override
        public boolean takes(byte[] head) {
          return false;
        }

        @Override
        public Excerpted read(InputStream in) {
          throw new IllegalStateException("takes nothing");
        }
      };

  /** From so many bytes on a log is not held whole. */
  int from();

  /** Nor is it from so many lines on, however short they are. */
  int lines();

  /** Whether it can be done with the log that begins with {@code head}. */
  boolean takes(byte[] head);

  /**
   * Reads {@code in} to its end.
   *
   * @throws IOException when nothing of it can be read
   */
  Excerpted read(InputStream in) throws IOException;

  /**
   * What was taken.
   *
   * @param text whole lines, as they came
   * @param excerpt where they stood
   * @param bytes how many the log has, as far as it could be read
   * @param fault what ended it before its end; null when nothing did
   */
  record Excerpted(byte[] text, Source.Excerpt excerpt, long bytes, Exception fault) {}
}
