package dev.loganalyze.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "ab(?=c)~2~(?=~look-around",
        "(?<!a)b~0~(?<!~look-around",
        "(a)\\1~3~\\1~back-reference",
        "(?>a)~0~(?>~atomic",
        "a++~1~++~quantifiers",
        "a**~1~**~quantifiers",
        "*a~0~*~nothing stands before",
        "(a~0~(~no ')'",
        "a)~1~)~no '('",
        "[a~0~[~no ']'",
        "[z-a]~1~z-a~backwards",
        "[[:foo:]]~1~[:foo:]~no class",
        "a{1001}~1~{1001}~more than 1000",
        "(?:a{100}){100}~0~(?:a{100}){100}~more than 1000",
        "a{3,2}~1~{3,2}~swapped",
        "\\y~0~\\y~no escape",
        "a\\~1~\\~nothing stands after",
        "(?<a>x)(?<a>y)~7~(?<a>~two groups",
        "(?<a-b>x)~0~(?<~name",
        "(?#x)~0~(?#~no group",
        "\\x4~0~\\x~hexadecimal",
      })
  void saysWhatItCannotTakeAndWhere(String regex, int at, String piece, String reason) {
    PatternException e = assertThrows(PatternException.class, () -> Expression.of(regex));
    assertEquals(at, e.at());
    assertEquals(piece, e.piece());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  @Test
  void knowsTheNamesOfGroups() throws PatternException {
    assertEquals(
        Set.of("device", "why2"), Expression.of("(?<device>x) (?P<why2>y) (z)(?:a)").names());
  }

  @Test
  void nestingIsBounded() {
    String deep = "(".repeat(100_000) + ")".repeat(100_000);
    PatternException e = assertThrows(PatternException.class, () -> Expression.of(deep));
    assertTrue(e.getMessage().contains("nested"), e.getMessage());
  }

  /** What is taken here RE2 takes too, so that compiling later cannot fail. */
  @Test
  void takesNothingThatRe2Refuses() {
    Random random = new Random(7);
    int taken = 0;
    for (int i = 0; i < 200_000; i++) {
      String regex = RandomRegex.syntax(random);
      try {
        Expression.of(regex).occursIn("x");
        taken++;
      } catch (PatternException e) {
        // Refused: what RE2 thinks of it does not matter.
      } catch (PatternSyntaxException e) {
        throw new AssertionError("taken, but RE2 refuses: " + regex, e);
      }
    }
    assertTrue(taken > 20_000, taken + " taken");
  }

  /** And little is refused that RE2 takes: flags or a plain brace before a quantifier. */
  @Test
  void refusesHardlyAnythingThatRe2Takes() {
    Random random = new Random(8);
    for (int i = 0; i < 50_000; i++) {
      String regex = RandomRegex.syntax(random);
      try {
        Expression.of(regex);
      } catch (PatternException e) {
        boolean odd = regex.matches(".*(\\(\\?-?i\\)[*+?{]|\\{[*+?{]).*");
        if (!odd && takenByRe2(regex)) {
          throw new AssertionError("RE2 takes " + regex, e);
        }
      }
    }
    assertTrue(takenByRe2("a"));
  }

  private static boolean takenByRe2(String regex) {
    try {
      Pattern.compile(regex);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** RE2/J never comes to an end with some characters; whatever is taken, it does. */
  @Test
  @Timeout(60)
  void whatIsFoldedCanBeFolded() throws PatternException {
    int from = 0x80;
    int refused = 0;
    for (int c = 0x80; c <= Folding.LAST + 1; c++) {
      if (Folding.lost(c, c) >= 0 || c == Folding.LAST + 1) {
        int first = c;
        assertThrows(
            PatternException.class,
            () -> Expression.of("(?i)[?-" + Character.toString(first) + "]"));
        if (c > from) {
          String range = Character.toString(from) + "-" + Character.toString(c - 1);
          Expression.of("(?i)[" + range + "]").occursIn("x");
          Expression.of("(?i)" + Character.toString(c - 1)).occursIn("x");
        }
        from = c + 1;
        refused++;
      }
    }
    assertTrue(refused > 5 && refused < 200, refused + " characters");
    assertEquals(
        "(?i) cannot fold U+1C80; write out both cases",
        assertThrows(PatternException.class, () -> Expression.of("(?i)\u1c80")).getMessage());
    Expression.of("\u1c80 [?-\ufffd] (?i:\u00e9\u6f22)");
  }
}
