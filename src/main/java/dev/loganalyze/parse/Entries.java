package dev.loganalyze.parse;

import dev.loganalyze.journal.Damage;
import dev.loganalyze.journal.JournalEntry;
import dev.loganalyze.stamp.StampFormat.Kind;
import dev.loganalyze.terminal.ConsoleText;
import dev.loganalyze.transcript.Secret;
import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The entries of one log, in columns, in the order of the log.
 *
 * <p>Their raw spans tile the input as those of the {@link ConsoleText} do: a line into which the
 * kernel printed gives two entries, every other line one. {@link Entry} objects are views made on
 * demand.
 */
public final class Entries extends AbstractList<Entry> implements RandomAccess {
  final ConsoleText console;
  final Transcript transcript;
  private String format;
  private Kind stamps;
  int size;
  int[] consoleLine = {};
  int[] from = {};
  int[] to = {};
  long[] micros = {};
  long[] wall = {};
  long[] arrival = {};
  byte[] origin = {};
  byte[] shape = {};
  byte[] flags = {};
  int[] messageFrom = {};
  int[] unitFrom = {};
  int[] unitTo = {};
  int[] identFrom = {};
  int[] identTo = {};
  int[] pid = {};

  /** Flag: the same kernel line came before, from a second console on the same wire. */
  static final byte REPEATED = 1;

  /** Flag: the line carries the time and host that syslog and journalctl print. */
  static final byte LOGGED = 4;

  /** Flag: the kernel printed into this line before it was ended. */
  static final byte INTERRUPTED = 2;

  /** Flag: another boot begins here, as the journal itself says. */
  static final byte BEGINS_BOOT = 8;

  /** Flag: a further line of the message before. */
  static final byte FURTHER = 16;

  /** Units that fields of a journal name; null while none does. */
  private String[] units;

  /** Whether no machine speaks in it, but the program that drove one. */
  public boolean isOfHarness() {
    return transcript.isHarness();
  }

  /** The bytes that were parsed; not to be written to. */
  public byte[] raw() {
    return transcript.text();
  }

  /**
   * @param stamps who stamped the lines of the log itself; null where nobody did
   */
  Entries(ConsoleText console, Transcript transcript, String format, Kind stamps) {
    this.console = console;
    this.transcript = transcript;
    this.format = format;
    this.stamps = stamps;
    // There are as many as lines, and some more where the kernel prints into one.
    resize(console.size());
  }

  /**
   * What the log was taken for: the transcript's format, and the names of the stamps before its
   * lines, outermost first, as in {@code console, ts} or {@code short-iso}.
   */
  public String format() {
    return format;
  }

  /** Makes them the entries of a journal without stamps and names: {@code journalctl -o cat}. */
  void isCat() {
    stamps = Kind.JOURNAL;
    format = format.replaceFirst("^console", "cat");
  }

  /** Whether somewhere lines do not say whose they are, so that only their words tell. */
  boolean unsaid;

  /**
   * Whether entry {@code i} may be the kernel's though it does not say so: without stamps
   * (printk.time=0) its lines look like those of everybody once userspace has started.
   */
  public boolean mayBeKernel(int i) {
    return unsaid && origin(i) == Origin.CONSOLE && shape(i) == Shape.TEXT;
  }

  /** See {@link #hasReceiveTimes}. */
  boolean receiveTimes;

  /** Whether the kernel's lines carried the time at which journald took them in, and lost it. */
  public boolean hasReceiveTimes() {
    return receiveTimes;
  }

  /** Whether these are the entries of a journal or a syslog file, and not of a console. */
  public boolean isJournal() {
    return stamps == Kind.JOURNAL || stamps == Kind.SYSLOG;
  }

  /**
   * Whether they are what dmesg or its kin made of the kernel's ring buffer, with a stamp of their
   * own.
   */
  public boolean isDmesg() {
    return stamps == Kind.KERNEL;
  }

  /** How many lines the log has; a last one without LF counts. */
  public int lines() {
    return transcript.lineOf() == null
        ? console.rawLines()
        : transcript.lineOf().length == 0 ? 0 : transcript.lineOf()[transcript.lineOf().length - 1];
  }

  /** How many lines of the log are not among these, as they only said what others had said. */
  public int omitted() {
    return transcript.alike() == null ? 0 : lines() - console.rawLines();
  }

  /** Whether lines of the log that stood right before that of entry {@code i} are left out. */
  public boolean followsOmission(int i) {
    int textLine = textLine(i);
    return transcript.alike() != null
        && textLine > 1
        && transcript.line(textLine) - transcript.line(textLine - 1) > 1;
  }

  /** How many lines like that of entry {@code i} were left out after it. */
  public int alike(int i) {
    return transcript.alike() == null ? 0 : transcript.alike().count()[textLine(i) - 1];
  }

  /** The 1-based line of the last one like that of entry {@code i}; its own when there is none. */
  public int lastAlike(int i) {
    int last = transcript.alike() == null ? 0 : transcript.alike().lastLine()[textLine(i) - 1];
    return Math.max(last, line(i));
  }

  /** What was masked in the log, by line of its text, which {@link #textLine} tells of an entry. */
  public List<Secret> secrets() {
    return transcript.secrets();
  }

