package dev.loganalyze.rules;

import java.util.Locale;

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
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity of that {@link #word}, or null where it is none. */
  public static Severity of(String word) {
    for (Severity severity : values()) {
      if (severity.word().equals(word)) {
        return severity;
      }
    }
    return null;
  }
}
