package dev.loganalyze.crash;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.crash.ReportKind.Form;
import dev.loganalyze.crash.ReportKind.Pick;
import dev.loganalyze.pattern.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a report is called, and the names its guilty function goes by. */
final class Titles {
  /** What stands for the guilty function where the report does not tell. */
  private static final String UNKNOWN = "corrupted";

  private static final String GUILTY = "guilty";
  private static final int MAX_TITLE = 200;

  private static final Pattern ADDRESS = Pattern.compile("\\b(?:0x[0-9a-fA-F]+|[0-9a-f]{8,})\\b");
  private static final Pattern NUMBER = Pattern.compile("\\b[0-9]+\\b|[0-9]{5,}");

  private final Stacks stacks;
  private final Form form;
  private final Map<String, String> names = new HashMap<>();
  private final List<String> guilty;

  /**
   * @param bound what the lines of the report bound, by name
   * @param guilty the guilty function as printed, or empty
   */
  Titles(Stacks stacks, Form form, Map<String, String> bound, String guilty) {
    this.stacks = stacks;
    this.form = form;
    bound.forEach((name, value) -> names.put(name, plain(value)));
    this.guilty = namesOf(guilty);
  }

  /**
   * The titles, the one that counts first, then the other ones.
   *
   * @param truncated the report is not whole, so that others may call it so
   */
  List<String> all(boolean truncated) {
    Set<String> titles = new LinkedHashSet<>();
    List<String> templates = new ArrayList<>(List.of(form.title()));
    templates.addAll(form.alt());
    for (String template : templates) {
      for (String name : guilty.isEmpty() ? List.of(UNKNOWN) : guilty) {
        titles.add(fill(template, name));
      }
    }
    if (truncated) {
      titles.add(fill(form.title(), UNKNOWN));
    }
    return List.copyOf(titles);
  }

  /** The guilty function as titles name it, or empty. */
  String function() {
    boolean told = !guilty.isEmpty() || !form.function().contains("${" + GUILTY + "}");
    return told ? fill(form.function(), guilty.isEmpty() ? "" : guilty.get(0)) : "";
  }

  /** The names of {@code function}, the one for titles first. */
  private List<String> namesOf(String function) {
    if (function.isEmpty()) {
      return List.of();
    }
    Set<String> all = new LinkedHashSet<>();
    for (Map.Entry<String, Expression> bucket : stacks.buckets().entrySet()) {
      if (form.pick() != Pick.FIRST && bucket.getValue().occursIn(function)) {
        all.add(bucket.getKey());
      }
    }
    for (Stacks.Renaming renaming : stacks.renamings()) {
      Matcher matcher = renaming.from().matcher(function);
      if (matcher.find()) {
        all.add(matcher.replaceFirst(renaming.to()));
      }
    }
    all.add(function);
    return List.copyOf(all);
  }

  private String fill(String template, String name) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    for (int open = template.indexOf("${"); open >= 0; open = template.indexOf("${", at)) {
      int close = template.indexOf('}', open);
      String key = template.substring(open + 2, close);
      filled.append(template, at, open);
      filled.append(key.equals(GUILTY) ? name : names.getOrDefault(key, ""));
      at = close + 1;
    }
    filled.append(template.substring(at));
    return cut(filled.toString());
  }

  /** Text of the log without what differs from run to run. */
  static String plain(String text) {
    String plain = ADDRESS.matcher(text.strip()).replaceAll("ADDR");
    return cut(NUMBER.matcher(plain).replaceAll("NUM"));
  }

  private static String cut(String text) {
    return text.length() <= MAX_TITLE ? text : text.substring(0, MAX_TITLE);
  }
}
