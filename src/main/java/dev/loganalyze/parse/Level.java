package dev.loganalyze.parse;

import dev.loganalyze.journal.Field;
import dev.loganalyze.journal.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * How much the kernel itself says a line of its weighs, the heaviest first; {@code KERN_EMERG} to
 * {@code KERN_DEBUG} of include/linux/kern_levels.h, in the words of dmesg.
 */
public enum Level {
  EMERG,
  ALERT,
  CRIT,
  ERR,
  WARN,
  NOTICE,
  INFO,
  DEBUG;

  private static final Level[] LEVELS = values();

  /** As dmesg and syslog(3) call it. */
  private final String word = name().toLowerCase(Locale.ROOT);

  /**
   * The level of entry {@code i}, or null: the log does not tell it, or the kernel did not say it.
   */
  public static Level of(Entries entries, int i) {
    int priority = entries.origin(i) == Origin.KERNEL ? priority(entries, i) : -1;
    return priority >= 0 && priority < LEVELS.length ? LEVELS[priority] : null;
  }

  /** Whether the log tells that a program wrote entry {@code i} to {@code /dev/kmsg}. */
  public static boolean isOfProgram(Entries entries, int i) {
    return priority(entries, i) >= LEVELS.length;
  }

  /** As in syslog(3): facility * 8 + level, the kernel's facility is 0; or -1. */
  private static int priority(Entries entries, int i) {
    JournalEntry record = entries.record(i);
    if (record != null) {
      return priority(record);
    }
    return priority(entries.buffer(), entries.from[i], entries.messageFrom(i));
  }

  /** The level that the fields of {@code record} tell of what the kernel says, or null. */
  public static Level of(JournalEntry record) {
    int priority = priority(record);
    return priority >= 0 && priority < LEVELS.length ? LEVELS[priority] : null;
  }

  private static int priority(JournalEntry record) {
    int facility = Math.max(0, number(record.last("SYSLOG_FACILITY")));
    int level = number(record.last("PRIORITY"));
    return level < 0 ? -1 : LEVELS.length * facility + level;
  }

  /** The number of at most three digits that the field holds, or -1. */
  private static int number(Field field) {
    return field == null || field.length() > 3 ? -1 : (int) field.number();
  }

  /** The level that stands before a message of the kernel, in {@code [from, to)}, or null. */
  static Level of(byte[] buffer, int from, int to) {
    int priority = priority(buffer, from, to);
    return priority >= 0 && priority < LEVELS.length ? LEVELS[priority] : null;
  }

  private static int priority(byte[] buffer, int from, int to) {
    if (from < to && buffer[from] == '<') {
      return number(buffer, from + 1, to, '>');
    }
    if (from < to && Character.isLetterOrDigit(buffer[from])) {
      int decoded = decoded(buffer, from, to);
      return decoded >= 0 ? decoded : record(buffer, from, to);
    }
    return -1;
  }

  /** {@code kern :err : }, as {@code dmesg -x} prints it; any facility but the kernel's is 1. */
  private static int decoded(byte[] buffer, int from, int to) {
    int first = find(buffer, from, to, ':');
    int second = first < 0 ? -1 : find(buffer, first + 1, to, ':');
    String name = second < 0 ? "" : word(buffer, first + 1, second).toLowerCase(Locale.ROOT);
    Level level = called(name);
    if (level == null) {
      return -1;
    }
    boolean kernel = word(buffer, from, first).equals("kern");
    return level.ordinal() + (kernel ? 0 : LEVELS.length);
  }

  /** The level that dmesg and syslog(3) call {@code word}, or null. */
  static Level called(String word) {
    for (Level level : LEVELS) {
      if (level.word.equals(word)) {
        return level;
      }
    }
    return null;
  }

  /**
   * {@code 3,236,1288402,-;}, as {@code /dev/kmsg} has it; netconsole may put the release first.
   */
  private static int record(byte[] buffer, int from, int to) {
    int priority = number(buffer, from, to, ',');
    int comma = find(buffer, from, to, ',');
    return priority >= 0 || comma < 0 ? priority : number(buffer, comma + 1, to, ',');
  }

  private static String word(byte[] buffer, int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.US_ASCII).strip();
  }

  /** The number of at most three digits that ends with {@code end}, or -1. */
  private static int number(byte[] buffer, int from, int to, char end) {
    int value = 0;
    int at = from;
    while (at < to && at - from < 3 && buffer[at] >= '0' && buffer[at] <= '9') {
      value = 10 * value + buffer[at++] - '0';
    }
    return at > from && at < to && buffer[at] == end ? value : -1;
  }

  private static int find(byte[] buffer, int from, int to, char wanted) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
