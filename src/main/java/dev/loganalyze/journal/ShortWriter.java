package dev.loganalyze.journal;

import java.io.IOException;
import java.io.OutputStream;

/** {@code -o short} and its kin: time, host, who said it, and the message. */
final class ShortWriter implements JournalWriter {
  /** Names as long as this are left out. */
  private static final int THRESHOLD = 300;

  private final Stamp stamp;
  private final boolean units;

  /**
   * @param units whether the unit stands in the place of the identifier, as {@code -o with-unit}
   *     has it
   */
  ShortWriter(Stamp stamp, boolean units) {
    this.stamp = stamp;
    this.units = units;
  }

  @Override
  public void write(JournalEntry entry, OutputStream out) throws IOException {
    Field stored = entry.last("MESSAGE");
    if (stored == null) {
      return;
    }
    String time = stamp.of(entry);
    Text.ascii(time, out);
    int width = time.length();
    width += write(" ", shown(entry, "_HOSTNAME"), "", out);
    width += speaker(entry, out);
    Field pid = shown(entry, "_PID");
    width += write("[", pid == null ? shown(entry, "SYSLOG_PID") : pid, "]", out);
    Text.ascii(": ", out);
    Field message = PlainText.of(stored);
    if (!Printable.isText(message)) {
      Text.ascii("[" + Text.size(message.length()) + " blob data]\n", out);
    } else if (message.length() == 0) {
      out.write('\n');
    } else {
      Text.lines(message.buffer(), message.from(), message.to(), width + 2, out);
    }
  }

  private int speaker(JournalEntry entry, OutputStream out) throws IOException {
    if (units) {
      Field unit = shown(entry, "_SYSTEMD_UNIT");
      Field userUnit = shown(entry, "_SYSTEMD_USER_UNIT");
      if (unit != null || userUnit != null) {
        return write(" ", unit, "", out) + write(unit == null ? " " : "/", userUnit, "", out);
      }
    }
    Field identifier = shown(entry, "SYSLOG_IDENTIFIER");
    Field name = identifier == null ? shown(entry, "_COMM") : identifier;
    if (name == null) {
      Text.ascii(" unknown", out);
      return 0;
    }
    return write(" ", name, "", out);
  }

  /** The field as journalctl prints it in a line; null when it does not. */
  private static Field shown(JournalEntry entry, String name) {
    Field field = entry.last(name);
    return field == null || field.length() >= THRESHOLD || !Printable.isText(field) ? null : field;
  }

  /** Writes {@code field} between its marks; nothing, of no width, when it is null. */
  private static int write(String before, Field field, String after, OutputStream out)
      throws IOException {
    if (field == null) {
      return 0;
    }
    Text.ascii(before, out);
    out.write(field.buffer(), field.from(), field.length());
    Text.ascii(after, out);
    return before.length() + field.length() + after.length();
  }
}
