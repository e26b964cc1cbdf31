package dev.loganalyze.journal;

import java.io.IOException;
import java.io.OutputStream;

/** Prints entries in one of the formats of journalctl (systemd {@code src/shared/logs-show.c}). */
public interface JournalWriter {
  /**
   * Prints {@code entry}, or nothing when the format has nothing to say of it.
   *
   * @param out is written to in small pieces and not flushed
   * @throws IOException when {@code out} throws it
   */
  void write(JournalEntry entry, OutputStream out) throws IOException;
}
