package dev.loganalyze.excerpt;

import dev.loganalyze.bytes.Words;
import dev.loganalyze.crash.CrashReports;
import dev.loganalyze.parse.Level;
import dev.loganalyze.parse.LineScanner;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.rules.RuleMatcher;
import dev.loganalyze.terminal.LineDecoder;
import dev.loganalyze.terminal.Mark;
import java.util.Arrays;
import java.util.BitSet;

/** Finds the lines of a chunk that something is to be said of, by each line alone. */
final class Scan {
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private static final Shape[] SHAPES = Shape.values();
  private static final Origin[] ORIGINS = Origin.values();
  private static final Level[] LEVELS = Level.values();

  /** So many records are looked at together, for a chunk may have half a million short lines. */
  private static final int RECORDS = 1 << 14;

  private static final byte CONTROL = 1;
  private static final byte RETURN = 2;
  private static final byte NEWLINE = 4;

  private static final long BLANKS = Words.ONES * ' ';
  private static final long DELETES = 0x7f7f7f7f7f7f7f7fL;
  private static final long ELLIPSES = 0xa6a6a6a6a6a6a6a6L;

  /** Of each byte whether a terminal does more with it than print it. */
  private static final byte[] KINDS = kinds();

  private final RuleMatcher matcher;
  private final int reports;
  private final int sessions;
  private final LineScanner scanner;
  private final LineDecoder decoder = new LineDecoder();

  /** Not given back: its tables take megabytes, for which the answer has a use. */
  private final PatternSet.Scanner patterns;

  private final BitSet hits = new BitSet();
  private final Records records = new Records();

  // Where in a chunk the reading is.

  /** The line that comes next, from 0, and where it begins. */
  private int line;

  private int from;

  /** The last line that goes on with no other, and where it begins; -1 before the first. */
  private int head;

  private int headFrom;

  /** Those of the lines of the chunk; null when they are of none. */
  private PackedEntries entries;

  private Scan(RuleMatcher matcher, LineScanner scanner) {
    this.matcher = matcher;
    patterns = matcher.sought().patterns().scanner();
    this.scanner = scanner;
    reports = matcher.sought().firstReport();
    sessions = matcher.sought().firstSession();
  }

  /** A scan of a log that begins with {@code head}; for one thread. */
  static Scan of(RuleMatcher matcher, byte[] head) {
    return new Scan(matcher, LineScanner.of(head));
  }

  /** A scan of the lines of journal entries; for one thread. */
  static Scan ofEntries(RuleMatcher matcher) {
    return new Scan(matcher, LineScanner.ofEntries());
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    Arrays.fill(kinds, 0, 0x20, CONTROL);
    kinds[0x7f] = CONTROL;
    // The last byte of an ellipsis, behind which half an escape sequence may stand.
    kinds[0xa6] = CONTROL;
    kinds['\t'] = 0;
    kinds['\r'] = RETURN;
    kinds['\n'] = NEWLINE;
    return kinds;
  }

  /** Adds to {@code chunk} what is told of its lines. */
  void of(Chunk chunk) {
    entries = chunk.entries;
    line = 0;
    from = 0;
    head = -1;
    headFrom = -1;
    while (from < chunk.length) {
      records.clear();
      read(chunk);
      patterns.suspect(chunk.bytes, records.from, records.to, records.count, records.suspects);
      tell(chunk);
    }
    chunk.lines = line;
  }

  /** Adds to {@code chunk} what is told of the lines that were read. */
  private void tell(Chunk chunk) {
    int i = 0;
    while (i < records.count) {
      int of = records.line[i];
      Telling most = entries == null ? null : entries.telling(of);
      int first = i;
      while (i < records.count && records.line[i] == of) {
        most = weightier(most, records.telling[i]);
        most = weightier(most, records.from[i] < records.to[i] ? byWords(chunk.bytes, i) : null);
        i++;
      }
      if (most != null) {
        tell(chunk, first, most);
      }
    }
  }

