package dev.loganalyze.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Names for pieces of expressions, which other expressions have in braces.
 *
 * @param pieces the pieces, by name
 */
record Macros(Map<String, String> pieces) {
  /** Those that {@code stacks.yaml} declares. */
  static Macros of(JsonNode stacks) {
    Map<String, String> pieces = new HashMap<>();
    stacks.path("macros").properties().forEach(m -> pieces.put(m.getKey(), m.getValue().asText()));
    return new Macros(pieces);
  }

  /** What is found where one of {@code patterns} is. */
  String anyOf(JsonNode patterns) {
    StringBuilder all = new StringBuilder();
    patterns.forEach(p -> all.append(all.length() == 0 ? "" : "|").append(expand(p.asText())));
    return all.toString();
  }

  /**
   * The first {@code {FUNC}} binds the name func.
   *
   * <p>{@code (?<name>…)} is written {@code (?P<name>…)} in RE2; <code>{NAME}</code> is a macro.
   */
  String expand(String regex) {
    String expanded = regex;
    if (regex.contains("{FUNC}")) {
      String named = pieces.get("FUNC").replaceFirst("\\(", "(?<func>");
      expanded =
          expanded.substring(0, expanded.indexOf("{FUNC}"))
              + named
              + expanded.substring(expanded.indexOf("{FUNC}") + 6);
    }
    for (Map.Entry<String, String> macro : pieces.entrySet()) {
      expanded = expanded.replace('{' + macro.getKey() + '}', macro.getValue());
    }
    return expanded.replace("(?<", "(?P<");
  }
}
