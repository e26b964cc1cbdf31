package dev.loganalyze.parse;

/**
 * The longest piece of text that every match of a regular expression must contain.
 *
 * <p>Reads RE2 syntax from left to right and gives up a run at whatever it does not know to be
 * plain: a missed literal costs time, a wrong one would cost a finding.
 */
public final class Literals {
  private Literals() {}

  /** The literal, or the empty string when there is none to rely on. */
  public static String longest(String regex) {
    if (regex.startsWith("(?i)")) {
      return "";
    }
    String best = "";
    StringBuilder run = new StringBuilder();
    int i = 0;
    while (i < regex.length()) {
      char c = regex.charAt(i);
      int next = i + 1;
      boolean plain = false;
      switch (c) {
        case '|' -> {
          return "";
        }
        case '(' -> next = afterGroup(regex, i);
        case '[' -> next = afterClass(regex, i);
        case '\\' -> {
          next = Math.min(regex.length(), i + 2);
          char escaped = i + 1 < regex.length() ? regex.charAt(i + 1) : 'x';
          if (!Character.isLetterOrDigit(escaped)) {
            plain = true;
            c = escaped;
          }
        }
        case '.', '^', '$', '*', '?', '+', '{' -> next = c == '{' ? after(regex, i, '}') : i + 1;
        default -> plain = true;
      }
      if (plain) {
        boolean optional = next < regex.length() && "*?{".indexOf(regex.charAt(next)) >= 0;
        boolean repeated = next < regex.length() && regex.charAt(next) == '+';
        if (!optional) {
          run.append(c);
        }
        plain = !optional && !repeated;
      }
      if (!plain) {
        best = longer(best, run);
        run.setLength(0);
      }
      i = next;
    }
    return longer(best, run);
  }

  private static String longer(String best, StringBuilder run) {
    return run.length() > best.length() ? run.toString() : best;
  }

  private static int afterGroup(String regex, int open) {
    int depth = 0;
    int i = open;
    while (i < regex.length()) {
      char c = regex.charAt(i);
      if (c == '\\') {
        i += 2;
        continue;
      }
      if (c == '[') {
        i = afterClass(regex, i);
        continue;
      }
      if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i + 1;
      }
      i++;
    }
    return regex.length();
  }

  private static int afterClass(String regex, int open) {
    int i = open + 1;
    if (i < regex.length() && regex.charAt(i) == '^') {
      i++;
    }
    if (i < regex.length() && regex.charAt(i) == ']') {
      i++;
    }
    while (i < regex.length() && regex.charAt(i) != ']') {
      i += regex.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(regex.length(), i + 1);
  }

  private static int after(String regex, int from, char close) {
    int end = regex.indexOf(close, from);
    return end < 0 ? regex.length() : end + 1;
  }
}
