package dev.loganalyze.boot;

import dev.loganalyze.parse.Entry;
import java.util.Locale;

/**
 * One stretch of a boot.
 *
 * @param kind which stretch
 * @param firstLine 1-based raw line, inclusive
 * @param lastLine 1-based raw line, inclusive
 * @param start microseconds on the boot's clock, or {@code Entry.NO_TIME}
 * @param end microseconds on the boot's clock, or {@code Entry.NO_TIME}
 * @param certainty how the less sure of both is known
 */
public record Phase(
    Kind kind, int firstLine, int lastLine, long start, long end, Certainty certainty) {

  /** A phase of which nobody has told the times yet. */
  Phase(Kind kind, int firstLine, int lastLine) {
    this(kind, firstLine, lastLine, Entry.NO_TIME, Entry.NO_TIME, Certainty.ORDER);
  }

  /** The stretches in their order. */
  public enum Kind {
    FIRMWARE,
    LOADER,
    KERNEL,
    INITRD,
    USERSPACE,
    LOGIN,
    SESSION,
    SHUTDOWN;

    /** The word in JSON and in rules: the name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
