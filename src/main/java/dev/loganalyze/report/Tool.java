package dev.loganalyze.report;

/** What the tool says of itself. */
public final class Tool {
  /** Its name. */
  public static final String NAME = "loganalyze";

  /** Its version, as in the pom. */
  public static final String VERSION = "0.1.0-SNAPSHOT";

  private Tool() {}
}
