package dev.loganalyze.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.loganalyze.crash.CrashReport.Context;
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
  private final Map<String, Pattern> places = new HashMap<>();
  private final Pattern innocent;

  /** What was found of functions so far: the same few hundred are in most stacks. */
  private final Map<String, Boolean> judged = new ConcurrentHashMap<>();

  private final Pattern entries;
  private final Pattern waits;
  private final Pattern nobody;
  private final Pattern mixed;
  private final Map<String, Pattern> buckets = new LinkedHashMap<>();
  private final List<Renaming> renamings = new ArrayList<>();
  private final Pattern selfTests;
  private final Map<Context, Pattern> contexts = new EnumMap<>(Context.class);

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
      renamings.add(new Renaming(regex(renaming.path("from")), renaming.path("to").asText()));
    }
  }

  /** What the file of the program says. */
  static Stacks builtIn() {
    return BUILT_IN;
  }

  /** The line that names a place, such as {@code trace}: the header of a call trace. */
  Pattern place(String name) {
    Pattern place = places.get(name);
    if (place == null) {
      throw new IllegalStateException("crash/stacks.yaml names no place " + name);
    }
    return place;
  }

  /** Whether a function reports, checks or copies for others, and is never guilty itself. */
  boolean isInnocent(String function) {
    Boolean known = judged.get(function);
    if (known == null) {
      known = innocent.matcher(function).find();
      if (judged.size() < MAX_JUDGED) {
        judged.put(function, known);
      }
    }
    return known;
  }

  /** The kernel's general ways in, whose callee is the handler. */
  Pattern entries() {
    return entries;
  }

  /** Functions that are in every stack: where they are found, no handler is. */
  Pattern nobody() {
    return nobody;
  }

  /** Functions whose stack is another report's, printed in the midst of this one. */
  Pattern mixed() {
    return mixed;
  }

  /** Functions in which a task waits for others. */
  Pattern waits() {
    return waits;
  }

  /** Functions that many bugs come down to, by the name that stands for all of them. */
  Map<String, Pattern> buckets() {
    return buckets;
  }

  /** How names that differ by architecture and kernel version are made one. */
  List<Renaming> renamings() {
    return renamings;
  }

  /** What it interrupted something for if {@code function} is a way in from a vector, else null. */
  Context context(String function) {
    for (Map.Entry<Context, Pattern> context : contexts.entrySet()) {
      if (context.getValue().matcher(function).find()) {
        return context.getKey();
      }
    }
    return null;
  }

  /** What shows that a test of the kernel provoked the report. */
  Pattern selfTests() {
    return selfTests;
  }

  // ---- reading ----------------------------------------------------------------------------------

  private static Context word(String word) {
    return Context.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private Pattern regex(JsonNode node) {
    return Pattern.compile(macros.expand(node.asText()));
  }

  private Pattern anyOf(JsonNode patterns) {
    return Pattern.compile(macros.anyOf(patterns));
  }
}
