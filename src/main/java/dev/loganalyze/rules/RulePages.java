package dev.loganalyze.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules as Markdown: one page a rule, and an index. */
public final class RulePages {
  private static final String INDEX = "README.md";

  /** How the index begins. */
  private static final String TITLE = "# Rules\n\nWritten by `loganalyze rules docs`.\n";

  private RulePages() {}

  /** The pages by file name, {@code README.md} (the index) first. */
  public static Map<String, String> of(List<Rule> rules) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put(INDEX, index(rules));
    for (Rule rule : rules) {
      pages.put(rule.id() + ".md", page(rule));
    }
    return pages;
  }

  /** Whether {@code text}, which the file {@code name} holds, is a page that was written here. */
  public static boolean isPage(String name, String text) {
    String id = name.replaceFirst("\\.md$", "");
    return text.startsWith(name.equals(INDEX) ? TITLE : "# " + id + "\n\n**");
  }

  private static String index(List<Rule> rules) {
    StringBuilder page = new StringBuilder(TITLE);
    String family = "";
    for (Rule rule : rules) {
      if (!rule.family().equals(family)) {
        family = rule.family();
        page.append("\n## ")
            .append(family)
            .append("\n\n| rule | severity | what |\n|---|---|---|\n");
      }
      page.append("| [").append(rule.id()).append("](").append(rule.id()).append(".md) | ");
      page.append(rule.severity().word()).append(" | ").append(cell(rule.title())).append(" |\n");
    }
    return page.toString();
  }

  private static String page(Rule rule) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(rule.id()).append("\n\n**").append(prose(rule.title()));
    page.append("** (").append(rule.severity().word()).append(")\n\n");
    page.append(prose(rule.explain().strip())).append("\n\n**What to do:** ");
    page.append(prose(rule.advice().strip())).append('\n');
    if (!rule.collect().isEmpty()) {
      page.append("\nIf nothing else explains it, the log does not hold the cause. To find it: ");
      page.append(prose(rule.collect().strip())).append('\n');
    }
    list(page, "May cause", rule.causes().stream().map(c -> "`" + c + "`").toList());
    list(page, "No cause for worry", rule.falsepositives());
    List<String> found = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    rule.cases().forEach(c -> (c.finds().isEmpty() ? silent : found).add(c.log()));
    examples(page, "Found in", found);
    examples(page, "Not found in", silent);
    list(page, "Read on", rule.references());
    return page.toString();
  }

  private static void list(StringBuilder page, String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      page.append("\n## ").append(heading).append("\n\n");
      lines.forEach(line -> page.append("- ").append(prose(line)).append('\n'));
    }
  }

  private static void examples(StringBuilder page, String heading, List<String> logs) {
    page.append("\n## ").append(heading).append("\n");
    for (String log : logs) {
      page.append("\n~~~text\n").append(log.stripTrailing()).append("\n~~~\n");
    }
  }

  private static String prose(String text) {
    return text.replace("<", "&lt;");
  }

  private static String cell(String text) {
    return prose(text).replace("|", "\\|");
  }
}
