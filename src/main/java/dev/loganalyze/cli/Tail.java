package dev.loganalyze.cli;

import java.io.Closeable;
import java.io.IOException;

/** The bytes of a log that is still written. */
interface Tail extends Closeable {
  /**
   * What has come.
   *
   * @param bytes perhaps none
   * @param anew whether all that came before is void: the log was begun again
   * @param ended whether no more can come
   * @param note what happened to the log, a sentence for the user; or empty
   */
  record Piece(byte[] bytes, boolean anew, boolean ended, String note) {
    static final Piece NOTHING = new Piece(new byte[0], false, false, "");
  }

  /**
   * What has come since the last call; does not wait.
   *
   * @throws IOException when the log cannot be read
   */
  Piece read() throws IOException;
}
