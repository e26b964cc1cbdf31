package dev.loganalyze.input;

/**
 * An input that could not be read; the message is one sentence for the user, with the path in it.
 */
public final class InputException extends Exception {
  private static final long serialVersionUID = 1L;

  public InputException(String sentence) {
    super(sentence);
  }
}
