package dev.loganalyze.parse;

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

  /**
   * The level of entry {@code i}, or null: the log does not tell it, or somebody else spoke, as a
   * program does that writes to {@code /dev/kmsg}.
   */
  public static Level of(Entries entries, int i) {
    if (entries.origin(i) != Origin.KERNEL) {
      return null;
    }
    JournalEntry record = entries.record(i);
    if (record != null) {
      return ofPriority(number(entries.get(i).field("PRIORITY")));
    }
    byte[] buffer = entries.buffer();
    int from = entries.from[i];
    int to = entries.messageFrom(i);
    if (from >= to) {
      return null;
    }
    if (buffer[from] == '<') {
      return ofPriority(number(buffer, from + 1, to, '>'));
    }
    if (Character.isLetterOrDigit(buffer[from])) {
      Level decoded = decoded(buffer, from, to);
      return decoded != null ? decoded : record(buffer, from, to);
    }
    return null;
  }

  /** {@code kern :err : }, as {@code dmesg -x} prints it. */
  private static Level decoded(byte[] buffer, int from, int to) {
    int first = find(buffer, from, to, ':');
    int second = first < 0 ? -1 : find(buffer, first + 1, to, ':');
    if (second < 0 || !word(buffer, from, first).equals("kern")) {
      return null;
    }
    String name = word(buffer, first + 1, second).toUpperCase(Locale.ROOT);
    for (Level level : LEVELS) {
      if (level.name().equals(name)) {
        return level;
      }
    }
    return null;
  }

  /**
   * {@code 3,236,1288402,-;}, as {@code /dev/kmsg} has it; netconsole may put the release first.
   */
  private static Level record(byte[] buffer, int from, int to) {
    int priority = number(buffer, from, to, ',');
    int comma = find(buffer, from, to, ',');
    return ofPriority(priority >= 0 || comma < 0 ? priority : number(buffer, comma + 1, to, ','));
  }

  /** The level in a priority of syslog(3), which is facility * 8 + level; the kernel is 0. */
  private static Level ofPriority(int priority) {
    return priority >= 0 && priority < LEVELS.length ? LEVELS[priority] : null;
  }

  private static String word(byte[] buffer, int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.US_ASCII).strip();
  }

  private static int number(String digits) {
    return digits.length() == 1 && Character.isDigit(digits.charAt(0))
        ? digits.charAt(0) - '0'
        : -1;
  }

  /** The number that ends with {@code end}, or -1. */
  private static int number(byte[] buffer, int from, int to, char end) {
    int at = find(buffer, from, Math.min(to, from + 5), end);
    return at < 0 ? -1 : number(word(buffer, from, at));
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
