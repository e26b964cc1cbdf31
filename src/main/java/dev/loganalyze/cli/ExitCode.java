package dev.loganalyze.cli;

/** The exit statuses, with what each says. */
enum ExitCode {
  /** Booted, and nothing at or above {@code --fail-on}. */
  OK(0),
  /** The boot failed, or there are findings at or above {@code --fail-on}. */
  FINDINGS(1),
  /** Wrong usage, or an input that could not be read. */
  UNUSABLE(2),
  /** No boot found, or the log stops before an end. */
  UNDECIDED(3);

  final int status;

  ExitCode(int status) {
    this.status = status;
  }
}
