package dev.loganalyze.rules;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Text with names in it: {@code Probing ${device} failed}. */
final class Template {
  /** What a log puts into one place of a template is cut to this many characters. */
  private static final int MAX_LENGTH = 300;

  private Template() {}

  /**
   * {@code template} with its names filled in from {@code values}; a name without value is empty.
   */
  static String fill(String template, Map<String, String> values) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int start = template.indexOf("${", at);
      int end = start < 0 ? -1 : template.indexOf('}', start);
      if (end < 0) {
        break;
      }
      filled.append(template, at, start);
      filled.append(cut(values.getOrDefault(template.substring(start + 2, end), "")));
      at = end + 1;
    }
    filled.append(template, at, template.length());
    return filled.toString();
  }

  private static String cut(String value) {
    return value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH - 1) + "\u2026";
  }

  /** The names in {@code template}. */
  static Set<String> names(String template) {
    Set<String> names = new LinkedHashSet<>();
    for (int start = template.indexOf("${");
        start >= 0;
        start = template.indexOf("${", start + 2)) {
      int end = template.indexOf('}', start);
      if (end > 0) {
        names.add(template.substring(start + 2, end));
      }
    }
    return names;
  }
}
