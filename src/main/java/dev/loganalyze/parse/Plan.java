package dev.loganalyze.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * What the parser makes of a sequence of token types: which tokens hold which part of which record.
 *
 * <p>Token numbers count runs of TEXT and of WORD as one token each; -1 is "none".
 */
final class Plan {
  final List<Part> parts = new ArrayList<>(1);

  /** One record of the line. */
  static final class Part {
    Origin origin = Origin.CONSOLE;
    Shape shape = Shape.TEXT;

    /** A syslog time stands before it. */
    boolean logged;

    /** The token the record begins with. */
    int first;

    /** The printk stamp. */
    int stamp = -1;

    /** {@code ident[pid]: }. */
    int ident = -1;

    /** The token the message begins with; -1 when the message is empty. */
    int message = -1;

    /** The first token of the unit (or of what was typed at a prompt). */
    int unit = -1;

    /** The token after the unit. */
    int unitEnd = -1;

    /** Nothing is known but the words. */
    boolean isPlain() {
      return origin == Origin.CONSOLE && shape == Shape.TEXT;
    }
  }
}
