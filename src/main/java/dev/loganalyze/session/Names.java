package dev.loganalyze.session;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Shape;

/** Who is at a prompt, and where, as logins and prompts name them. */
final class Names {
  /** {@code root@debvm:~#}, {@code [nixos@nixos:~]$}, {@code mira@lean ~}. */
  private static final Pattern USER_AT_HOST =
      Pattern.compile("^\\[?([A-Za-z_][\\w.-]*)@([\\w.-]+)(?:[:\\] ]|$)");

  /** {@code nixos login: nixos (automatic login)}: agetty(8) prints it so. */
  private static final Pattern AUTOMATIC = Pattern.compile("login: (\\S+) \\(automatic login\\)");

  private Names() {}

  /** Who logs in at {@code entry}, or empty. */
  static String loggedIn(Entry entry) {
    if (entry.shape() == Shape.LOGIN_PROMPT) {
      return entry.unit().strip();
    }
    Matcher automatic = AUTOMATIC.matcher(entry.text());
    return automatic.find() ? automatic.group(1) : "";
  }

  static String user(String prompt) {
    Matcher matcher = USER_AT_HOST.matcher(prompt);
    return matcher.find() ? matcher.group(1) : "";
  }

  static String host(String prompt) {
    Matcher matcher = USER_AT_HOST.matcher(prompt);
    return matcher.find() ? matcher.group(2) : "";
  }

  /** A shell ends its prompt with {@code #} for root alone (bash(1), {@code \$}). */
  static boolean isRoot(String sign) {
    return sign.endsWith("#") || user(sign).equals("root");
  }
}
