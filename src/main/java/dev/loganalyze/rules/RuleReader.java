package dev.loganalyze.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.crash.CrashReports;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads one rule file and says exactly what is wrong with it. */
final class RuleReader {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final Set<String> KEYS =
      Set.of(
          "id",
          "title",
          "severity",
          "subject",
          "match",
          "explain",
          "advice",
          "causes",
          "falsepositives",
          "references",
          "cases");

  private static final Set<String> MATCH_KEYS =
      Set.of(
          "pattern",
          "unless",
          "until",
          "lines",
          "shape",
          "origin",
          "phase",
          "observed",
          "crash",
          "field");

  /** Names that every match binds. */
  private static final Set<String> ALWAYS_BOUND = Set.of("unit", "message", "identifier", "line");

  private static final int DEFAULT_BLOCK = 200;

  private final String file;
  private final String text;
  private final List<String> faults;

  private RuleReader(String file, String text, List<String> faults) {
    this.file = file;
    this.text = text;
    this.faults = faults;
  }

  /**
   * The rule in {@code text}, or null when it has a fault.
   *
   * @param file what faults name, such as {@code storage/no-space.yaml}
   * @param faults gets one sentence a fault
   */
  static Rule read(String file, String text, List<String> faults) {
    RuleReader reader = new RuleReader(file, text, faults);
    int before = faults.size();
    Rule rule = reader.rule();
    return faults.size() == before ? rule : null;
  }

  private Rule rule() {
    JsonNode node;
    try {
      node = YAML.readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      faults.add(file + ":" + line + ":" + column + ": is not YAML: " + reason);
      return null;
    }
    if (node == null || !node.isObject()) {
      fault("", "a rule is a YAML mapping that begins with id:");
      return null;
    }
    keys(node, KEYS);
    String id = string(node, "id", true);
    if (!id.isEmpty() && !id.matches("[a-z0-9-]+\\.[a-z0-9-]+")) {
      fault("id", "an id is family.name in lower case with hyphens, not '" + id + "'");
    } else if (!id.isEmpty() && !("/" + file).endsWith("/" + id.replace('.', '/') + ".yaml")) {
      fault("id", "rule " + id + " belongs into " + id.replace('.', '/') + ".yaml");
    }
    List<Rule.Match> matches = new ArrayList<>();
    for (JsonNode match : list(node, "match", true)) {
      matches.add(match(match));
    }
    Rule rule =
        new Rule(
            id,
            string(node, "title", true),
            word(node, "severity", Severity.class, true).stream().findFirst().orElse(null),
            string(node, "subject", false),
            List.copyOf(matches),
            string(node, "explain", true),
            string(node, "advice", true),
            strings(node, "causes"),
            strings(node, "falsepositives"),
            strings(node, "references"),
            cases(node));
    templates(rule);
    return rule;
  }

  private Rule.Match match(JsonNode node) {
    keys(node, MATCH_KEYS);
    Set<Observation.Kind> observed = word(node, "observed", Observation.Kind.class, false);
    Rule.Match match =
        new Rule.Match(
            pattern(node, "pattern"),
            pattern(node, "unless"),
            pattern(node, "until"),
            node.path("lines").asInt(DEFAULT_BLOCK),
            word(node, "shape", Shape.class, false),
            word(node, "origin", Origin.class, false),
            word(node, "phase", Phase.Kind.class, false),
            observed.stream().findFirst().orElse(null),
            node.has("crash") ? node.path("crash").asText() : null,
            node.has("field") ? node.path("field").asText() : null);
    if (match.pattern() == null
        && match.shapes().isEmpty()
        && match.observed() == null
        && match.crash() == null) {
      fault("match", "a match needs pattern, shape, observed or crash");
    }
    if (match.crash() != null && !CrashReports.kinds().contains(match.crash())) {
      fault(
          "crash",
          "no crash report is of the kind '"
              + match.crash()
              + "'; kinds are: "
              + sorted(CrashReports.kinds()));
    }
    if (match.field() != null && (match.observed() == null || match.pattern() == null)) {
      fault("field", "field says where pattern looks, and needs both pattern and observed");
    }
    return match;
  }

  private String pattern(JsonNode node, String key) {
    if (!node.has(key)) {
      return null;
    }
    String pattern = node.path(key).asText();
    try {
      compile(pattern);
    } catch (PatternSyntaxException e) {
      boolean lookAround =
          pattern.contains("(?=")
              || pattern.contains("(?!")
              || pattern.contains("(?<=")
              || pattern.contains("(?<!");
      fault(
          key,
          lookAround
              ? "look-around cannot be matched in linear time; use unless: for what must not be there"
              : e.getDescription() + " in '" + e.getPattern() + "'");
    }
    return pattern;
  }

