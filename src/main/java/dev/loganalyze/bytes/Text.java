package dev.loganalyze.bytes;

/** Text that is shown in part. */
public final class Text {
  private Text() {}

  /**
   * {@code text}, or its beginning and an ellipsis where it has more than {@code most} characters
   * (of UTF-16). No character beyond them is cut in two.
   */
  public static String ellipsized(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    return text.substring(0, end - (Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0))
        + "\u2026";
  }
}
