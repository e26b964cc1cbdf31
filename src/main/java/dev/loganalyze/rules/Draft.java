package dev.loganalyze.rules;

/** A rule to begin with, made of one line of a log. */
public final class Draft {
  private Draft() {}

  /**
   * A rule file for lines like {@code text}: its constant words are kept, numbers and addresses are
   * generalised, and the line is its first case.
   *
   * @param id {@code family.name}
   * @param text the whole line, without escape sequences
   * @param message what of it was said, without stamp and speaker
   * @param origin who said it, in the words of rules
   */
  public static String of(String id, String text, String message, String origin) {
    String pattern = generalised(message.strip());
    return "id: "
        + id
        + "\ntitle: "
        + quoted("What happened: say it in one sentence")
        + "\nseverity: warning\nmatch:\n  - pattern: "
        + quoted(pattern)
        + "\n    origin: "
        + origin
        + "\nexplain: |\n  What the message means, and why it arises.\n"
        + "advice: What to do next.\ncauses: []\nreferences: []\ncases:\n  - log: "
        + quoted(text.strip())
        + "\n    finds: {}\n  - log: "
        + quoted("The most similar line that is no fault.")
        + "\n    finds: none\n";
  }

  /** RE2 for {@code message} with every number, hexadecimal or not, open. */
  private static String generalised(String message) {
    StringBuilder pattern = new StringBuilder("^");
    int at = 0;
    while (at < message.length()) {
      if (message.startsWith("0x", at) && at + 2 < message.length()) {
        pattern.append("0x");
        at += 2;
      }
      int end = at;
      while (end < message.length() && Character.digit(message.charAt(end), 16) >= 0) {
        end++;
      }
      boolean wordBefore = at > 0 && Character.isLetter(message.charAt(at - 1));
      boolean wordAfter = end < message.length() && Character.isLetter(message.charAt(end));
      boolean digits = message.substring(at, end).chars().allMatch(Character::isDigit);
      boolean prefixed = end > at && message.substring(0, at).endsWith("0x");
      if (prefixed || (end - at >= 8 && !wordBefore && !wordAfter)) {
        pattern.append("[0-9a-f]+");
        at = end;
      } else if (end > at && digits) {
        pattern.append("\\d+");
        at = end;
      } else {
        char c = message.charAt(at++);
        pattern.append("\\.[]{}()*+?^$|".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c));
      }
    }
    return pattern.append('$').toString();
  }

  /** A YAML scalar in single quotes. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted.append(c == '\'' ? "''" : Character.isISOControl(c) ? " " : String.valueOf(c));
    }
    return quoted.append('\'').toString();
  }
}
