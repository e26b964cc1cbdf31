package dev.loganalyze.rules;

/** Rule files that cannot be used; the message has one sentence a fault, each on a line. */
public final class RuleException extends Exception {
  private static final long serialVersionUID = 1L;

  public RuleException(String sentences) {
    super(sentences);
  }
}
