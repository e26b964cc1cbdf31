package dev.loganalyze.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.loganalyze.crash.CrashReport.Context;
import dev.loganalyze.crash.ReportKind.Form;
import dev.loganalyze.crash.ReportKind.Pick;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.PatternException;
import dev.loganalyze.resource.BuiltIn;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that the files under {@code resources/crash} say of reports. Immutable. */
final class ReportKinds {
  /** The files with kinds of reports: of two kinds that fit a line, the earlier one counts. */
  private static final List<String> FILES =
      List.of(
          "sanitizers",
          "panics",
          "locks",
          "stalls",
          "memory",
          "faults",
          "warnings",
          "hardware",
          "others");

  private static final int MAX_JUDGED = 20_000;

  private static final ReportKinds BUILT_IN = new ReportKinds();

  private final List<ReportKind> kinds = new ArrayList<>();
  private final Map<String, String> macros = new HashMap<>();
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

  private ReportKinds() {
    JsonNode files = BuiltIn.files("crash");
    JsonNode stacks = files.get("stacks.yaml");
    stacks.path("macros").properties().forEach(m -> macros.put(m.getKey(), m.getValue().asText()));
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
    for (String name : FILES) {
      for (JsonNode kind : files.get(name + ".yaml")) {
        kinds.add(kind(kind));
      }
    }
  }

  /** The kinds that come with the program. */
  static ReportKinds builtIn() {
    return BUILT_IN;
  }

  /** In the order in which they are tried. */
  List<ReportKind> kinds() {
    return kinds;
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

  private ReportKind kind(JsonNode node) {
    String begins = expand(node.path("begins").asText());
    List<Form> forms = new ArrayList<>();
    for (JsonNode form : node.path("forms")) {
      forms.add(form(form, node));
    }
    return new ReportKind(
        node.path("rule").asText(),
        expression(begins),
        node.has("unless") ? expression(expand(node.path("unless").asText())) : null,
        node.has("joins") ? expression(expand(node.path("joins").asText())) : null,
        node.path("ends").asBoolean(false),
        node.path("kernelOnly").asBoolean(false),
        node.path("strict").asBoolean(false),
        List.copyOf(forms));
  }

  private Form form(JsonNode node, JsonNode kind) {
    List<Expression> more = new ArrayList<>();
    node.path("more").forEach(m -> more.add(expression(expand(m.asText()))));
    List<String> alt = new ArrayList<>();
    node.path("alt").forEach(a -> alt.add(a.asText()));
    List<List<String>> look = new ArrayList<>();
    JsonNode places = node.has("look") ? node.path("look") : kind.path("look");
    for (JsonNode alternative : places) {
      List<String> steps = new ArrayList<>();
      for (String step : alternative.asText().split(" ")) {
        steps.add(step);
      }
      look.add(List.copyOf(steps));
    }
    JsonNode skip = node.has("skip") ? node.path("skip") : kind.path("skip");
    String pick = node.path("pick").asText(kind.path("pick").asText("first"));
    return new Form(
        node.has("rule") ? node.path("rule").asText() : null,
        expression(expand((node.has("line") ? node.path("line") : kind.path("begins")).asText())),
        List.copyOf(more),
        node.path("title").asText(),
        List.copyOf(alt),
        node.path("function").asText("${guilty}"),
        List.copyOf(look),
        skip.isEmpty() ? null : anyOf(skip),
        Pick.valueOf(pick.toUpperCase(Locale.ROOT)),
        node.path("stackless").asBoolean(false),
        node.path("cut").asBoolean(false));
  }

  private static Expression expression(String regex) {
    try {
      return Expression.of(regex);
    } catch (PatternException e) {
      throw new IllegalStateException(regex + ": " + e.getMessage(), e);
    }
  }

  private Pattern regex(JsonNode node) {
    return Pattern.compile(expand(node.asText()));
  }

  private Pattern anyOf(JsonNode patterns) {
    StringBuilder all = new StringBuilder();
    patterns.forEach(p -> all.append(all.length() == 0 ? "" : "|").append(expand(p.asText())));
    return Pattern.compile(all.toString());
  }

  /**
   * The first {@code {FUNC}} binds the name func.
   *
   * <p>{@code (?<name>…)} is written {@code (?P<name>…)} in RE2; <code>{NAME}</code> is a macro.
   */
  private String expand(String regex) {
    String expanded = regex;
    if (regex.contains("{FUNC}")) {
      String named = macros.get("FUNC").replaceFirst("\\(", "(?<func>");
      expanded =
          expanded.substring(0, expanded.indexOf("{FUNC}"))
              + named
              + expanded.substring(expanded.indexOf("{FUNC}") + 6);
    }
    for (Map.Entry<String, String> macro : macros.entrySet()) {
      expanded = expanded.replace('{' + macro.getKey() + '}', macro.getValue());
    }
    return expanded.replace("(?<", "(?P<");
  }
}
