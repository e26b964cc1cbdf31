package dev.loganalyze.rules;

import dev.loganalyze.bytes.Text;
import dev.loganalyze.session.ShellWords;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Text with names in it: {@code Probing ${device} failed}. */
final class Template {
  /** What a log puts into one place of a template is cut to this many characters. */
  private static final int MAX_LENGTH = 300;

  private Template() {}

  /**
   * {@code template} with its names filled in from {@code values}; a name without value is empty.
   */
  static String fill(String template, Map<String, String> values) {
    return fill(template, values, value -> value, value -> value);
  }

  /**
   * As {@link #fill}, for advice: in a command, which stands between backticks, a value is one word
   * for a shell and nothing else, since people copy commands; and no value makes a command, for its
   * own backticks are written out.
   */
  static String advice(String template, Map<String, String> values) {
    return fill(template, values, value -> value.replace("`", "\\x60"), ShellWords::quoted);
  }

  private static String fill(
      String template,
      Map<String, String> values,
      UnaryOperator<String> inProse,
      UnaryOperator<String> inCommand) {
    boolean command = false;
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int start = template.indexOf("${", at);
      int end = start < 0 ? -1 : template.indexOf('}', start);
      if (end < 0) {
        break;
      }
      command ^= template.substring(at, start).chars().filter(c -> c == '`').count() % 2 == 1;
      filled.append(template, at, start);
      String named = values.getOrDefault(template.substring(start + 2, end), "");
      String value = Text.ellipsized(named, MAX_LENGTH);
      filled.append((command ? inCommand : inProse).apply(value));
      at = end + 1;
    }
    filled.append(template, at, template.length());
    return filled.toString();
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