  /** Reads on in {@code chunk}, at most so many lines as have {@link #RECORDS}. */
  private void read(Chunk chunk) {
    byte[] bytes = chunk.bytes;
    int length = chunk.length;
    while (from < length && records.count < RECORDS) {
      long ended = end(bytes, from, length);
      int at = (int) ended;
      int end = at;
      while (end > from && bytes[end - 1] == '\r') {
        end--;
      }
      int kinds = (int) (ended >>> 32);
      int next = Math.min(length, at + 1);
      int first = records.count;
      if (end == from && !scanner.hasStamps()) {
        // A blank line of a console says nothing, and a hostile log may have millions.
        chunk.setOfKernel(line++, false);
        from = next;
        continue;
      }
      boolean printed = kinds == 0 || (kinds == RETURN && !returns(bytes, from, end));
      boolean kernel = printed ? plain(bytes, from, end, line) : decoded(bytes, from, next, line);
      chunk.setOfKernel(line, kernel);
      boolean goesOn = scanner.isAddition() && !scanner.isRemark();
      for (int i = first; i < records.count; i++) {
        records.line[i] = line;
        records.lineFrom[i] = from;
        records.lineTo[i] = next;
        records.head[i] = goesOn ? head : -1;
        records.headFrom[i] = headFrom;
      }
      if (!scanner.isAddition()) {
        head = line;
        headFrom = from;
      }
      line++;
      from = next;
    }
  }

  /** Where the line ends, before its LF, in the lower half; in the upper the kinds in it. */
  private static long end(byte[] bytes, int from, int length) {
    int at = from;
    int kinds = 0;
    while (at < length) {
      int word = at;
      while (word + Long.BYTES <= length && isPlain(Words.at(bytes, word))) {
        word += Long.BYTES;
      }
      int to = Math.min(length, word + Long.BYTES);
      for (at = word; at < to; at++) {
        byte kind = KINDS[bytes[at] & 0xff];
        if (kind == NEWLINE) {
          return (long) kinds << 32 | at;
        }
        // Nearly every return stands where a line ends, and does nothing there.
        kinds |= kind == RETURN && at + 1 < length && bytes[at + 1] == '\n' ? 0 : kind;
      }
    }
    return (long) kinds << 32 | at;
  }

  /** Whether all of eight bytes are of the kind 0; it may be denied for others. */
  private static boolean isPlain(long word) {
    return Words.isPrintable(word) || isPlainText(word);
  }

  /** By the borrows of a subtraction (Mycroft's test for a zero byte). */
  private static boolean isPlainText(long word) {
    long delete = word ^ DELETES;
    long ellipsis = word ^ ELLIPSES;
    long below =
        (word - BLANKS & ~word)
            | (delete - Words.ONES & ~delete)
            | (ellipsis - Words.ONES & ~ellipsis);
    return (below & Words.HIGHS) == 0;
  }

