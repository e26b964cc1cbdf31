package dev.loganalyze.excerpt;

import dev.loganalyze.boot.Boots;
import dev.loganalyze.crash.CrashReports;
import dev.loganalyze.parse.LineScanner;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.rules.RuleMatcher;
import dev.loganalyze.session.Traces;
import dev.loganalyze.terminal.LineDecoder;
import dev.loganalyze.terminal.Mark;
import dev.loganalyze.transcript.Transcript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Finds the lines of a chunk that something is to be said of, by each line alone. */
final class Scan {
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private static final byte CONTROL = 1;
  private static final byte RETURN = 2;
  private static final byte NEWLINE = 4;

  /** Of each byte whether a terminal does more with it than print it. */
  private static final byte[] KINDS = kinds();

  private final RuleMatcher matcher;
  private final int reports;
  private final int sessions;
  private final LineScanner scanner;
  private final LineDecoder decoder = new LineDecoder();
  private final PatternSet.Scanner patterns;
  private final BitSet hits = new BitSet();

  /** Where the last line with a stamp begins in the chunk, and its number there; or -1. */
  private int stamped;

  private int stampedLine;

  private Scan(RuleMatcher matcher, PatternSet.Scanner patterns, byte[] head) {
    this.matcher = matcher;
    this.patterns = patterns;
    this.scanner = LineScanner.of(head);
    reports = matcher.expressions().size();
    sessions = reports + CrashReports.beginnings().size() + Traces.beginnings().size();
  }

  /** All that is looked for, in the order in which {@link #Scan} numbers it. */
  static PatternSet patterns(RuleMatcher matcher) {
    List<Expression> all = new ArrayList<>(matcher.expressions());
    all.addAll(CrashReports.beginnings());
    all.addAll(Traces.beginnings());
    all.addAll(Boots.sessions());
    all.addAll(Transcript.secretBeginnings());
    return new PatternSet(all);
  }

  /** A scan of a log that begins with {@code head}; for one thread. */
  static Scan of(RuleMatcher matcher, PatternSet patterns, byte[] head) {
    return new Scan(matcher, patterns.scanner(), head);
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

  void of(Chunk chunk) {
    byte[] bytes = chunk.bytes;
    int length = chunk.length;
    stamped = -1;
    int line = 0;
    int from = 0;
    while (from < length) {
      long ended = end(bytes, from, length);
      int at = (int) ended;
      int end = at;
      while (end > from && bytes[end - 1] == '\r') {
        end--;
      }
      int kinds = (int) (ended >>> 32);
      boolean plain = kinds == 0 || (kinds == RETURN && !returns(bytes, from, end));
      int next = Math.min(length, at + 1);
      Telling telling = plain ? plain(bytes, from, end, true, false) : decoded(bytes, from, next);
      if (telling != null) {
        tell(chunk, from, next, line, telling, plain);
      }
      if (!scanner.isAddition()) {
        stamped = from;
        stampedLine = line;
      }
      line++;
      from = next;
    }
    chunk.lines = line;
  }

  /** Where the line ends, before its LF, in the lower half; in the upper the kinds in it. */
  private static long end(byte[] bytes, int from, int length) {
    int at = from;
    int kinds = 0;
    while (at < length) {
      byte kind = KINDS[bytes[at] & 0xff];
      if (kind == NEWLINE) {
        break;
      }
      kinds |= kind;
      at++;
    }
    return (long) kinds << 32 | at;
  }

  private static boolean returns(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\r') {
        return true;
      }
    }
    return false;
  }

  private void tell(Chunk chunk, int from, int next, int line, Telling telling, boolean plain) {
    boolean withHead =
        scanner.isAddition()
            && telling != Telling.GOES_ON
            && telling != Telling.BOOTS
            && telling != Telling.GETS_UP;
    boolean headed = withHead && stamped >= 0;
    long key =
        plain
            ? key(chunk.bytes, from, next)
            : key(decoder.buffer(), decoder.from(0), decoder.to(0));
    chunk.add(headed ? stamped : from, next, headed ? stampedLine : line, line, telling, key);
  }

  private Telling decoded(byte[] bytes, int from, int to) {
    int count = decoder.decode(bytes, from, to);
    Telling most = null;
    for (int i = 0; i < count; i++) {
      boolean asks = decoder.has(i, Mark.PASTE_ON);
      most = weightier(most, plain(decoder.buffer(), decoder.from(i), decoder.to(i), i == 0, asks));
    }
    return most;
  }

  private static Telling weightier(Telling one, Telling other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  /**
   * What a plain line is.
   *
   * @param asks whether readline waits for a command behind it
   */
  private Telling plain(byte[] buffer, int from, int to, boolean first, boolean asks) {
    int records = scanner.read(buffer, from, to, first);
    if (scanner.isRemark()) {
      return Telling.BOOTS;
    }
    Telling most = scanner.isAddition() ? Telling.GOES_ON : null;
    for (int i = 0; i < records; i++) {
      boolean prompt = asks && i == 0 && scanner.shape(i) == Shape.TEXT;
      most = weightier(most, prompt ? Telling.PROMPT : byShape(scanner.shape(i)));
      most = weightier(most, byWords(buffer, i));
    }
    return most;
  }

  private Telling byWords(byte[] buffer, int i) {
    int from = scanner.messageFrom(i);
    int to = scanner.messageTo(i);
    if (from == to) {
      return null;
    }
    hits.clear();
    patterns.scan(buffer, from, to, hits);
    int other = hits.nextSetBit(reports);
    if (other >= 0) {
      return other < sessions ? Telling.REPORT : Telling.ASKED;
    }
    return matcher.mayAsk(hits, scanner.shape(i), scanner.origin(i), scanner.level(i))
        ? Telling.ASKED
        : null;
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
