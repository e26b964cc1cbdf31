package dev.loganalyze.boot;

/**
 * The times in a line of systemd's spinner, {@code (1min 2s / no limit)}: {@code
 * manager_print_jobs_in_progress()} in src/core/manager.c.
 *
 * @param elapsed since the job was enqueued
 * @param limit after which it times out
 */
public record SpinnerTimes(String elapsed, String limit) {
  /** Those in {@code message}, or null where they are cut off. */
  public static SpinnerTimes in(String message) {
    for (int open = message.indexOf('('); open >= 0; open = message.indexOf('(', open + 1)) {
      int slash = end(message, open + 1);
      int close = end(message, slash + 1);
      if (message.startsWith(" / ", slash - 1)
          && message.startsWith(")", close)
          && slash > open + 2
          && close > slash + 2) {
        return new SpinnerTimes(
            message.substring(open + 1, slash - 1).strip(),
            message.substring(slash + 2, close).strip());
      }
    }
    return null;
  }

  /** Where the words that spans of time are made of end. */
  private static int end(String message, int from) {
    int at = from;
    while (at < message.length() && isOfSpan(message.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isOfSpan(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == ' ';
  }
}
