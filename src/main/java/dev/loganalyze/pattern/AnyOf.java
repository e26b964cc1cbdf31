package dev.loganalyze.pattern;

import java.util.BitSet;
import java.util.List;

/** Several expressions, of which one that occurs is enough. Immutable. */
public final class AnyOf {
  private final List<Expression> expressions;
  private final PatternSet patterns;

  /** Any of {@code expressions}. */
  public AnyOf(List<Expression> expressions) {
    this.expressions = List.copyOf(expressions);
    patterns = new PatternSet(expressions);
  }

  /** Whether one of them occurs in {@code text}. */
  public boolean occursIn(String text) {
    BitSet hits = patterns.in(text);
    for (int i = hits.nextSetBit(0); i >= 0; i = hits.nextSetBit(i + 1)) {
      if (expressions.get(i).isFoundIn(text, patterns)) {
        return true;
      }
    }
    return false;
  }
}
