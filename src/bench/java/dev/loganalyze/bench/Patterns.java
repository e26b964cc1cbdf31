package dev.loganalyze.bench;

import dev.loganalyze.pattern.Expression;
import dev.loganalyze.rules.RuleMatcher;
import dev.loganalyze.rules.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a log is searched for: the patterns of the rules that come with the program, and of more
 * rules of the kind that a user would add.
 *
 * <p>As a program it writes into {@code target/bench} what other tools are to look for: {@code
 * patterns.txt}, {@code words.txt}, and the rules in {@code rules-to-500} that make 500 of all,
 * with their {@code patterns-500.txt}.
 */
final class Patterns {
  private static final Path FOLDER = Path.of("target", "bench");
  private static final int MANY = 500;

  /** An escape that ripgrep takes, or one of a character that needs none. */
  private static final Pattern ESCAPED =
      Pattern.compile("(\\\\[\\w.\\[\\](){}*+?|^$\\\\])|\\\\(.)");

  private static final String[] FAULTS = {
    "command timed out after (?<n>\\d+) ms",
    "reset failed: (?<n>-?\\d+)",
    "checksum of block (?<n>\\d+) is wrong",
    "no answer on queue (?<n>\\d+)",
    "firmware of channel (?<n>\\d+) hangs",
  };

  private Patterns() {}

  public static void main(String[] args) throws Exception {
    RuleSet builtIn = RuleSet.builtIn();
    Path rules = FOLDER.resolve("rules-to-500");
    writeRules(rules, MANY - builtIn.rules().size());
    Files.write(FOLDER.resolve("patterns.txt"), ripgrep(of(builtIn)));
    Files.write(FOLDER.resolve("words.txt"), words(of(builtIn)));
    Files.write(FOLDER.resolve("patterns-500.txt"), ripgrep(of(RuleSet.with(List.of(rules)))));
  }

  /** The patterns that all lines are searched for. */
  static List<Expression> of(RuleSet rules) {
    return new RuleMatcher(rules).expressions().stream().filter(Objects::nonNull).toList();
  }

  /** Writes {@code count} rules that find nothing in a log of this benchmark. */
  static void writeRules(Path rules, int count) throws IOException {
    Path folder = rules.resolve("synthetic");
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      String pattern = "^drv" + i / FAULTS.length + "[a-z]* \\S+: " + FAULTS[i % FAULTS.length];
      String line = "[    1.000000] drv" + i / FAULTS.length + " 0000:00:1f.2: nothing to say";
      Files.writeString(
          folder.resolve("fault-" + i + ".yaml"),
          String.join(
              "\n",
              "id: synthetic.fault-" + i,
              "title: Fault " + i + " with ${n}",
              "severity: error",
              "match: {pattern: '" + pattern + "'}",
              "explain: Made for a benchmark.",
              "advice: None.",
              "cases:",
              "  - log: '" + line + "'",
              "    finds: none",
              ""));
    }
  }

  /**
   * The expressions as ripgrep takes them: it joins them, so that names of groups would meet, and
   * takes fewer escapes.
   */
  static List<String> ripgrep(List<Expression> expressions) {
    return expressions.stream()
        .map(e -> e.toString().replaceAll("\\(\\?P?<\\w+>", "("))
        .map(e -> ESCAPED.matcher(e).replaceAll("$1$2"))
        .filter(e -> e.chars().allMatch(c -> c < 0x80))
        .toList();
  }

  /** The longest plain text in each expression, for a search that knows no expressions. */
  static List<String> words(List<Expression> expressions) {
    List<String> words = new ArrayList<>();
    for (Expression expression : expressions) {
      String plain =
          expression
              .toString()
              .replaceAll("\\[(\\\\.|[^\\]\\\\])*\\]|\\(\\?[^>:)]*[>:)]|\\\\[a-zA-Z]", "|")
              .replaceAll("\\\\.|.[?*{]", "|");
      String longest = "";
      for (String run : plain.split("[^\\w :/'-]+", -1)) {
        longest = run.length() > longest.length() ? run : longest;
      }
      if (longest.length() > 3) {
        words.add(longest);
      }
    }
    return words;
  }
}
