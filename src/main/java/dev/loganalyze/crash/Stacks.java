package dev.loganalyze.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.loganalyze.crash.CrashReport.Context;
import dev.loganalyze.pattern.AnyOf;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.resource.BuiltIn;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What {@code resources/crash/stacks.yaml} says of the lines and functions of reports. Read when
 * the first report is, for most logs have none. Immutable.
 */
final class Stacks {
  private static final int MAX_JUDGED = 20_000;

  private static final Stacks BUILT_IN = new Stacks(BuiltIn.files("crash").get("stacks.yaml"));

  private final Macros macros;
  private final Map<String, Expression> places = new HashMap<>();
  private final AnyOf innocent;

  /** What was found of functions so far: the same few hundred are in most stacks. */
  private final Map<String, Boolean> judged = new ConcurrentHashMap<>();

  private final AnyOf entries;
  private final AnyOf waits;
  private final AnyOf nobody;
  private final AnyOf mixed;
  private final Map<String, Expression> buckets = new LinkedHashMap<>();
  private final List<Renaming> renamings = new ArrayList<>();
  private final AnyOf selfTests;
  private final Map<Context, Expression> contexts = new EnumMap<>(Context.class);

  /**
   * One function under several names.
   *
   * @param from what is found in the printed name
   * @param to what stands for it; {@code $1} is the first group
   */
  record Renaming(Pattern from, String to) {}

  private Stacks(JsonNode stacks) {
    macros = Macros.of(stacks);
    stacks.path("places").properties().forEach(p -> places.put(p.getKey(), regex(p.getValue())));
    stacks.path("buckets").properties().forEach(b -> buckets.put(b.getKey(), regex(b.getValue())));
    innocent = anyOf(stacks.path("innocent"));
    entries = anyOf(stacks.path("entries"));
    waits = anyOf(stacks.path("waits"));
    nobody = anyOf(stacks.path("nobody"));
    mixed = anyOf(stacks.path("mixed"));
    selfTests = anyOf(stacks.path("selftests"));
    stacks
        .path("contexts")
        .properties()
        .forEach(c -> contexts.put(word(c.getKey()), regex(c.getValue())));
    for (JsonNode renaming : stacks.path("renamings")) {
      renamings.add(
          new Renaming(
              Pattern.compile(macros.expand(renaming.path("from").asText())),
              renaming.path("to").asText()));
    }
  }

  /** What the file of the program says. */
  static Stacks builtIn() {
    return BUILT_IN;
  }

  /** The line that names a place, such as {@code trace}: the header of a call trace. */
  Expression place(String name) {
    Expression place = places.get(name);
    if (place == null) {
      throw new IllegalStateException("crash/stacks.yaml names no place " + name);
    }
    return place;
  }

  /** Whether a function reports, checks or copies for others, and is never guilty itself. */
  boolean isInnocent(String function) {
    Boolean known = judged.get(function);
    if (known == null) {
      known = innocent.occursIn(function);
      if (judged.size() < MAX_JUDGED) {
        judged.put(function, known);
      }
    }
    return known;
  }

  /** The kernel's general ways in, whose callee is the handler. */
  AnyOf entries() {
    return entries;
  }

  /** Functions that are in every stack: where they are found, no handler is. */
  AnyOf nobody() {
    return nobody;
  }

  /** Functions whose stack is another report's, printed in the midst of this one. */
  AnyOf mixed() {
    return mixed;
  }

  /** Functions in which a task waits for others. */
  AnyOf waits() {
    return waits;
  }

  /** Functions that many bugs come down to, by the name that stands for all of them. */
  Map<String, Expression> buckets() {
    return buckets;
  }

  /** How names that differ by architecture and kernel version are made one. */
  List<Renaming> renamings() {
    return renamings;
  }

  /** What it interrupted something for if {@code function} is a way in from a vector, else null. */
  Context context(String function) {
    for (Map.Entry<Context, Expression> context : contexts.entrySet()) {
      if (context.getValue().occursIn(function)) {
        return context.getKey();
      }
    }
    return null;
  }

  /** What shows that a test of the kernel provoked the report. */
  AnyOf selfTests() {
    return selfTests;
  }

  // ---- reading ----------------------------------------------------------------------------------

  private static Context word(String word) {
    return Context.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private Expression regex(JsonNode node) {
    return Expression.tested(macros.expand(node.asText()));
  }

  private AnyOf anyOf(JsonNode patterns) {
    List<Expression> all = new ArrayList<>();
    patterns.forEach(pattern -> all.add(regex(pattern)));
    return new AnyOf(all);
  }
}