  /** The 1-based line of the text that entry {@code i} stands in. */
  public int textLine(int i) {
    return console.rawLine(consoleLine[i]);
  }

  /** What of the log could not be read. */
  public List<Damage> damage() {
    return transcript.damage();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Entry get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return new Entry(this, index);
  }

  /** The plain text these entries lie in. */
  public ConsoleText console() {
    return console;
  }

  /** The plain bytes of all lines, in which {@link #messageFrom} and its kin are offsets. */
  public byte[] buffer() {
    return console.buffer();
  }

  /** The shape of entry {@code i}, without making a view of it. */
  public Shape shape(int i) {
    return SHAPES[shape[i]];
  }

  /** The origin of entry {@code i}, without making a view of it. */
  public Origin origin(int i) {
    return ORIGINS[origin[i]];
  }

  /** {@link Entry#line()} of entry {@code i}, without making a view of it. */
  public int line(int i) {
    return transcript.line(console.rawLine(consoleLine[i]));
  }

  /** {@link Entry#repeated()} of entry {@code i}, without making a view of it. */
  public boolean repeated(int i) {
    return (flags[i] & REPEATED) != 0;
  }

  /** {@link Entry#micros()} of entry {@code i}, without making a view of it. */
  public long micros(int i) {
    return micros[i];
  }

  /** {@link Entry#wall()} of entry {@code i}, without making a view of it. */
  public long wall(int i) {
    return wall[i];
  }

  /**
   * Since when entry {@code i} may have waited for who recorded it, on the clock of {@link
   * #arrival}; the same as that where the recorder was at its place.
   */
  public long earliest(int i) {
    return transcript.chunks() == null
        ? arrival[i]
        : transcript.chunks().earliest(get(i).printsFrom());
  }

  /** {@link Entry#arrival()} of entry {@code i}, without making a view of it. */
  public long arrival(int i) {
    return arrival[i];
  }

  /** {@link Entry#beginsBoot()} of entry {@code i}, without making a view of it. */
  public boolean beginsBoot(int i) {
    return (flags[i] & BEGINS_BOOT) != 0;
  }

  /** The journal entry that entry {@code i} is a line of, or null. */
  public JournalEntry record(int i) {
    return transcript.record(console.rawLine(consoleLine[i]));
  }

  /** Whether a process says entry {@code i} and names itself. */
  boolean hasIdent(int i) {
    return identTo[i] > identFrom[i];
  }

  /** Makes {@code unit} the unit of entry {@code i}. */
  void name(int i, String unit) {
    units = units == null ? new String[from.length] : units;
    units[i] = unit;
  }

  /** The unit that a field of the journal names for entry {@code i}, or null. */
  String named(int i) {
    return units == null ? null : units[i];
  }

  /** Where the message of entry {@code i} begins in {@link #buffer()}. */
  public int messageFrom(int i) {
    return messageFrom[i];
  }

  /**
   * Where the message of entry {@code i} ends in {@link #buffer()}, exclusive: without the blanks
   * with which some pad their lines, if it is of no known shape.
   */
  public int messageTo(int i) {
    return messageTo(buffer(), messageFrom[i], to[i], shape(i));
  }

  /** Where the message {@code buffer[from, to)} ends without what pads it. */
  static int messageTo(byte[] buffer, int from, int to, Shape shape) {
    int end = to;
    while (shape == Shape.TEXT && end > from && buffer[end - 1] == ' ') {
      end--;
    }
    return end;
  }

  String text(int start, int end) {
    return new String(console.buffer(), start, end - start, StandardCharsets.UTF_8);
  }

  private static final Shape[] SHAPES = Shape.values();
  private static final Origin[] ORIGINS = Origin.values();

  /** Appends an entry with no identifier, unit or time; the caller fills these columns in. */
  int add(int line, int start, int end) {
    if (size == from.length) {
      resize(size + (size >> 3) + 16);
    }
    int i = size++;
    consoleLine[i] = line;
    from[i] = start;
    to[i] = end;
    messageFrom[i] = start;
    micros[i] = Entry.NO_TIME;
    wall[i] = Entry.NO_TIME;
    arrival[i] = Entry.NO_TIME;
    pid[i] = -1;
    return i;
  }

  /** Makes room for {@code n} entries. */
  private void resize(int n) {
    consoleLine = Arrays.copyOf(consoleLine, n);
    from = Arrays.copyOf(from, n);
    to = Arrays.copyOf(to, n);
    micros = Arrays.copyOf(micros, n);
    wall = Arrays.copyOf(wall, n);
    arrival = Arrays.copyOf(arrival, n);
    units = units == null ? null : Arrays.copyOf(units, n);
    origin = Arrays.copyOf(origin, n);
    shape = Arrays.copyOf(shape, n);
    flags = Arrays.copyOf(flags, n);
    messageFrom = Arrays.copyOf(messageFrom, n);
    unitFrom = Arrays.copyOf(unitFrom, n);
    unitTo = Arrays.copyOf(unitTo, n);
    identFrom = Arrays.copyOf(identFrom, n);
    identTo = Arrays.copyOf(identTo, n);
    pid = Arrays.copyOf(pid, n);
  }
}
