package dev.loganalyze.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class ExpressionTest {
  @Test
  void theGroupIsTheFirstThatTookPart() {
    Expression expression = Expression.tested("a(x)|b(y+)");
    assertArrayEquals(new int[] {2, 4}, expression.group("_byy"));
    assertNull(expression.group("ay"));
    assertNull(Expression.tested("a|b").group("ab"));
  }

  @Test
  void whereTheAutomatonTellsOfMoreThanThereIsThereIsNoGroup() {
    assertNull(Expression.tested("\\bIP: (\\w+)").group("xIP: func"));
    assertNull(Expression.tested("^(a{10})$").group("a".repeat(11)));
  }
}
