package dev.loganalyze.runner;

/**
 * How long things may take, in seconds on an idle machine.
 *
 * @param run the whole run, from power-on
 * @param login from power-on to what the run waits for
 * @param stall without a byte on the console while something is waited for
 * @param command one command in the guest
 * @param ssh until root is reached by SSH
 * @param shutdown until the guest has switched itself off
 * @param factor by which all of them grow, for a slow machine
 */
public record Limits(
    double run,
    double login,
    double stall,
    double command,
    double ssh,
    double shutdown,
    double factor) {

  /** {@code seconds} of this machine, in milliseconds. */
  long millis(double seconds) {
    return Math.round(seconds * factor * 1000);
  }
}
