package dev.loganalyze.session;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words and operators of a line of shell (POSIX.1-2017, 2.3 Token Recognition), without
 * expansions; and words as a line of shell must have them.
 */
public final class ShellWords {
  /** {@code 2>/dev/null}, {@code >}, {@code &>file}, {@code <<<word}. */
  private static final Pattern REDIRECTION =
      Pattern.compile("^(?:(\\d*)(>>|>&|>\\||>|<<<|<<|<&|<>|<)|(&)>>?)");

  /** What stands before a word; an operator stands as it is. */
  private static final char WORD = 'w';

  /** What no shell expands, splits or takes for an operator, in any place of a line. */
  private static final Pattern PLAIN = Pattern.compile("^[A-Za-z0-9_@%+:,./-]+$");

  private ShellWords() {}

  /**
   * {@code text} as one word of a command that somebody may copy, whatever a log put into it:
   * between single quotes unless it is plain (POSIX.1-2017, 2.2.2). What quotes do not keep from
   * harm is written as systemd escapes it in unit names: a hyphen at the begin, by which {@code
   * -Hmallory} would be an option; backticks, in which commands are shown; control characters.
   */
  public static String quoted(String text) {
    boolean option = text.startsWith("-") && !text.startsWith("-.");
    if (text.isEmpty() || (!option && PLAIN.matcher(text).matches())) {
      return text;
    }
    StringBuilder word = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        word.append("'\\''");
      } else if (c == '`' || Character.isISOControl(c) || (option && i == 0)) {
        word.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
      } else {
        word.append(c);
      }
    }
    return word.append('\'').toString();
  }

  /**
   * The tokens of {@code line}: operators as they are, words behind a {@code w}.
   *
   * @param most so many tokens are read
   */
  static List<String> of(String line, int most) {
    List<String> tokens = new ArrayList<>();
    StringBuilder word = null;
    int at = 0;
    while (at < line.length() && tokens.size() < most) {
      char c = line.charAt(at);
      boolean redirects = c == '&' && isRedirected(line, at, word);
      if (c == '\'' || c == '"') {
        word = word == null ? new StringBuilder() : word;
        at = quoted(line, at, word);
      } else if (c == '\\' && at + 1 < line.length()) {
        word = word == null ? new StringBuilder() : word;
        word.append(line.charAt(at + 1));
        at += 2;
      } else if (!redirects && ";|&()\n".indexOf(c) >= 0) {
        word = flush(word, tokens);
        boolean twice = at + 1 < line.length() && line.charAt(at + 1) == c;
        tokens.add(twice && (c == '|' || c == '&') ? "" + c + c : "" + c);
        at += twice && (c == '|' || c == '&') ? 2 : 1;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        word = flush(word, tokens);
        at++;
      } else {
        word = word == null ? new StringBuilder() : word;
        word.append(c);
        at++;
      }
    }
    flush(word, tokens);
    return tokens;
  }

  static boolean isOperator(String token) {
    return token.charAt(0) != WORD;
  }

  /** Where the target of the redirection {@code word} begins in it; -1 when it is none. */
  static int redirection(String word) {
    Matcher matcher = REDIRECTION.matcher(word);
    return matcher.find() ? matcher.end() : -1;
  }

  /** Whether the redirection {@code word} takes the output away; {@code 2>&1} does not. */
  static boolean isOutput(String word) {
    Matcher matcher = REDIRECTION.matcher(word);
    if (!matcher.find()) {
      return false;
    }
    String fd = matcher.group(1);
    boolean all = matcher.group(3) != null;
    boolean out = all || (matcher.group(2).startsWith(">") && (fd.isEmpty() || fd.equals("1")));
    return out && !word.substring(matcher.end()).equals("2");
  }

  private static boolean isRedirected(String line, int at, StringBuilder word) {
    boolean before = word != null && word.length() > 0 && word.charAt(word.length() - 1) == '>';
    boolean after = at + 1 < line.length() && line.charAt(at + 1) == '>';
    return before || after;
  }

  private static int quoted(String line, int at, StringBuilder word) {
    char quote = line.charAt(at);
    int end = at + 1;
    while (end < line.length() && line.charAt(end) != quote) {
      if (quote == '"' && line.charAt(end) == '\\' && end + 1 < line.length()) {
        end++;
      }
      word.append(line.charAt(end++));
    }
    return end + 1;
  }

  private static StringBuilder flush(StringBuilder word, List<String> tokens) {
    if (word != null) {
      tokens.add(WORD + word.toString());
    }
    return null;
  }
}
