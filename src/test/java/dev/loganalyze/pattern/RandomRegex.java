package dev.loganalyze.pattern;

import java.util.Random;

/** Makes random expressions and texts; of few letters, so that they meet. */
final class RandomRegex {
  private static final String[] TOKENS = {
    "a",
    "b",
    "0",
    "_",
    " ",
    "é",
    "k",
    ".",
    "^",
    "$",
    "|",
    "(",
    ")",
    "(?:",
    "(?P<n>",
    "(?i)",
    "(?s:",
    "(?-i:",
    "*",
    "+",
    "?",
    "{2}",
    "{1,3}",
    "{2,}",
    "{,2}",
    "{",
    "}",
    "[",
    "]",
    "[^",
    "-",
    "a-z",
    "[:alpha:]",
    "[:^digit:]",
    "\\d",
    "\\W",
    "\\s",
    "\\b",
    "\\B",
    "\\A",
    "\\z",
    "\\.",
    "\\x41",
    "\\x{e9}",
    "\\Qa*b\\E",
    "\\pL",
    "\\p{Greek}",
    "\\012",
    "\\0",
    "\\n",
    "\\t",
    "\\",
    "\\-",
    "\\/"
  };

  private RandomRegex() {}

  /** Random tokens of the syntax; most of these are no expression. */
  static String syntax(Random random) {
    StringBuilder regex = new StringBuilder();
    int tokens = 1 + random.nextInt(8);
    for (int i = 0; i < tokens; i++) {
      regex.append(TOKENS[random.nextInt(TOKENS.length)]);
    }
    return regex.toString();
  }

  /** A random expression over a, b, c, k, digits and é. */
  static String regex(Random random, int depth) {
    int kind = random.nextInt(depth > 3 ? 8 : 16);
    return switch (kind) {
      case 0 -> "a";
      case 1 -> "b";
      case 2 -> "é";
      case 3 -> ".";
      case 4 -> "[ab]";
      case 5 -> "[^a]";
      case 6 -> "\\d";
      case 7 -> "k";
      case 8 -> "(?:" + regex(random, depth + 1) + "|" + regex(random, depth + 1) + ")";
      case 9 -> "(?:" + regex(random, depth + 1) + ")*";
      case 10 -> "(?:" + regex(random, depth + 1) + ")+";
      case 11 -> "(?:" + regex(random, depth + 1) + "){2,3}";
      case 12 -> "(?i:" + regex(random, depth + 1) + ")";
      case 13 -> (random.nextBoolean() ? "^" : "\\b") + regex(random, depth + 1);
      case 14 -> regex(random, depth + 1) + (random.nextBoolean() ? "$" : "\\B");
      default -> regex(random, depth + 1) + regex(random, depth + 1);
    };
  }

  /** A random text over the same characters and some others, up to 20. */
  static String text(Random random) {
    String letters = "aabbcABkK0 é\u212a€\n";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(20);
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
