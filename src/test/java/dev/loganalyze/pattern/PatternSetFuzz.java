package dev.loganalyze.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** A set of anybody's expressions, looked for in anybody's text: none is missed that RE2 finds. */
public final class PatternSetFuzz {
  private PatternSetFuzz() {}

  /** Up to four lines that are expressions, an empty line, and lines to look in. */
  public static List<byte[]> seeds() {
    Random random = new Random(1);
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      StringBuilder seed = new StringBuilder();
      for (int r = random.nextInt(4); r >= 0; r--) {
        seed.append(i % 2 == 0 ? RandomRegex.regex(random, 0) : RandomRegex.syntax(random))
            .append('\n');
      }
      seed.append('\n').append(RandomRegex.text(random));
      seeds.add(seed.toString().getBytes(StandardCharsets.UTF_8));
    }
    return seeds;
  }

  public static void fuzzerTestOneInput(byte[] input) {
    List<Expression> expressions = new ArrayList<>();
    int at = 0;
    while (at < input.length && input[at] != '\n' && expressions.size() < 4) {
      int end = end(input, at);
      try {
        expressions.add(Expression.of(new String(input, at, end - at, StandardCharsets.UTF_8)));
      } catch (PatternException e) {
        assertTrue(!e.getMessage().isBlank() && e.at() >= 0);
      }
      at = end + 1;
    }
    PatternSet set = new PatternSet(expressions);
    try (PatternSet.Scanner scanner = set.scanner()) {
      while (at < input.length) {
        int end = end(input, at);
        BitSet hits = new BitSet();
        scanner.scan(input, at, end, hits);
        String line = new String(input, at, end - at, StandardCharsets.UTF_8);
        for (int i = 0; i < expressions.size(); i++) {
          Expression expression = expressions.get(i);
          boolean occurs = expression.matcher(line).find();
          assertTrue(hits.get(i) || !occurs, () -> "missed in '" + line + "': " + expressions);
          assertEquals(occurs, expression.occursIn(line), () -> "in '" + line + "': " + expression);
        }
        at = end + 1;
      }
    }
  }

  private static int end(byte[] input, int from) {
    int end = from;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    return end;
  }
}
