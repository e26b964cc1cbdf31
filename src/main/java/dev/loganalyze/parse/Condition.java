package dev.loganalyze.parse;

import java.util.List;

/**
 * What a rule asks over several lines, by the names of its parts.
 *
 * @param kind how the parts have to follow each other
 * @param parts names of parts, in the order of the sentence
 * @param least how often, for {@link Kind#AT_LEAST}; else 0
 * @param within microseconds that may lie between the first line and the last; {@link #NO_LIMIT}
 *     where the sentence names none
 */
public record Condition(Kind kind, List<String> parts, int least, long within) {
  /** The sentence names no limit. */
  public static final long NO_LIMIT = -1;

  /** How parts follow each other. */
  public enum Kind {
    /** {@code a then b}. */
    THEN,
    /** {@code a without b}. */
    WITHOUT,
    /** {@code at least n of a}. */
    AT_LEAST,
    /** {@code a between b and c}. */
    BETWEEN
  }
}
