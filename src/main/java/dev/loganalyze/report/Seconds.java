package dev.loganalyze.report;

import java.math.BigDecimal;

/** Microseconds written as seconds, without floating point. */
final class Seconds {
  /** In minutes. */
  private static final int DAY = 24 * 60;

  private Seconds() {}

  /** A plain JSON number of seconds with at most six decimals: {@code 38.2}. */
  static String exact(long micros) {
    return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
  }

  /**
   * For a person, rounded: {@code 412 ms}, {@code 38.2 s}, {@code 1 min 26.7 s}, {@code 3 h 12
   * min}, {@code 9 d 9 h}.
   */
  static String rounded(long micros) {
    if (micros < 0) {
      return "-" + rounded(-micros);
    }
    long millis = (micros + 500) / 1000;
    if (millis < 1000) {
      return millis + " ms";
    }
    long tenths = (micros + 50_000) / 100_000;
    long minutes = tenths / 600;
    if (minutes >= 2 * DAY) {
      long hours = (minutes + 30) / 60;
      return hours / 24 + " d " + hours % 24 + " h";
    }
    if (minutes >= 2 * 60) {
      return minutes / 60 + " h " + minutes % 60 + " min";
    }
    String seconds = tenths % 600 / 10 + "." + tenths % 10 + " s";
    return minutes == 0 ? seconds : minutes + " min " + seconds;
  }
}
