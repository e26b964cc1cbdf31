package dev.loganalyze.pattern;

/** A regular expression that cannot be taken: why, and where. */
public final class PatternException extends Exception {
  private static final long serialVersionUID = 1;

  private final int at;
  private final String piece;

  PatternException(int at, String piece, String message) {
    super(message);
    this.at = at;
    this.piece = piece;
  }

  /** Index of the first character that is refused, from 0; the expression's length at its end. */
  public int at() {
    return at;
  }

  /** The characters that are refused; empty where one is missing. */
  public String piece() {
    return piece;
  }
}
