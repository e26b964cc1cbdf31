package dev.loganalyze.diagnosis;

import java.util.Locale;

/** What is to be said of a whole run. */
public enum Verdict {
  /** It reached what it was to reach, with no finding of error or above. */
  PASSED,
  /** It reached login or a shell, but with such findings. */
  DEGRADED,
  /** A boot did not get there, or the job of the run failed. */
  FAILED,
  /** The log stops and nothing says why. */
  INCOMPLETE,
  /** There is no boot in it. */
  UNKNOWN;

  /** The word in JSON: the name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
