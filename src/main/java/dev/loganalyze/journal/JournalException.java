package dev.loganalyze.journal;

/** Bytes that are no journal, or one of a kind that cannot be read; the message says which. */
public final class JournalException extends Exception {
  private static final long serialVersionUID = 1L;

  public JournalException(String sentence) {
    super(sentence);
  }
}