  private static boolean returns(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\r') {
        return true;
      }
    }
    return false;
  }

  private void tell(Chunk chunk, int i, Telling telling) {
    boolean headed = records.head[i] >= 0 && telling.kept > 0;
    int from = records.lineFrom[i];
    int to = records.lineTo[i];
    int line = records.line[i];
    chunk.add(
        headed ? records.headFrom[i] : from,
        to,
        headed ? records.head[i] : line,
        line,
        telling,
        key(chunk.bytes, from, to));
  }

  /**
   * Adds the records of a line that a terminal prints as it is; whether the kernel may speak in it.
   */
  private boolean plain(byte[] bytes, int from, int to, int line) {
    int count = scanner.read(bytes, from, to, true);
    if (scanner.isRemark()) {
      add(Telling.BOOTS, 0, 0);
      return false;
    }
    for (int r = 0; r < count; r++) {
      Shape shape = shape(r, line);
      int i = add(byShape(shape), scanner.messageFrom(r), scanner.messageTo(r));
      records.shape[i] = (byte) shape.ordinal();
      records.origin[i] = (byte) scanner.origin(r).ordinal();
      Level level = level(r, line);
      records.level[i] = (byte) (level == null ? -1 : level.ordinal());
    }
    return isOfKernel(bytes, count);
  }

  /** Whether the kernel may speak in one of the records, as {@link CrashReports} takes it. */
  private boolean isOfKernel(byte[] bytes, int count) {
    for (int r = 0; r < count; r++) {
      int from = scanner.messageFrom(r);
      if (scanner.origin(r) == Origin.KERNEL
          || CrashReports.mayBeStamped(bytes, from, scanner.messageTo(r))) {
        return true;
      }
    }
    return false;
  }

  private Shape shape(int r, int line) {
    return entries == null || r > 0 ? scanner.shape(r) : entries.shape(line, scanner.shape(r));
  }

  private Level level(int r, int line) {
    boolean told = entries != null && scanner.origin(r) == Origin.KERNEL;
    return told ? entries.level(line) : scanner.level(r);
  }

  private int add(Telling telling, int from, int to) {
    int i = records.add();
    records.telling[i] =
        scanner.isAddition() && !scanner.isRemark() ? weightier(telling, Telling.GOES_ON) : telling;
    records.from[i] = from;
    records.to[i] = to;
    return i;
  }

  /**
   * Adds one record of a line that a terminal changes; its words are looked at here. As {@link
   * #plain}.
   */
  private boolean decoded(byte[] bytes, int from, int to, int line) {
    int count = decoder.decode(bytes, from, to);
    byte[] buffer = decoder.buffer();
    Telling most = null;
    boolean kernel = false;
    for (int l = 0; l < count; l++) {
      int read = scanner.read(buffer, decoder.from(l), decoder.to(l), l == 0);
      kernel |= isOfKernel(buffer, read);
      for (int r = 0; r < read; r++) {
        // Only readline switches bracketed paste on, and only when it waits for a command.
        boolean asks = r == 0 && decoder.has(l, Mark.PASTE_ON);
        Shape shape = shape(r, line);
        most = weightier(most, asks && shape == Shape.TEXT ? Telling.PROMPT : byShape(shape));
        hits.clear();
        patterns.scan(buffer, scanner.messageFrom(r), scanner.messageTo(r), hits);
        most = weightier(most, byHits(shape, scanner.origin(r), level(r, line)));
      }
    }
    if (scanner.isRemark()) {
      most = Telling.BOOTS;
    }
    add(most, 0, 0);
    return kernel;
  }

  private static Telling weightier(Telling one, Telling other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  private Telling byWords(byte[] bytes, int i) {
    hits.clear();
    if (records.suspects[i]) {
      patterns.scan(bytes, records.from[i], records.to[i], hits);
    }
    return byHits(
        SHAPES[records.shape[i]],
        ORIGINS[records.origin[i]],
        records.level[i] < 0 ? null : LEVELS[records.level[i]]);
  }

  private Telling byHits(Shape shape, Origin origin, Level level) {
    int other = hits.nextSetBit(reports);
    if (other >= 0) {
      return other < sessions ? Telling.REPORT : Telling.ASKED;
    }
    return matcher.mayAsk(hits, shape, origin, level) ? Telling.ASKED : null;
  }

  private static Telling byShape(Shape shape) {
    return switch (shape) {
      case BLANK, REMARK, TEXT -> null;
      case FIRMWARE_BANNER, LOADER_BANNER, KERNEL_BANNER -> Telling.BOOTS;
      case MANAGER_BANNER -> Telling.GETS_UP;
      case LOGIN_PROMPT, STARTUP_FINISHED, EMERGENCY -> Telling.IS_UP;
      case PANIC, REBOOT, POWER_OFF, SHUTDOWN -> Telling.GOES_DOWN;
      case SHELL_PROMPT, LOADER_PROMPT, INITRD_PROMPT, PASSWORD_PROMPT -> Telling.PROMPT;
      default -> Telling.SAID;
    };
  }

  // ---- what is alike ----------------------------------------------------------------------------

  /** FNV-1a with 64 bits; all words in which there is a digit count as one. */
  private static long key(byte[] bytes, int from, int to) {
    long key = FNV_BASIS;
    long before = key;
    boolean number = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == ' ') {
        key = ((number ? before ^ '0' : key) * FNV_PRIME ^ b) * FNV_PRIME;
        before = key;
        number = false;
      } else {
        number |= b >= '0' && b <= '9';
        key = (key ^ b) * FNV_PRIME;
      }
    }
    return number ? (before ^ '0') * FNV_PRIME : key;
  }
}
