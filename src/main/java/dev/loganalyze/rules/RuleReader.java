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
import dev.loganalyze.parse.Condition;
import dev.loganalyze.parse.ConditionException;
import dev.loganalyze.parse.ConditionParser;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
          "yields",
          "falsepositives",
          "references",
          "cases");

  private static final Set<String> LINE_KEYS =
      Set.of(
          "pattern",
          "unless",
          "until",
          "lines",
          "shape",
          "origin",
          "phase",
          "unit",
          "process",
          "message-id",
          "command");

  private static final Set<String> MATCH_KEYS =
      Stream.concat(
              LINE_KEYS.stream(),
              Stream.of("observed", "field", "crash", "commandline", "when", "parts"))
          .collect(Collectors.toUnmodifiableSet());

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
            severity(node),
            severities(node),
            string(node, "subject", false),
            List.copyOf(matches),
            string(node, "explain", true),
            string(node, "advice", true),
            strings(node, "causes"),
            strings(node, "yields"),
            strings(node, "falsepositives"),
            strings(node, "references"),
            cases(node));
    templates(rule);
    return rule;
  }

  private Severity severity(JsonNode node) {
    boolean many = node.path("severity").isObject();
    return word(
            many ? node.path("severity") : node,
            many ? "default" : "severity",
            Severity.class,
            true)
        .stream()
        .findFirst()
        .orElse(null);
  }

  /** {@code severity: {default: error, session: warning, reached-login: info}}. */
  private Map<String, Severity> severities(JsonNode node) {
    Map<String, Severity> severities = new TreeMap<>();
    Set<String> allowed = new HashSet<>(Set.of("default", Rule.REACHED_LOGIN));
    Arrays.stream(Phase.Kind.values()).map(Phase.Kind::word).forEach(allowed::add);
    JsonNode many = node.path("severity");
    if (many.isObject()) {
      keys(many, allowed);
      for (String when : allowed) {
        if (!when.equals("default")) {
          word(many, when, Severity.class, false).forEach(s -> severities.put(when, s));
        }
      }
    }
    return Map.copyOf(severities);
  }

  private Rule.Match match(JsonNode node) {
    keys(node, MATCH_KEYS);
    Set<Observation.Kind> observed = word(node, "observed", Observation.Kind.class, false);
    Map<String, Rule.Line> parts = new LinkedHashMap<>();
    node.path("parts")
        .properties()
        .forEach(part -> parts.put(part.getKey(), part(part.getValue())));
    Rule.Match match =
        new Rule.Match(
            line(node),
            observed.stream().findFirst().orElse(null),
            node.has("field") ? node.path("field").asText() : null,
            node.has("crash") ? node.path("crash").asText() : null,
            pattern(node, "commandline"),
            condition(node, parts.keySet()),
            Collections.unmodifiableMap(parts));
    if (!asks(match.line())
        && match.observed() == null
        && match.crash() == null
        && !node.has("when")) {
      fault("match", "a match needs pattern, shape, message-id, observed, crash or when");
    }
    if (match.crash() != null && !CrashReports.kinds().contains(match.crash())) {
      fault(
          "crash",
          "no crash report is of the kind '"
              + match.crash()
              + "'; kinds are: "
              + sorted(CrashReports.kinds()));
    }
    if (match.field() != null && (match.observed() == null || match.line().pattern() == null)) {
      fault("field", "field says where pattern looks, and needs both pattern and observed");
    }
    if (node.has("parts") != node.has("when")) {
      fault("match", "when is a condition over parts, and needs parts; parts need when");
    }
    return match;
  }

  private static boolean asks(Rule.Line line) {
    return line.pattern() != null || !line.shapes().isEmpty() || line.messageId() != null;
  }

  private Rule.Line part(JsonNode node) {
    keys(node, LINE_KEYS);
    Rule.Line line = line(node);
    if (!asks(line)) {
      fault("parts", "a part needs pattern, shape or message-id");
    }
    return line;
  }

  private Rule.Line line(JsonNode node) {
    String messageId = node.has("message-id") ? node.path("message-id").asText() : null;
    if (messageId != null && !messageId.matches("[0-9a-f]{32}")) {
      fault("message-id", "a message id is 32 lower-case hexadecimal digits");
    }
    return new Rule.Line(
        pattern(node, "pattern"),
        pattern(node, "unless"),
        pattern(node, "until"),
        node.path("lines").asInt(DEFAULT_BLOCK),
        word(node, "shape", Shape.class, false),
        word(node, "origin", Origin.class, false),
        word(node, "phase", Phase.Kind.class, false),
        pattern(node, "unit"),
        Set.copyOf(strings(node, "process")),
        messageId,
        pattern(node, "command"));
  }

  private Condition condition(JsonNode node, Set<String> parts) {
    if (!node.has("when")) {
      return null;
    }
    try {
      Condition condition = ConditionParser.parse(node.path("when").asText());
      for (String part : condition.parts()) {
        if (!parts.contains(part)) {
          fault("when", "there is no part '" + part + "'; parts are: " + sorted(parts));
        }
      }
      for (String part : parts) {
        if (!condition.parts().contains(part)) {
          fault(part, "the condition does not use part '" + part + "'");
        }
      }
      return condition;
    } catch (ConditionException e) {
      fault("when", e.getMessage());
      return null;
    }
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
      keys(one, Set.of("log", "budgets", "finds"));
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
      cases.add(new Rule.Case(log, strings(one, "budgets"), List.copyOf(expected)));
    }
    return List.copyOf(cases);
  }

  private static Map<String, String> names(JsonNode node) {
    Map<String, String> names = new TreeMap<>();
    node.properties().forEach(f -> names.put(f.getKey(), f.getValue().asText()));
    return names;
  }

  /** The names that the patterns of {@code line} bind. */
  static Set<String> names(Rule.Line line) {
    Set<String> names = new HashSet<>();
    for (String pattern :
        Arrays.asList(line.pattern(), line.until(), line.unit(), line.command())) {
      names.addAll(names(pattern));
    }
    return names;
  }

  private static Set<String> names(String pattern) {
    return pattern == null ? Set.of() : compile(pattern).namedGroups().keySet();
  }

  /** A template may name only what some match can bind. */
  private void templates(Rule rule) {
    Set<String> bound = new HashSet<>(ALWAYS_BOUND);
    boolean observed = false;
    for (Rule.Match match : rule.match()) {
      observed |= match.observed() != null || match.crash() != null;
      if (faults.isEmpty()) {
        bound.addAll(names(match.commandline()));
        bound.addAll(names(match.line()));
        match.parts().values().forEach(part -> bound.addAll(names(part)));
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
