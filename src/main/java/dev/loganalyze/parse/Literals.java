package dev.loganalyze.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Pieces of text of which every match of a regular expression contains at least one.
 *
 * <p>Reads RE2 syntax by recursive descent and takes for unknown whatever it does not know to be
 * plain: a missed literal costs time, a wrong one would cost a finding.
 */
public final class Literals {
  /** More pieces than this say little. */
  private static final int MAX_PIECES = 64;

  private final String regex;
  private int at;

  private Literals(String regex) {
    this.regex = regex;
  }

  /** The pieces; empty when there are none to rely on. */
  public static List<String> of(String regex) {
    if (regex.contains("(?i")) {
      return List.of();
    }
    Literals literals = new Literals(regex);
    List<String> pieces = literals.alternatives();
    return literals.at == regex.length() && pieces.size() <= MAX_PIECES ? pieces : List.of();
  }

  /** {@code a|b|c}: one of the pieces of each; none when one of them has none. */
  private List<String> alternatives() {
    List<String> pieces = new ArrayList<>();
    boolean all = true;
    while (true) {
      List<String> one = sequence();
      all &= !one.isEmpty();
      pieces.addAll(one);
      if (at == regex.length() || regex.charAt(at) != '|') {
        return all ? pieces : List.of();
      }
      at++;
    }
  }

  /** The best pieces of a sequence: those whose shortest is longest. */
  private List<String> sequence() {
    List<String> best = List.of();
    StringBuilder run = new StringBuilder();
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      char c = regex.charAt(at);
      String plain = null;
      List<String> group = List.of();
      switch (c) {
        case '(' -> group = group();
        case '[' -> at = afterClass(regex, at);
        case '\\' -> plain = escaped();
        case '.', '^', '$' -> at++;
        default -> {
          plain = String.valueOf(c);
          at++;
        }
      }
      char quantifier = quantifier();
      boolean optional = quantifier == '?' || quantifier == '*' || quantifier == '{';
      if (plain != null && !optional) {
        run.append(plain);
      }
      if (plain == null || quantifier != 0) {
        best = better(best, run.length() == 0 ? List.of() : List.of(run.toString()));
        run.setLength(0);
      }
      if (!optional) {
        best = better(best, group);
      }
    }
    return better(best, run.length() == 0 ? List.of() : List.of(run.toString()));
  }

  private static List<String> better(List<String> one, List<String> other) {
    return shortest(other) > shortest(one) ? other : one;
  }

  private static int shortest(List<String> pieces) {
    return pieces.stream().mapToInt(String::length).min().orElse(0);
  }

  /** A group; what stands before its first colon or bracket are flags and a name. */
  private List<String> group() {
    at++;
    if (regex.startsWith("?", at)) {
      int close = regex.indexOf('>', at);
      boolean named = regex.startsWith("?<", at) || regex.startsWith("?P<", at);
      int colon = regex.indexOf(':', at);
      int end = named ? close : colon;
      if (end < 0) {
        at = regex.length();
        return List.of();
      }
      at = end + 1;
    }
    List<String> pieces = alternatives();
    if (at < regex.length()) {
      at++;
    }
    return pieces;
  }

  /** A plain character, or null for a class, an anchor or a code. */
  private String escaped() {
    char c = at + 1 < regex.length() ? regex.charAt(at + 1) : 'x';
    at = Math.min(regex.length(), at + 2);
    if (!Character.isLetterOrDigit(c)) {
      return String.valueOf(c);
    }
    if (c == 'x' || c == 'p' || c == 'P') {
      // \x41, \x{41}, \pL, \p{Greek}
      if (regex.startsWith("{", at)) {
        at = regex.indexOf('}', at) < 0 ? regex.length() : regex.indexOf('}', at) + 1;
      } else {
        at = Math.min(regex.length(), at + (c == 'x' ? 2 : 1));
      }
    }
    return null;
  }

  /** The quantifier that stands here, passed over; 0 for none. */
  private char quantifier() {
    if (at == regex.length() || "*+?{".indexOf(regex.charAt(at)) < 0) {
      return 0;
    }
    char quantifier = regex.charAt(at);
    if (quantifier == '{') {
      int end = regex.indexOf('}', at);
      at = end < 0 ? regex.length() : end + 1;
    } else {
      at++;
    }
    if (at < regex.length() && regex.charAt(at) == '?') {
      at++;
    }
    return quantifier;
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
      if (regex.startsWith("[:", i)) {
        int end = regex.indexOf(":]", i);
        i = end < 0 ? regex.length() : end + 2;
      } else {
        i += regex.charAt(i) == '\\' ? 2 : 1;
      }
    }
    return Math.min(regex.length(), i + 1);
  }
}
