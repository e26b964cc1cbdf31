package dev.loganalyze.diagnosis;

/** Text without what differs from run to run. */
final class LineShapes {
  /** From so many digits on, a hexadecimal number is one, and no part of a name. */
  private static final int LONG = 8;

  private LineShapes() {}

  /**
   * {@code text} in which every run of digits, and every hexadecimal number of eight digits or
   * more, is one zero: pids, addresses, stamps and counters differ from run to run.
   */
  static String of(String text) {
    StringBuilder shape = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int hexadecimal = end(text, i, 16);
      int digits = end(text, i, 10);
      if (hexadecimal - i >= LONG || digits > i) {
        shape.append('0');
        i = hexadecimal - i >= LONG ? hexadecimal : digits;
      } else {
        shape.append(text.charAt(i++));
      }
    }
    return shape.toString();
  }

  private static int end(String text, int from, int radix) {
    int end = from;
    while (end < text.length() && Character.digit(text.charAt(end), radix) >= 0) {
      end++;
    }
    return end;
  }
}
