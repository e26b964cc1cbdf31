package dev.loganalyze.parse;

/** A condition that is not one; the message says what stands there and what was expected. */
public final class ConditionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int column;

  ConditionException(int column, String sentence) {
    super(sentence);
    this.column = column;
  }

  /** The 1-based column of the fault, in the text of the condition. */
  public int column() {
    return column;
  }
}
