package dev.loganalyze.parse;

import dev.loganalyze.stamp.StampFormat;
import dev.loganalyze.terminal.ConsoleText;
import dev.loganalyze.terminal.Terminal;
import dev.loganalyze.transcript.Transcript;
import java.util.List;

/**
 * Tells of one plain line after the other what {@link LineParser} would make of it, as far as the
 * line alone says it, and keeps nothing. For one thread.
 */
public final class LineScanner {
  private final Envelope envelope;
  private final LineReader reader;

  /** Somewhere lines do not say whose they are. */
  private final boolean unsaid;

  private byte[] buffer;
  private int to;
  private List<Plan.Part> parts;
  private boolean addition;
  private boolean remark;

  private LineScanner(Envelope envelope, boolean unsaid, LineParser.Engine engine) {
    this.envelope = envelope;
    this.unsaid = unsaid;
    reader = new LineReader(envelope, engine);
  }

  /** A scanner of the lines of the log that begins with {@code head}. */
  public static LineScanner of(byte[] head) {
    return of(head, LineParser.Engine.TABLE);
  }

  /** A scanner of the lines of the log that begins with {@code head}, by {@code engine}. */
  public static LineScanner of(byte[] head, LineParser.Engine engine) {
    ConsoleText console = Terminal.read(head);
    Entries entries = LineParser.parse(Transcript.console(head));
    return new LineScanner(Envelope.of(console), entries.unsaid, engine);
  }

  /** Whether the lines have a stamp of their own, so that one without goes on with another. */
  public boolean hasStamps() {
    return envelope.hasStamps();
  }

  /** A scanner of the lines that journalctl prints of entries. */
  public static LineScanner ofEntries() {
    return new LineScanner(Envelope.journal(), false, LineParser.Engine.TABLE);
  }

  /** Whether a line's time is told by all lines before it: {@code dmesg -d}. */
  public boolean countsUp() {
    return envelope.countsUp();
  }

  /**
   * Reads the plain line {@code theBuffer[from, theTo)}.
   *
   * @param first whether it is the first of its raw line
   * @return how many records are in it; the other methods tell of them until the next call
   */
  public int read(byte[] theBuffer, int from, int theTo, boolean first) {
    buffer = theBuffer;
    to = theTo;
    envelope.read(buffer, from, first ? to : from);
    int begin = envelope.begin;
    addition = envelope.stamp == null && first && envelope.hasStamps();
    remark = addition && LineParser.isRemark(buffer, begin, to);
    parts = reader.read(buffer, begin, to);
    if (unsaid && parts.size() == 1 && parts.get(0).isPlain()) {
      parts = reader.asManager(buffer, begin, to);
      if (parts.get(0).shape == Shape.TEXT) {
        parts = reader.asKernel(buffer, begin, to);
      }
    }
    return parts.size();
  }

  /** Whether the line has no stamp where the others have one. */
  public boolean isAddition() {
    return addition;
  }

  /** Whether the line is a remark of journalctl, such as {@code -- Boot … --}. */
  public boolean isRemark() {
    return remark;
  }

  /** What sort of sentence record {@code i} is. */
  public Shape shape(int i) {
    return parts.get(i).shape;
  }

  /** Who says record {@code i}. */
  public Origin origin(int i) {
    return parts.get(i).origin;
  }

  /** Where the message of record {@code i} begins. */
  public int messageFrom(int i) {
    int message = parts.get(i).message;
    return message < 0 ? end(i) : Math.min(reader.tokens.starts[message], end(i));
  }

  /** Where the message of record {@code i} ends, as {@link Entries#messageTo(int)} tells. */
  public int messageTo(int i) {
    return Entries.messageTo(buffer, messageFrom(i), end(i), shape(i));
  }

  private int end(int i) {
    return i + 1 < parts.size() ? reader.tokens.starts[parts.get(i + 1).first] : to;
  }

  /** The level of record {@code i}, or null where the line does not tell it. */
  public Level level(int i) {
    boolean journal =
        envelope.stamp != null && envelope.stamp.format().kind() == StampFormat.Kind.JOURNAL;
    return origin(i) == Origin.KERNEL && i == 0 && !journal
        ? Level.of(buffer, envelope.begin, messageFrom(i))
        : null;
  }
}
