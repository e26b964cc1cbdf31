package dev.loganalyze.parse;

import dev.loganalyze.terminal.ConsoleText;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
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
  int size;
  int[] consoleLine = new int[1024];
  int[] from = new int[1024];
  int[] to = new int[1024];
  long[] micros = new long[1024];
  byte[] origin = new byte[1024];
  byte[] shape = new byte[1024];
  byte[] flags = new byte[1024];
  int[] messageFrom = new int[1024];
  int[] unitFrom = new int[1024];
  int[] unitTo = new int[1024];
  int[] identFrom = new int[1024];
  int[] identTo = new int[1024];
  int[] pid = new int[1024];

  /** Flag: the same kernel line came before, from a second console on the same wire. */
  static final byte REPEATED = 1;

  /** Flag: the line carries the time and host that syslog and journalctl print. */
  static final byte LOGGED = 4;

  /** Flag: the kernel printed into this line before it was ended. */
  static final byte INTERRUPTED = 2;

  Entries(ConsoleText console) {
    this.console = console;
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
    return console.rawLine(consoleLine[i]);
  }

  /** {@link Entry#repeated()} of entry {@code i}, without making a view of it. */
  public boolean repeated(int i) {
    return (flags[i] & REPEATED) != 0;
  }

  /** {@link Entry#micros()} of entry {@code i}, without making a view of it. */
  public long micros(int i) {
    return micros[i];
  }

  /** Where the message of entry {@code i} begins in {@link #buffer()}. */
  public int messageFrom(int i) {
    return messageFrom[i];
  }

  /** Where the message of entry {@code i} ends in {@link #buffer()}, exclusive. */
  public int messageTo(int i) {
    return to[i];
  }

  String text(int start, int end) {
    return new String(console.buffer(), start, end - start, StandardCharsets.UTF_8);
  }

  private static final Shape[] SHAPES = Shape.values();
  private static final Origin[] ORIGINS = Origin.values();

  /** Appends an entry with no identifier, unit or time; the caller fills these columns in. */
  int add(int line, int start, int end) {
    if (size == from.length) {
      grow();
    }
    int i = size++;
    consoleLine[i] = line;
    from[i] = start;
    to[i] = end;
    messageFrom[i] = start;
    micros[i] = Entry.NO_TIME;
    pid[i] = -1;
    return i;
  }

  private void grow() {
    int n = size + (size >> 1);
    consoleLine = Arrays.copyOf(consoleLine, n);
    from = Arrays.copyOf(from, n);
    to = Arrays.copyOf(to, n);
    micros = Arrays.copyOf(micros, n);
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
