package dev.loganalyze.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Spans of time as systemd writes them: {@code 1min 30s}, {@code 14.961s}, {@code 852ms}.
 *
 * @see <a
 *     href="https://www.freedesktop.org/software/systemd/man/systemd.time.html">systemd.time(7);
 *     format_timespan() in src/basic/time-util.c</a>
 */
public final class Timespan {
  /** No span of time. */
  public static final long NONE = -1;

  private static final String[] NAMES = {"y", "month", "w", "d", "h", "min", "s", "ms", "us"};
  private static final long[] MICROS = {
    31_557_600_000_000L,
    2_629_800_000_000L,
    604_800_000_000L,
    86_400_000_000L,
    3_600_000_000L,
    60_000_000L,
    1_000_000L,
    1_000L,
    1L
  };

  /** Longer ones are no waits of a boot, and would not fit a sum. */
  private static final double LONGEST = 1e15;

  private Timespan() {}

  /** Microseconds, or {@link #NONE} when {@code text} is no span, as {@code no limit}. */
  public static long parse(String text) {
    double sum = 0;
    int at = 0;
    int words = 0;
    while (at < text.length()) {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      int number = at;
      while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      int unit = at;
      while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
        at++;
      }
      long micros = unit(text.substring(unit, at));
      if (unit == number || unit - number > 18 || micros < 0) {
        return at == text.length() && number == at && words > 0 ? Math.round(sum) : NONE;
      }
      try {
        sum += Double.parseDouble(text.substring(number, unit)) * micros;
      } catch (NumberFormatException e) {
        return NONE;
      }
      words++;
    }
    return words == 0 || sum > LONGEST ? NONE : Math.round(sum);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long unit(String name) {
    for (int i = 0; i < NAMES.length; i++) {
      if (NAMES[i].equals(name)) {
        return MICROS[i];
      }
    }
    return -1;
  }

  /** As systemd-analyze prints it, to the millisecond: {@code 1min 387ms}, {@code 14.961s}. */
  public static String format(long micros) {
    if (micros <= 0) {
      return "0";
    }
    if (micros < 1000) {
      return micros + "us";
    }
    long millis = micros / 1000;
    if (millis < 1000) {
      return millis + "ms";
    }
    List<String> parts = new ArrayList<>();
    long rest = millis;
    for (int i = 3; i <= 5; i++) {
      long size = MICROS[i] / 1000;
      if (rest >= size) {
        parts.add(rest / size + NAMES[i]);
        rest %= size;
      }
    }
    if (rest >= 1000 && rest % 1000 == 0) {
      parts.add(rest / 1000 + "s");
    } else if (rest >= 1000) {
      parts.add(rest / 1000 + "." + Long.toString(1000 + rest % 1000).substring(1) + "s");
    } else if (rest > 0) {
      parts.add(rest + "ms");
    }
    return String.join(" ", parts);
  }
}
