package dev.loganalyze.boot;

import java.util.Locale;

/** How a time is known, the surest first. */
public enum Certainty {
  /** The line carries the boot's clock: printk's stamp, a journal's field. */
  EXACT,
  /** When the line arrived at the recorder, moved onto the boot's clock. */
  HOST,
  /** It lies between two times that are known. */
  BRACKET,
  /** Only the order of the lines is known. */
  ORDER;

  /** The word in JSON: the name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
