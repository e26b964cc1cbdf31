package dev.loganalyze.parse;

import dev.loganalyze.resource.Packed;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parser makes of a sequence of token types: which tokens hold which part of which record.
 *
 * <p>Token numbers count runs of TEXT and of WORD as one token each; -1 is "none".
 */
final class Plan {
  private static final Origin[] ORIGINS = Origin.values();
  private static final Shape[] SHAPES = Shape.values();

  final List<Part> parts = new ArrayList<>(1);

  /** Writes it down. */
  void pack(Packed.Writer out) {
    out.list(parts, (to, part) -> part.pack(to));
  }

  /** That which {@link #pack} has written. */
  static Plan unpack(Packed.Reader in) {
    Plan plan = new Plan();
    plan.parts.addAll(in.list(Part::unpack));
    return plan;
  }

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

    void pack(Packed.Writer out) {
      out.word(origin);
      out.word(shape);
      out.integer(logged ? 1 : 0);
      out.integers(new int[] {first, stamp, ident, message, unit, unitEnd});
    }

    static Part unpack(Packed.Reader in) {
      Part part = new Part();
      part.origin = in.word(ORIGINS);
      part.shape = in.word(SHAPES);
      part.logged = in.integer() > 0;
      int[] tokens = in.integers();
      part.first = tokens[0];
      part.stamp = tokens[1];
      part.ident = tokens[2];
      part.message = tokens[3];
      part.unit = tokens[4];
      part.unitEnd = tokens[5];
      return part;
    }

    /** Nothing is known but the words. */
    boolean isPlain() {
      return origin == Origin.CONSOLE && shape == Shape.TEXT;
    }
  }
}
