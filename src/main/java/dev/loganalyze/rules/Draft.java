package dev.loganalyze.rules;

import java.util.Locale;

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

  /** A YAML scalar: in single quotes where all of it can be shown, else in double ones. */
  private static String quoted(String text) {
    if (text.codePoints().anyMatch(Draft::isHidden) || text.contains("##")) {
      return escaped(text);
    }
    StringBuilder quoted = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted.append(c == '\'' ? "''" : Character.isISOControl(c) ? " " : String.valueOf(c));
    }
    return quoted.append('\'').toString();
  }

  /** YAML 1.2, 5.7: what a terminal or a CI job would take for a command stands as an escape. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder("\"");
    int before = 0;
    for (int c : text.codePoints().toArray()) {
      if (c == '"' || c == '\\') {
        escaped.append('\\').appendCodePoint(c);
      } else if (isHidden(c) || Character.isISOControl(c) || (c == '#' && before == '#')) {
        escaped.append(String.format(Locale.ROOT, "\\U%08x", c));
      } else {
        escaped.appendCodePoint(c);
      }
      before = c;
    }
    return escaped.append('"').toString();
  }

  private static boolean isHidden(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || (c & 0xfffe) == 0xfffe;
  }
}
