package dev.loganalyze.timing;

/**
 * Something that a program says it began and ended.
 *
 * @param kind who says so
 * @param name what it began
 * @param detail the command that it ran, or empty
 * @param speaker the program that says so, as the journal names it; or empty
 * @param outcome the return code or the status it ended with, or empty
 * @param depth in how many other spans of its kind it lies
 * @param start when it began
 * @param end when it ended; unknown when the log does not say
 * @param told microseconds it took by its own words, or -1
 * @param firstLine 1-based line of the beginning
 * @param lastLine 1-based line of the end; of the beginning while there is none
 */
public record Span(
    Kind kind,
    String name,
    String detail,
    String speaker,
    String outcome,
    int depth,
    Instant start,
    Instant end,
    long told,
    int firstLine,
    int lastLine) {

  /** Who says that something began. */
  public enum Kind {
    /** initramfs-tools: {@code Begin: … done.}. */
    INITRAMFS,
    /** The kernel with {@code initcall_debug}. */
    INITCALL,
    /** cloud-init: {@code start: …}, {@code finish: …}. */
    CLOUD_INIT,
    /** A program that prints its steps as JSON events. */
    EVENT;

    /** The word in JSON: the name in lower case, with hyphens. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** How long it took, microseconds; 0 while that is not known. */
  public long duration() {
    if (kind == Kind.EVENT && told >= 0) {
      // A journal printed as text knows but seconds.
      return told;
    }
    return start.isKnown() && end.isKnown() ? Math.max(0, end.micros() - start.micros()) : 0;
  }
}
