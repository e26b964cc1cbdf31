package dev.loganalyze.journal;

import java.io.IOException;
import java.io.OutputStream;

/** {@code -o cat}: the message and nothing else. */
final class CatWriter implements JournalWriter {
  @Override
  public void write(JournalEntry entry, OutputStream out) throws IOException {
    Field message = entry.first("MESSAGE");
    if (message != null) {
      out.write(message.buffer(), message.from(), message.length());
      out.write('\n');
    }
  }
}
