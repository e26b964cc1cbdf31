package dev.loganalyze.rules;

/** How much a finding weighs, lightest first, so that {@link #compareTo} orders by weight. */
public enum Severity {
  /** Worth knowing; nothing is wrong. */
  INFO,
  /** Wrong, but the boot goes on as it should. */
  WARNING,
  /** Something that was asked for did not happen. */
  ERROR,
  /** The machine cannot go on. */
  CRITICAL;

  /** The word in rule files, on the command line and in JSON: the name in lower case. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