  /** {@code regex} as RE2 takes it; {@code (?<name>…)} is written {@code (?P<name>…)} there. */
  static Pattern compile(String regex) {
    return Pattern.compile(regex.replaceAll("\\(\\?<([A-Za-z])", "(?P<$1"));
  }

  private List<Rule.Case> cases(JsonNode node) {
    List<Rule.Case> cases = new ArrayList<>();
    for (JsonNode one : list(node, "cases", true)) {
      keys(one, Set.of("log", "finds"));
      String log = string(one, "log", true);
      JsonNode finds = one.path("finds");
      List<Map<String, String>> expected = new ArrayList<>();
      if (finds.isObject()) {
        expected.add(names(finds));
      } else if (finds.isArray()) {
        finds.forEach(f -> expected.add(names(f)));
      } else if (!finds.asText().equals("none")) {
        fault("cases", "finds is a mapping, a list of mappings, or none");
      }
      cases.add(new Rule.Case(log, List.copyOf(expected)));
    }
    return List.copyOf(cases);
  }

  private static Map<String, String> names(JsonNode node) {
    Map<String, String> names = new TreeMap<>();
    node.properties().forEach(f -> names.put(f.getKey(), f.getValue().asText()));
    return names;
  }

  /** A template may name only what some match can bind. */
  private void templates(Rule rule) {
    Set<String> bound = new HashSet<>(ALWAYS_BOUND);
    boolean observed = false;
    for (Rule.Match match : rule.match()) {
      observed |= match.observed() != null || match.crash() != null;
      for (String pattern : Arrays.asList(match.pattern(), match.until())) {
        if (pattern != null && faults.isEmpty()) {
          bound.addAll(compile(pattern).namedGroups().keySet());
        }
      }
    }
    if (observed || !faults.isEmpty()) {
      return;
    }
    for (String template : List.of(rule.title(), rule.subject(), rule.advice())) {
      for (String name : Template.names(template)) {
        if (!bound.contains(name)) {
          fault("title", "nothing binds ${" + name + "}; what is bound: " + sorted(bound));
        }
      }
    }
  }

  // ---- pieces -----------------------------------------------------------------------------------

  private void keys(JsonNode node, Set<String> allowed) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!allowed.contains(key)) {
                fault(key, "there is no key '" + key + "' here; keys are " + sorted(allowed));
              }
            });
  }

  private String string(JsonNode node, String key, boolean needed) {
    JsonNode value = node.path(key);
    if (needed && (!value.isValueNode() || value.asText().isBlank())) {
      fault(key, "the key '" + key + "' is missing or empty");
    }
    return value.asText("").strip().equals(value.asText("")) || !key.equals("log")
        ? value.asText("").stripTrailing()
        : value.asText();
  }

  private List<JsonNode> list(JsonNode node, String key, boolean needed) {
    JsonNode value = node.path(key);
    List<JsonNode> list = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(list::add);
    } else if (!value.isMissingNode()) {
      list.add(value);
    }
    if (needed && list.isEmpty()) {
      fault(key, "the key '" + key + "' is missing or empty");
    }
    return list;
  }

  private List<String> strings(JsonNode node, String key) {
    return list(node, key, false).stream().map(JsonNode::asText).toList();
  }

  private <E extends Enum<E>> Set<E> word(
      JsonNode node, String key, Class<E> type, boolean needed) {
    Set<E> words = new java.util.LinkedHashSet<>();
    for (JsonNode word : list(node, key, needed)) {
      String name = word.asText().toUpperCase(Locale.ROOT).replace('-', '_');
      try {
        words.add(Enum.valueOf(type, name));
      } catch (IllegalArgumentException e) {
        String all =
            Arrays.stream(type.getEnumConstants())
                .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
        fault(key, "'" + word.asText() + "' is no " + key + "; choose from " + all);
      }
    }
    return words;
  }

  private void fault(String key, String sentence) {
    faults.add(file + ":" + lineOf(key) + ": " + sentence);
  }

  /** The 1-based line that holds {@code key}, or 1. */
  private int lineOf(String key) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length && !key.isEmpty(); i++) {
      String line = lines[i].replaceFirst("^[ -]*", "");
      if (line.startsWith(key + ":")) {
        return i + 1;
      }
    }
    return 1;
  }

  private static String sorted(Set<String> words) {
    return words.stream().sorted().collect(Collectors.joining(", "));
  }
}
