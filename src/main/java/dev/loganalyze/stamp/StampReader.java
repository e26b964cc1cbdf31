package dev.loganalyze.stamp;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads stamps of one {@link StampFormat}. Holds what it read last; not for use by several threads.
 */
public final class StampReader {
  private static final long MICROS = 1_000_000;
  private static final int YEARLESS = 2000;

  /** Longer stamps are not known again. */
  private static final int KNOWN_LENGTH = 40;

  private final StampFormat format;
  private final byte[] pattern;

  /** Whether the date is told by year, month and day. */
  private final boolean dated;

  private int knownMonth = -1;
  private long knownMonthBegan;

  /** The last month that was read, in letters, and its number. */
  private byte[] knownName = {};

  private int knownNumber;

  private int end;
  private long micros;

  /** The stamp that was read last, and the byte behind it, on which depends where it ends. */
  private final byte[] known = new byte[KNOWN_LENGTH];

  private int knownLength;

  private byte[] buffer;
  private int at;
  private int to;
  private int year;
  private int month;
  private int day;
  private long seconds;
  private long fraction;
  private long zone;

  /** A reader of stamps as {@code format} writes them. */
  public StampReader(StampFormat format) {
    this.format = format;
    this.pattern = format.pattern().getBytes(StandardCharsets.US_ASCII);
    this.dated = format.isWall() && !format.pattern().contains("%s");
  }

  /** What this reads. */
  public StampFormat format() {
    return format;
  }

  /** Whether a stamp stands at {@code from}; then {@link #end} and {@link #micros} tell of it. */
  public boolean read(byte[] theBuffer, int from, int theTo) {
    // Many lines are of the same second.
    int length = knownLength;
    if (length > 0
        && length <= theTo - from
        && Arrays.equals(theBuffer, from, from + length, known, 0, length)) {
      end = from + length - 1;
      return true;
    }
    return readAnew(theBuffer, from, theTo);
  }

  private boolean readAnew(byte[] theBuffer, int from, int theTo) {
    buffer = theBuffer;
    at = from;
    to = theTo;
    year = YEARLESS;
    month = 1;
    day = 1;
    seconds = 0;
    fraction = 0;
    zone = 0;
    for (int p = 0; p < pattern.length; p++) {
      boolean fits =
          pattern[p] == '%'
              ? directive((char) pattern[++p], p + 1 < pattern.length ? pattern[p + 1] : 0)
              : literal(pattern[p], p + 1 == pattern.length);
      if (!fits) {
        return false;
      }
    }
    end = at;
    long days = 0;
    if (dated) {
      if (month < 1 || month > 12 || day < 1 || day > 31) {
        return false;
      }
      days = monthBegan() + day - 1;
    }
    micros = (days * 86_400 + seconds - zone) * MICROS + fraction;
    knownLength = end < to && end - from < KNOWN_LENGTH ? end - from + 1 : 0;
    System.arraycopy(buffer, from, known, 0, knownLength);
    return true;
  }

  /** The day on which the month began, since 1970; most stamps are of the month before. */
  private long monthBegan() {
    int asked = 12 * year + month;
    if (asked != knownMonth) {
      knownMonth = asked;
      knownMonthBegan = LocalDate.of(year, month, 1).toEpochDay();
    }
    return knownMonthBegan;
  }

  /** Offset after the stamp that was read last. */
  public int end() {
    return end;
  }

  /**
   * The stamp that was read last, in microseconds: since 1970 UTC when the format {@link
   * StampFormat#isWall tells a time of day} (a year that is not there is 2000, a zone that is not
   * there is UTC), else since the boot or the capture began.
   */
  public long micros() {
    return micros;
  }

  /** A last blank may be missing where the line ends. */
  private boolean literal(byte c, boolean last) {
    if (at < to && buffer[at] == c) {
      at++;
      return true;
    }
    return last && c == ' ' && at == to;
  }

  private boolean directive(char directive, byte next) {
    return switch (directive) {
      case 'Y' -> (year = number(4, 4)) >= 0;
      case 'm' -> (month = number(2, 2)) >= 0;
      case 'd' -> (day = number(2, 2)) >= 0;
      case 'e' -> {
        boolean padded = at < to && buffer[at] == ' ';
        at += padded ? 1 : 0;
        yield (day = number(1, 2)) >= 0;
      }
      case 'H' -> below(24, 3600);
      case 'M' -> below(60, 60);
      case 'S' -> below(61, 1);
      case 'f' -> fraction();
      case 'b' -> (month = month()) > 0;
      case 'a' -> letters();
      case 'Z' -> zoneName();
      case 'z' -> offset();
      case 's' -> add(count(9, 10), 1);
      case 'u' -> micros(count(1, 18));
      case 'k' -> padded() && point();
      case 'i' -> signed();
      case 'x' -> beside();
      case 'N' -> blanks() && count(1, 18) >= 0;
      case 'W' -> word(next);
      case 'P' -> priority();
      case 'T' -> tag();
      case '_' -> blanks();
      default -> throw new IllegalArgumentException("no directive %" + directive);
    };
  }

  /** Two digits; a second may be a leap second. */
  private boolean below(int limit, long unit) {
    int number = number(2, 2);
    return number < limit && add(number, unit);
  }

  private boolean add(long number, long unit) {
    seconds += number * unit;
    return number >= 0;
  }

