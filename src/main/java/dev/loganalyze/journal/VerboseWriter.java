package dev.loganalyze.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/** {@code -o verbose}: time and cursor, then all fields as stored. */
final class VerboseWriter implements JournalWriter {
  private static final int INDENT = 4;

  private final Stamp stamp;

  VerboseWriter(ZoneId zone) {
    this.stamp = Stamp.fullPrecise(zone);
  }

  @Override
  public void write(JournalEntry entry, OutputStream out) throws IOException {
    Text.ascii(stamp.of(entry) + " [" + entry.cursor() + "]\n", out);
    for (Field field : entry.fields()) {
      if (!field.hasValidName()) {
        continue;
      }
      out.write(("    " + field.name() + "=").getBytes(StandardCharsets.US_ASCII));
      if (Printable.isText(field)) {
        int width = INDENT + field.name().length() + 1;
        Text.lines(field.buffer(), field.from(), field.to(), width, out);
        if (field.length() == 0) {
          out.write('\n');
        }
      } else {
        Text.ascii("[" + Text.size(field.length()) + " blob data]\n", out);
      }
    }
  }
}
