package dev.loganalyze.diagnosis;

/** Text without what differs from run to run. */
final class LineShapes {
  private LineShapes() {}

  /**
   * {@code text} in which every run of digits, and every hexadecimal number of eight digits or
   * more, is one zero: pids, addresses, stamps and counters differ from run to run.
   */
  static String of(String text) {
    StringBuilder shape = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int end = i;
      boolean digitsOnly = true;
      while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
        digitsOnly &= Character.isDigit(text.charAt(end));
        end++;
      }
      if (end > i && (digitsOnly || end - i >= 8)) {
        shape.append('0');
        i = end;
      } else {
        end = Math.max(end, i + 1);
        shape.append(text, i, end);
        i = end;
      }
    }
    return shape.toString();
  }
}
