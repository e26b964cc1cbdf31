package dev.loganalyze.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "abc!abc",
        "^abc$!abc",
        "ab.cdef!cdef",
        "abcd?!abc",
        "abcd*ef!abc",
        "abcd+ef!abcd",
        "abc{2}de!ab",
        "a\\.b\\(c!a.b(c",
        "ab\\d+cd!ab",
        "foo|foobar!foo,foobar",
        "foo|[a-z]!''",
        "(?:error|warning) in!error,warning",
        "x(?:y|z(?<n>abc))?w!x",
        "(?P<a>one|two):!one,two",
        "a\\x41bcd!bcd",
        "a\\p{Greek}bc!bc",
        "ab)c!''",
        "[[:alpha:]]+ of!' of'",
        "(?:foo|bar) error!' error'",
        "[a-z]+ lost!' lost'",
        "[]x] lost!' lost'",
        "(?i)abc!''",
        "\\w+!''",
      })
  void isInEveryMatch(String regex, String literal) {
    assertEquals(
        literal.isEmpty() ? List.of() : List.of(literal.split(",", -1)), Literals.of(regex));
  }

  @Test
  void theFilterFindsLiteralsInsideOneAnother() {
    LiteralFilter filter =
        new LiteralFilter(
            List.of(List.of("she"), List.of("he", "xyz"), List.of("hers"), List.of("")));
    BitSet hits = new BitSet();
    byte[] text = "ushers".getBytes(StandardCharsets.US_ASCII);
    filter.scan(text, 0, text.length, hits);
    assertEquals("{0, 1, 2}", hits.toString());
  }
}
