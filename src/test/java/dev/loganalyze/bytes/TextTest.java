package dev.loganalyze.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void textThatIsTooLongEndsWithAnEllipsis() {
    assertEquals("abcd", Text.ellipsized("abcd", 4));
    assertEquals("abc\u2026", Text.ellipsized("abcde", 4));
  }

  @Test
  void noCharacterIsCutInTwo() {
    assertEquals("ab\u2026", Text.ellipsized("ab\ud83d\ude00cd", 4));
  }
}
