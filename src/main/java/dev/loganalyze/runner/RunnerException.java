package dev.loganalyze.runner;

/** A run that cannot be started or went no further; the message is one sentence for the user. */
public final class RunnerException extends Exception {
  private static final long serialVersionUID = 1L;

  public RunnerException(String sentence) {
    super(sentence);
  }
}