  private boolean micros(long number) {
    seconds = number / MICROS;
    fraction = number % MICROS;
    return number >= 0;
  }

  private int number(int least, int most) {
    return (int) count(least, most);
  }

  /** A decimal number of that many digits, or -1. */
  private long count(int least, int most) {
    long number = 0;
    int digits = 0;
    while (at < to && digits < most && StampFormat.isDigit(buffer[at])) {
      number = 10 * number + buffer[at++] - '0';
      digits++;
    }
    return digits < least || (at < to && StampFormat.isDigit(buffer[at])) ? -1 : number;
  }

  /** print_time() of kernel/printk/printk.c: "%5lu". */
  private boolean padded() {
    int start = at;
    blanks();
    return add(count(1, 12), 1) && at - start >= 5 && (at - start == 5 || buffer[start] != ' ');
  }

  /** Kernel lines of two processors may come out of order, and the time between them is below 0. */
  private boolean signed() {
    boolean negative = at < to && buffer[at] == '-';
    at += negative ? 1 : 0;
    boolean read = add(count(1, 10), 1) && point();
    if (negative) {
      seconds = -seconds;
      fraction = -fraction;
    }
    return read;
  }

  private boolean beside() {
    long keptSeconds = seconds;
    long keptFraction = fraction;
    boolean read = signed();
    seconds = keptSeconds;
    fraction = keptFraction;
    return read;
  }

  private boolean point() {
    if (at == to || buffer[at] != '.') {
      return false;
    }
    at++;
    return fraction();
  }

  private boolean fraction() {
    int digits = 0;
    long value = 0;
    while (at < to && StampFormat.isDigit(buffer[at])) {
      if (digits < 6) {
        value = 10 * value + buffer[at] - '0';
      }
      digits++;
      at++;
    }
    for (int i = digits; i < 6; i++) {
      value *= 10;
    }
    fraction = value;
    return digits > 0 && digits <= 9;
  }

  private boolean offset() {
    if (at < to && buffer[at] == 'Z') {
      at++;
      return true;
    }
    if (at + 5 > to || (buffer[at] != '+' && buffer[at] != '-')) {
      return false;
    }
    int sign = buffer[at++] == '-' ? -1 : 1;
    long hours = count2();
    at += at < to && buffer[at] == ':' ? 1 : 0;
    long minutes = count2();
    zone = sign * (hours * 3600 + minutes * 60);
    return hours >= 0 && minutes >= 0;
  }

  private long count2() {
    if (at + 2 > to || !StampFormat.isDigit(buffer[at]) || !StampFormat.isDigit(buffer[at + 1])) {
      return -1;
    }
    at += 2;
    return (buffer[at - 2] - '0') * 10L + buffer[at - 1] - '0';
  }

  /** UTC, CET, or an offset where the zone has no name. */
  private boolean zoneName() {
    if (at < to && (buffer[at] == '+' || buffer[at] == '-')) {
      return offset();
    }
    int start = at;
    while (at < to && buffer[at] >= 'A' && buffer[at] <= 'Z') {
      at++;
    }
    return at - start >= 3 && at - start <= 5;
  }

  private int month() {
    // Some locales pad what is a number to them: " 1\u6708".
    at += at < to && buffer[at] == ' ' ? 1 : 0;
    int start = at;
    while (at < to && at - start < 24 && buffer[at] != ' ' && buffer[at] != '.') {
      at++;
      if (at < to && StampFormat.isDigit(buffer[at]) && !StampFormat.isDigit(buffer[at - 1])) {
        // dmesg -H: [Nov23 12:03]
        break;
      }
    }
    if (!Arrays.equals(buffer, start, at, knownName, 0, knownName.length)) {
      knownName = Arrays.copyOfRange(buffer, start, at);
      String word = new String(knownName, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
      knownNumber = StampFormat.month(word);
    }
    at += at < to && buffer[at] == '.' ? 1 : 0;
    return knownNumber;
  }

  private boolean letters() {
    int start = at;
    while (at < to && at - start < 24 && StampFormat.isLetter(buffer[at])) {
      at++;
    }
    at += at > start && at < to && buffer[at] == '.' ? 1 : 0;
    return at > start;
  }

  /** Anything but blanks, up to the character that the pattern wants next. */
  private boolean word(byte next) {
    int start = at;
    while (at < to && buffer[at] > ' ' && buffer[at] != next && at - start < 64) {
      at++;
    }
    return at > start;
  }

  /** {@code "%-6s:%-6s:"} of print_record() in sys-utils/dmesg.c: facility and level. */
  private boolean priority() {
    for (int word = 0; word < 2; word++) {
      int start = at;
      while (at < to && at - start < 8 && buffer[at] >= 'a' && buffer[at] <= 'z') {
        at++;
      }
      boolean letters = at > start;
      while (at < to && at - start < 6 && buffer[at] == ' ') {
        at++;
      }
      if (!letters || at - start < 6 || at == to || buffer[at] != ':') {
        return false;
      }
      at++;
    }
    return true;
  }

  /** The tag of an Android log line, up to the number of the process. */
  private boolean tag() {
    int start = at;
    while (at < to && buffer[at] != '(' && at - start < 128) {
      at++;
    }
    return at > start;
  }

  private boolean blanks() {
    while (at < to && buffer[at] == ' ') {
      at++;
    }
    return true;
  }
}
