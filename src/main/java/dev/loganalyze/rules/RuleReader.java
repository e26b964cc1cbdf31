package dev.loganalyze.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.crash.CrashReports;
import dev.loganalyze.parse.Condition;
import dev.loganalyze.parse.ConditionException;
import dev.loganalyze.parse.ConditionParser;
import dev.loganalyze.parse.Level;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.PatternException;
import dev.loganalyze.session.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one rule file and says exactly what is wrong with it. */
final class RuleReader {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "title",
          "severity",
          "subject",
          "match",
          "explain",
          "advice",
          "collect",
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
          "level",
          "phase",
          "unit",
          "process",
          "message-id",
          "command",
          "output",
          "fields");

  private static final Set<String> MATCH_KEYS =
      Stream.concat(
              LINE_KEYS.stream(),
              Stream.of("observed", "field", "crash", "commandline", "when", "parts"))
          .collect(Collectors.toUnmodifiableSet());

  /** Names that every match binds. */
  private static final Set<String> ALWAYS_BOUND = Set.of("unit", "message", "identifier", "line");

  private static final int DEFAULT_BLOCK = 200;
  private static final int MOST_BLOCK = 500;

  private final YamlFile yaml;
  private final List<String> faults;

  private RuleReader(YamlFile yaml, List<String> faults) {
    this.yaml = yaml;
    this.faults = faults;
  }

  /**
   * The rule in {@code text}, or null when it has a fault.
   *
   * @param file what faults name, such as {@code storage/no-space.yaml}
   * @param faults gets one sentence a fault
   */
  static Rule read(String file, String text, List<String> faults) {
    return read(file, new YamlFile(file, text, faults), faults);
  }

  /** The rule that comes with the program and is {@code read}. */
  static Rule read(String file, JsonNode read, List<String> faults) {
    return read(file, new YamlFile(file, read, faults), faults);
  }

  private static Rule read(String file, YamlFile yaml, List<String> faults) {
    RuleReader reader = new RuleReader(yaml, faults);
    int before = faults.size();
    Rule rule = reader.rule(file);
    return faults.size() == before ? rule : null;
  }

  private Rule rule(String file) {
    JsonNode node = yaml.mapping("a rule is a YAML mapping that begins with id:");
    if (node == null) {
      return null;
    }
    yaml.keys(node, KEYS);
    String id = yaml.string(node, "id", true);
    if (!id.isEmpty() && !id.matches("[a-z0-9-]+\\.[a-z0-9-]+")) {
      yaml.fault(node, "id", "an id is family.name in lower case with hyphens, not '" + id + "'");
    } else if (!id.isEmpty() && !("/" + file).endsWith("/" + id.replace('.', '/') + ".yaml")) {
      yaml.fault(node, "id", "rule " + id + " belongs into " + id.replace('.', '/') + ".yaml");
    }
    List<Rule.Match> matches = new ArrayList<>();
    for (JsonNode match : yaml.list(node, "match", true)) {
      matches.add(match(match));
    }
    Rule rule =
        new Rule(
            id,
            yaml.string(node, "title", true),
            severity(node),
            severities(node),
            yaml.string(node, "subject", false),
            List.copyOf(matches),
            yaml.string(node, "explain", true),
            yaml.string(node, "advice", true),
            yaml.string(node, "collect", false),
            yaml.strings(node, "causes"),
            yaml.strings(node, "yields"),
            yaml.strings(node, "falsepositives"),
            yaml.strings(node, "references"),
            cases(node));
    templates(node, rule);
    return rule;
  }

  private Severity severity(JsonNode node) {
    boolean many = node.path("severity").isObject();
    return yaml
        .word(
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
      yaml.keys(many, allowed);
      for (String when : allowed) {
        if (!when.equals("default")) {
          yaml.word(many, when, Severity.class, false).forEach(s -> severities.put(when, s));
        }
      }
    }
    return Map.copyOf(severities);
  }

  private Rule.Match match(JsonNode node) {
    yaml.keys(node, MATCH_KEYS);
    Set<Observation.Kind> observed = yaml.word(node, "observed", Observation.Kind.class, false);
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
    if (!asks(node) && match.observed() == null && match.crash() == null && !node.has("when")) {
      yaml.fault(
          node,
          "",
          "a match needs pattern, shape, level, message-id, observed, output, crash or when");
    }
    if (match.crash() != null && !CrashReports.kinds().contains(match.crash())) {
      yaml.fault(
          node,
          "crash",
          "no crash report is of the kind '"
              + match.crash()
              + "'; kinds are: "
              + YamlFile.sorted(CrashReports.kinds()));
    }
    boolean fields = match.observed() != null || match.line().output() != null;
    if (match.field() != null && (!fields || !node.has("pattern"))) {
      yaml.fault(
          node,
          "field",
          "field says where pattern looks, and needs pattern, and observed or output");
    }
    if (node.has("parts") != node.has("when")) {
      yaml.fault(node, "", "when is a condition over parts, and needs parts; parts need when");
    }
    return match;
  }

  /** Whether {@code node} asks something of a line that few lines have. */
  private static boolean asks(JsonNode node) {
    return Stream.of("pattern", "shape", "level", "message-id", "output").anyMatch(node::has);
  }

  private Rule.Line part(JsonNode node) {
    yaml.keys(node, LINE_KEYS);
    if (!asks(node)) {
      yaml.fault(node, "", "a part needs pattern, shape, level, message-id or output");
    }
    return line(node);
  }

  private Rule.Line line(JsonNode node) {
    String messageId = node.has("message-id") ? node.path("message-id").asText() : null;
    if (messageId != null && !messageId.matches("[0-9a-f]{32}")) {
      yaml.fault(node, "message-id", "a message id is 32 lower-case hexadecimal digits");
    }
    return new Rule.Line(
        pattern(node, "pattern"),
        pattern(node, "unless"),
        pattern(node, "until"),
        lines(node),
        yaml.word(node, "shape", Shape.class, false),
        yaml.word(node, "origin", Origin.class, false),
        yaml.word(node, "level", Level.class, false).stream().findFirst().orElse(null),
        yaml.word(node, "phase", Phase.Kind.class, false),
        pattern(node, "unit"),
        Set.copyOf(yaml.strings(node, "process")),
        messageId,
        pattern(node, "command"),
        yaml.word(node, "output", Fact.Kind.class, false).stream().findFirst().orElse(null),
        fields(node));
  }

  /** Where many lines begin a block, each is looked at as often. */
  private int lines(JsonNode node) {
    int lines = node.path("lines").asInt(DEFAULT_BLOCK);
    if (lines < 1 || lines > MOST_BLOCK) {
      yaml.fault(node, "lines", "a block is at least 1 line long and at most " + MOST_BLOCK);
    }
    return lines;
  }

  private Map<String, Expression> fields(JsonNode node) {
    JsonNode asked = node.path("fields");
    if (node.has("fields") && !node.has("output")) {
      yaml.fault(node, "fields", "fields are those of an answer, and need output");
    }
    Map<String, Expression> fields = new TreeMap<>();
    asked.properties().forEach(field -> fields.put(field.getKey(), pattern(asked, field.getKey())));
    return Collections.unmodifiableMap(fields);
  }

  private Condition condition(JsonNode node, Set<String> parts) {
    if (!node.has("when")) {
      return null;
    }
    try {
      Condition condition = ConditionParser.parse(node.path("when").asText());
      for (String part : condition.parts()) {
        if (!parts.contains(part)) {
          yaml.fault(
              node,
              "when",
              "there is no part '" + part + "'; parts are: " + YamlFile.sorted(parts));
        }
      }
      for (String part : parts) {
        if (!condition.parts().contains(part)) {
          yaml.fault(node.path("parts"), part, "the condition does not use part '" + part + "'");
        }
      }
      return condition;
    } catch (ConditionException e) {
      yaml.fault(node, "when", e.getMessage());
      return null;
    }
  }

  private Expression pattern(JsonNode node, String key) {
    if (!node.has(key)) {
      return null;
    }
    String pattern = node.path(key).asText();
    try {
      int end = lineEnd(pattern);
      if (end >= 0) {
        yaml.fault(node, key, end, "a message is one line, so that \\n never matches; see until:");
      }
      return Expression.of(pattern);
    } catch (PatternException e) {
      yaml.fault(node, key, e.at(), e.getMessage());
      return null;
    }
  }

  /** Where {@code pattern} asks for the end of a line; or -1. */
  private static int lineEnd(String pattern) {
    boolean escaped = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\n' || (escaped && c == 'n')) {
        return escaped ? i - 1 : i;
      }
      escaped = !escaped && c == '\\';
    }
    return -1;
  }

  private List<Rule.Case> cases(JsonNode node) {
    List<Rule.Case> cases = new ArrayList<>();
    for (JsonNode one : yaml.list(node, "cases", true)) {
      yaml.keys(one, Set.of("log", "budgets", "finds"));
      String log = yaml.string(one, "log", true);
      JsonNode finds = one.path("finds");
      List<Map<String, String>> expected = new ArrayList<>();
      if (finds.isObject()) {
        expected.add(names(finds));
      } else if (finds.isArray()) {
        finds.forEach(f -> expected.add(names(f)));
      } else if (!finds.asText().equals("none")) {
        yaml.fault(one, "finds", "finds is a mapping, a list of mappings, or none");
      }
      cases.add(new Rule.Case(log, yaml.strings(one, "budgets"), List.copyOf(expected)));
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
    for (Expression pattern :
        Arrays.asList(line.pattern(), line.until(), line.unit(), line.command())) {
      names.addAll(names(pattern));
    }
    line.fields().values().forEach(pattern -> names.addAll(names(pattern)));
    return names;
  }

  private static Set<String> names(Expression pattern) {
    return pattern == null ? Set.of() : pattern.names();
  }

  /** Whether the names of what is matched are known only when it is. */
  private static boolean asksFields(Rule.Match match) {
    return match.observed() != null
        || match.line().output() != null
        || match.parts().values().stream().anyMatch(part -> part.output() != null);
  }

  /** A template may name only what some match can bind. */
  private void templates(JsonNode node, Rule rule) {
    Set<String> bound = new HashSet<>(ALWAYS_BOUND);
    boolean observed = false;
    for (Rule.Match match : rule.match()) {
      observed |= asksFields(match) || match.crash() != null;
      if (faults.isEmpty()) {
        bound.addAll(names(match.commandline()));
        bound.addAll(names(match.line()));
        match.parts().values().forEach(part -> bound.addAll(names(part)));
      }
    }
    if (observed || !faults.isEmpty()) {
      return;
    }
    for (String key : List.of("title", "subject", "advice", "collect")) {
      for (String name : Template.names(node.path(key).asText())) {
        if (!bound.contains(name)) {
          yaml.fault(
              node, key, "nothing binds ${" + name + "}; what is bound: " + YamlFile.sorted(bound));
        }
      }
    }
  }
}
