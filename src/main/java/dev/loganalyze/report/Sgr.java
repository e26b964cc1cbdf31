package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Verdict;
import dev.loganalyze.rules.Severity;

/** Colours of text, as ECMA-48 has them (Select Graphic Rendition). */
final class Sgr {
  static final String RESET = "\u001b[0m";
  static final String BOLD = "\u001b[1m";
  static final String DIM = "\u001b[2m";
  static final String PLAIN = "";
  private static final String RED = "\u001b[1;31m";
  private static final String GREEN = "\u001b[1;32m";
  private static final String YELLOW = "\u001b[1;33m";

  private Sgr() {}

  static String of(Verdict verdict) {
    return switch (verdict) {
      case PASSED -> GREEN;
      case FAILED -> RED;
      case DEGRADED, INCOMPLETE, UNKNOWN -> YELLOW;
    };
  }

  static String of(Severity severity) {
    return switch (severity) {
      case CRITICAL, ERROR -> RED;
      case WARNING -> YELLOW;
      case INFO -> DIM;
    };
  }
}
