package dev.loganalyze.parse;

import dev.loganalyze.journal.Field;
import dev.loganalyze.journal.JournalEntry;
import dev.loganalyze.terminal.Mark;

/** One thing that was said: a view on a row of {@link Entries}. */
public final class Entry {
  /** {@link #micros()} of an entry that carries no time of its own. */
  public static final long NO_TIME = -1;

  private final Entries all;
  private final int index;

  Entry(Entries all, int index) {
    this.all = all;
    this.index = index;
  }

  /** Position in {@link Entries}, from 0. */
  public int index() {
    return index;
  }

  /** The 1-based raw line (ended by LF) this entry begins in. */
  public int line() {
    return all.line(index);
  }

  /** Offset of this entry's first raw byte. */
  public int rawStart() {
    int line = all.consoleLine[index];
    return firstOfLine() ? all.console.rawStart(line) : rawAt(line);
  }

  /** Offset of the first raw byte that prints: a return before it came with the line before. */
  int printsFrom() {
    byte[] raw = all.transcript.text();
    int at = rawStart();
    int end = rawEnd();
    while (at + 1 < end && raw[at] == '\r') {
      at++;
    }
    return at;
  }

  /** Offset after this entry's last raw byte: where the next entry begins, or the input ends. */
  public int rawEnd() {
    return index + 1 < all.size
        ? all.get(index + 1).rawStart()
        : all.console.rawEnd(all.consoleLine[index]);
  }

  private boolean firstOfLine() {
    return index == 0 || all.consoleLine[index - 1] != all.consoleLine[index];
  }

  private int rawAt(int line) {
    return all.console.rawOffset(line, all.from[index] - all.console.from(line));
  }

  /** Who said it. */
  public Origin origin() {
    return all.origin(index);
  }

  /** What sort of sentence it is. */
  public Shape shape() {
    return all.shape(index);
  }

  /** Microseconds on the boot's own clock (printk), or {@link #NO_TIME}. */
  public long micros() {
    return all.micros[index];
  }

  /**
   * When it was said by the calendar, microseconds since 1970 UTC, or {@link #NO_TIME}; in the year
   * 2000 where the stamp names none.
   */
  public long wall() {
    return all.wall[index];
  }

  /**
   * When it arrived at whoever recorded the log, in microseconds of that program's clock, or {@link
   * #NO_TIME}.
   */
  public long arrival() {
    return all.arrival[index];
  }

  /**
   * When the byte at {@code offset} of {@link #message()}'s bytes arrived, or {@link #NO_TIME};
   * known apart from {@link #arrival()} only where a chunk record tells of each byte.
   */
  public long arrival(int offset) {
    if (all.transcript.chunks() == null) {
      return arrival();
    }
    int line = all.consoleLine[index];
    int column = all.messageFrom[index] - all.console.from(line) + offset;
    return all.transcript.chunks().at(all.console.rawOffset(line, column));
  }

  /** The value of the last field {@code name} of the journal entry this is a line of, or empty. */
  public String field(String name) {
    JournalEntry record = all.record(index);
    Field field = record == null ? null : record.last(name);
    return field == null ? "" : field.text();
  }

  /** Another boot begins here, as the journal itself says. */
  public boolean beginsBoot() {
    return all.beginsBoot(index);
  }

  /** It is a further line of the message before. */
  public boolean further() {
    return (all.flags[index] & Entries.FURTHER) != 0;
  }

  /** The process that spoke, as in {@code ident[pid]: text}, or empty. */
  public String identifier() {
    return all.text(all.identFrom[index], all.identTo[index]);
  }

  /** The process id that spoke, or -1. */
  public int pid() {
    return all.pid[index];
  }

  /** What was said, without stamp, host, identifier or status word. */
  public String message() {
    return all.text(all.messageFrom(index), all.messageTo(index));
  }

  /** The whole plain text of this entry, with stamp and status word. */
  public String text() {
    return all.text(all.from[index], all.to[index]);
  }

  /**
   * What a job sentence is about, as printed: a unit's name, its description, or {@code name -
   * description}, perhaps with an ellipsis in the middle; for a prompt the command typed at it;
   * else empty. Of a journal's entry the unit that its fields name.
   */
  public String unit() {
    String named = all.named(index);
    return named != null ? named : all.text(all.unitFrom[index], all.unitTo[index]);
  }

  /** The same kernel line came just before, by a second console on the same wire. */
  public boolean repeated() {
    return all.repeated(index);
  }

  /** The kernel printed into this line before its end came. */
  public boolean interrupted() {
    return (all.flags[index] & Entries.INTERRUPTED) != 0;
  }

  /** It carries the time and host that syslog and {@code journalctl -o short} print. */
  public boolean logged() {
    return (all.flags[index] & Entries.LOGGED) != 0;
  }

  /** Whether the line this entry lies in carries {@code mark}. */
  public boolean has(Mark mark) {
    return all.console.has(all.consoleLine[index], mark);
  }

  /** Whether the line this entry lies in ends with a carriage return before its LF. */
  public boolean returned() {
    return all.console.returned(all.consoleLine[index]);
  }

  /** Whether that line ends with two carriage returns: the program that wrote it printed one. */
  public boolean returnedTwice() {
    return all.console.returnedTwice(all.consoleLine[index]);
  }

  @Override
  public String toString() {
    return line() + ": " + origin() + " " + shape() + " " + text();
  }
}
