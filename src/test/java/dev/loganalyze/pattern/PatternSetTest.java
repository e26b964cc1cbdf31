package dev.loganalyze.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.resource.Packed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternSetTest {
  private static PatternSet set(List<String> regexes) throws PatternException {
    List<Expression> expressions = new ArrayList<>();
    for (String regex : regexes) {
      expressions.add(regex == null ? null : Expression.of(regex));
    }
    return new PatternSet(expressions);
  }

  private static BitSet scan(PatternSet set, String text) {
    BitSet hits = new BitSet();
    byte[] bytes = ("«" + text + "»").getBytes(UTF_8);
    try (PatternSet.Scanner scanner = set.scanner()) {
      scanner.scan(bytes, 2, bytes.length - 2, hits);
    }
    return hits;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "panic~Kernel panic - not syncing~true",
        "^panic~Kernel panic~false",
        "^Kernel~Kernel panic~true",
        "panic$~Kernel panic~true",
        "Kernel$~Kernel panic~false",
        "^$~x~false",
        "(?i)KERNEL~kernel~true",
        "(?i:ker)NEL~KerNEL~true",
        "(?i:ker)NEL~Kernel~false",
        "a|bc~xbcx~true",
        "I/O error, dev (?<d>\\w+)~I/O error, dev sda~true",
        "I/O error, dev (?<d>\\w+)~I/O error, dev ~false",
        "[[:digit:]]{3}-x~12-x~false",
        "[[:digit:]]{3}-x~123-x~true",
        "a.c~aéc~true",
        "a.c~aéec~false",
        "●~● unit~true",
        "●~○ unit~false",
        "x\\.y~x.y~true",
        "x\\.y~xzy~false",
        "\\Q.*\\E!~.*!~true",
        "\\Q.*\\E!~aa!~false",
        "why: (.+)$~why: because~true",
        "why: (.+)$~why: ~false",
      })
  void tellsWhatOccurs(String regex, String text, boolean occurs) throws PatternException {
    assertEquals(occurs, scan(set(List.of(regex)), text).get(0));
    assertEquals(occurs, Expression.of(regex).occursIn(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        // The head may begin anywhere, or goes over blanks: it is left out, and RE2 asked.
        "/\\S+: No space left~write error: No space left~true",
        "^[^:]+ of .*: No space left~write error: No space left~true",
        "^[^:]{1,60}: No space left~: No space left~true",
        "^\\S+ \\S+: No space left~error: No space left~true",
        "^(?:\\S+ \\S+ )?\\S+: No space left~: No space left~true",
        // So it is before a choice, if so much stands literally at the beginning of each.
        "^\\S+ \\S+: (?:No space left|File exists)~error: File exists~true",
        "/\\S+(?:\\. Refusing|, refusing it)~x, refusing it~true",
        "/\\S+: (?:No space left|full)~write error: No space left~false",
        // One word at the beginning, a short literal or none before it: all is looked for.
        "^\\w+: No space left~write error: No space left~false",
        "/\\S+: full~write error: full~false",
        "write to \\S+: No space left~write error: No space left~false"
      })
  void aVagueHeadIsLeftToRe2(String regex, String text, boolean told) throws PatternException {
    assertEquals(told, !scan(set(List.of(regex)), text).isEmpty());
    assertFalse(Expression.of(regex).occursIn(text));
  }

  /** Where the automaton knows less than RE2, or all of it has been given up, RE2 is asked. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "\\bIP~xIP",
        "a\\Bb~a b",
        "^(a{10})$~aaaaaaaaaaa",
        "^a{1,9}$~aaaaaaaaaaa",
        "(?m)^b~ab",
        "(?m)a$~ab",
        "^\\pL$~1",
        "^[^\\pL]$~a",
        "^[é]$~è",
        "^a.$~a€€"
      })
  void whatTheAutomatonTakesBesidesDoesNotOccur(String regex, String text) throws PatternException {
    assertFalse(Expression.of(regex).occursIn(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {"^[^\\pL]$~1", "^[^\\PL]$~a", "^[\\PL]$~1", "^\\PL$~1", "^[^\\d]$~a", "^[^\\D]$~1"})
  void aPropertyIsOfAsciiToo(String regex, String text) throws PatternException {
    assertTrue(Expression.of(regex).matcher(text).find());
    assertTrue(Expression.of(regex).occursIn(text));
  }

  @Test
  void nothingIsAskedOfANullButItKeepsItsNumber() throws PatternException {
    List<String> regexes = new ArrayList<>(List.of("a", "b"));
    regexes.add(0, null);
    BitSet expected = new BitSet();
    expected.set(1);
    assertEquals(expected, scan(set(regexes), "xax"));
  }

  @Test
  void aLiteralOccursWhereItsTextDoes() {
    for (String text : List.of("a.b", "x\\Ey", "\tat ", "^$")) {
      assertTrue(Expression.literal(text).occursIn("--" + text + "--"), text);
      assertTrue(scan(new PatternSet(List.of(Expression.literal(text))), text).get(0), text);
      assertFalse(Expression.literal(text).occursIn("axb"), text);
    }
  }

  /** Whatever the size of the automaton when a loop is built into it. */
  @Test
  void loopsHoldInSetsOfAnySize() throws PatternException {
    List<String> regexes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      regexes.add("a" + i + "(?:b+c)*d");
      assertTrue(scan(set(regexes), "a" + i + "bbcbcd").get(i));
      assertFalse(scan(set(regexes), "a" + i + "bbcb").get(i));
    }
  }

  @Test
  void theEmptySetFindsNothing() throws PatternException {
    assertTrue(scan(set(List.of()), "anything").isEmpty());
  }

  /** Of ASCII text and expressions that count little, the answer is RE2's own. */
  @Test
  void agreesWithRe2() throws PatternException {
    Random random = new Random(3);
    for (int round = 0; round < 400; round++) {
      List<String> regexes = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(30); i++) {
        regexes.add(RandomRegex.regex(random, 0));
      }
      PatternSet set = set(regexes);
      for (int i = 0; i < 50; i++) {
        String text = RandomRegex.text(random);
        BitSet hits = scan(set, text);
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        for (int r = 0; r < regexes.size(); r++) {
          Expression expression = Expression.of(regexes.get(r));
          boolean occurs = expression.matcher(text).find();
          String what = regexes.get(r) + " in '" + text + "'";
          assertEquals(occurs, expression.occursIn(text), what);
          assertTrue(hits.get(r) || !occurs, "missed: " + what);
          boolean generous = !ascii || regexes.get(r).matches(".*(\\\\[bB]|\\{|\\(\\?i|\\$|\\^).*");
          assertTrue(generous || occurs || !hits.get(r), "made up: " + what);
        }
      }
    }
  }

  /** Bytes that are no UTF-8 are characters of a kind, too. */
  @Test
  void bytesThatAreNoTextMatchWhatTheirReplacementDoes() throws PatternException {
    Random random = new Random(4);
    List<String> regexes = List.of("a.b", "a[^x]b", "a\\Wb", "a.*b", "a\\Sb$", "a..b", "a.{3}b");
    PatternSet set = set(regexes);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[2 + random.nextInt(6)];
      random.nextBytes(bytes);
      bytes[0] = 'a';
      bytes[bytes.length - 1] = 'b';
      String text = new String(bytes, UTF_8);
      BitSet hits = new BitSet();
      try (PatternSet.Scanner scanner = set.scanner()) {
        scanner.scan(bytes, 0, bytes.length, hits);
      }
      for (int r = 0; r < regexes.size(); r++) {
        assertTrue(hits.get(r) || !Expression.of(regexes.get(r)).occursIn(text), regexes.get(r));
      }
    }
  }

  /**
   * An expression that needs a state for each text is set apart; the others stay exact, and so do
   * other scanners.
   */
  @Test
  void anExpressionThatExplodesIsToldOfEachLineAndHarmsNoOther() throws PatternException {
    StringBuilder wide = new StringBuilder("[ab]");
    wide.append("(?:[ab]".repeat(18)).append(")".repeat(18)).append("c");
    PatternSet set = set(List.of("abbbbba", "a" + wide, "^bb"));
    Random random = new Random(5);
    int apart = 0;
    try (PatternSet.Scanner scanner = set.scanner()) {
      for (int i = 0; i < 20_000; i++) {
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < 100; c++) {
          text.append(random.nextBoolean() ? 'a' : 'b');
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        BitSet hits = new BitSet();
        scanner.scan(bytes, 0, bytes.length, hits);
        assertEquals(text.indexOf("abbbbba") >= 0, hits.get(0));
        assertEquals(text.indexOf("bb") == 0, hits.get(2));
        apart += hits.get(1) ? 1 : 0;
      }
    }
    assertTrue(apart > 10_000, "told of " + apart + " lines");
    assertEquals("{}", scan(set, "another log").toString());
  }

  /** Many lines at once: no line in which something occurs is passed by, and all others are. */
  @Test
  void suspectsEveryLineInWhichSomethingOccurs() throws PatternException {
    Random random = new Random(6);
    int passed = 0;
    for (int round = 0; round < 200; round++) {
      passed += passed(random, random.nextInt(40), 9);
    }
    assertTrue(passed > 1000, passed + " lines passed");
  }

  /** Also when there are enough to be walked side by side, and some are longer than a lane. */
  @Test
  void suspectsEveryLineWhereManyAreWalkedSideBySide() throws PatternException {
    Random random = new Random(16);
    int passed = 0;
    for (int round = 0; round < 5; round++) {
      passed += passed(random, 20_000 + random.nextInt(100), 100);
      passed += passed(random, 200, 10_000);
    }
    assertTrue(passed > 1000, passed + " lines passed");
  }

  /** So many of {@code count} random lines are passed by, once they are known; all others hit. */
  private static int passed(Random random, int count, int longest) throws PatternException {
    List<String> regexes = new ArrayList<>(List.of("a0", "b$", "^k", "_\\d"));
    for (int i = 0; i < random.nextInt(4); i++) {
      regexes.add(RandomRegex.regex(random, 0));
    }
    String most = random.nextBoolean() ? "ab0_ k" : "0b ";
    int[] from = new int[count + 1];
    int[] to = new int[count + 1];
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      from[i] = text.length();
      for (int c = random.nextInt(longest); c > 0; c--) {
        text.append(most.charAt(random.nextInt(most.length())));
      }
      to[i] = text.length();
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    boolean[] suspects = new boolean[count + 1];
    int passed = 0;
    try (PatternSet.Scanner scanner = set(regexes).scanner()) {
      for (int again = 0; again < 4; again++) {
        scanner.suspect(bytes, from, to, count, suspects);
        for (int i = 0; i < count; i++) {
          BitSet hits = new BitSet();
          scanner.scan(bytes, from[i], to[i], hits);
          if (!suspects[i]) {
            assertTrue(hits.isEmpty(), hits + " in " + text.substring(from[i], to[i]));
            passed++;
          } else if (again > 0) {
            // What was scanned is known the next time.
            assertFalse(hits.isEmpty(), "suspected for nothing: " + text.substring(from[i], to[i]));
          }
        }
      }
    }
    return passed;
  }

  @Test
  void expressionsThatWereWrittenDownAreTheSame() throws PatternException {
    Random random = new Random(7);
    List<Expression> expressions = new ArrayList<>();
    while (expressions.size() < 300) {
      try {
        expressions.add(Expression.of(RandomRegex.regex(random, 3)));
      } catch (PatternException e) {
        // Many are none.
      }
    }
    Packed.Writer out = new Packed.Writer();
    Expression.pack(out, expressions);
    List<Expression> read = Expression.unpack(new Packed.Reader(out.written()));
    assertEquals(expressions, read);
    for (int i = 0; i < read.size(); i++) {
      assertEquals(expressions.get(i).names(), read.get(i).names());
    }
    // Some of them, in another order, beside one that was not written down.
    Collections.shuffle(read, random);
    List<Expression> some = new ArrayList<>(read.subList(0, 100));
    some.add(Expression.of("a+0"));
    List<Expression> parsed = new ArrayList<>();
    for (Expression expression : some) {
      parsed.add(Expression.of(expression.toString()));
    }
    PatternSet set = new PatternSet(some);
    PatternSet same = new PatternSet(parsed);
    for (int i = 0; i < 2_000; i++) {
      String text = RandomRegex.text(random);
      assertEquals(scan(same, text), scan(set, text), text);
    }
  }

  /** Also when more states than fit are needed, and the learnt ones are thrown away. */
  @Test
  void aSetThatWasWrittenDownFindsTheSame() throws PatternException {
    Random random = new Random(8);
    for (int round = 0; round < 60; round++) {
      List<String> regexes = new ArrayList<>();
      for (int i = random.nextInt(30); i >= 0; i--) {
        regexes.add(random.nextInt(5) == 0 ? null : RandomRegex.regex(random, 0));
      }
      if (round < 2) {
        regexes.add("a" + "[ab]".repeat(14) + "c");
      }
      PatternSet set = set(regexes);
      for (int i = 0; i < 20 * round; i++) {
        scan(set, RandomRegex.text(random));
      }
      Packed.Writer out = new Packed.Writer();
      set.pack(out);
      PatternSet read = new PatternSet(new Packed.Reader(out.written()));
      PatternSet anew = set(regexes);
      for (int i = 0; i < 500; i++) {
        StringBuilder text = new StringBuilder(RandomRegex.text(random));
        for (int c = round < 2 ? 100 : 0; c > 0; c--) {
          text.append("ab".charAt(random.nextInt(2)));
        }
        // So many bytes without a new state that none is set apart.
        text.append(" ".repeat(round < 2 ? 2_000 : 0));
        String line = text.toString();
        assertEquals(scan(anew, line), scan(read, line), () -> line + " " + regexes);
      }
    }
  }

  @Test
  void whatOneScannerLearntAnotherGoesOnWith() throws PatternException {
    PatternSet set = set(List.of("ab+c"));
    for (int i = 0; i < 3; i++) {
      assertTrue(scan(set, "abbc").get(0));
      assertFalse(scan(set, "abb").get(0));
    }
  }

  @Test
  void severalThreadsGetTheSameAnswers() throws Exception {
    PatternSet set = set(List.of("ab", "b.d", "^c", "[0-9]+$"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        counts.add(threads.submit(() -> count(set)));
      }
      int first = counts.get(0).get();
      for (Future<Integer> count : counts) {
        assertEquals(first, count.get());
      }
      assertTrue(first > 0);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  private static int count(PatternSet set) {
    Random random = new Random(6);
    int count = 0;
    for (int i = 0; i < 5_000; i++) {
      count += scan(set, RandomRegex.text(random)).cardinality();
    }
    return count;
  }
}
