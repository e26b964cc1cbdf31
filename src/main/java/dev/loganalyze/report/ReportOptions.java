package dev.loganalyze.report;

import dev.loganalyze.rules.Rule;
import dev.loganalyze.timing.Budgets;
import java.util.List;

/**
 * What a report is made for; each format takes of it what it needs.
 *
 * @param screen what text is laid out for
 * @param maxBytes so many bytes Markdown may have; {@code Integer.MAX_VALUE} for no limit
 * @param rules all rules that were looked for, whether they found something or not, by id
 * @param budgets how long parts of each boot may take
 * @param unread what could not be read and why, a sentence each
 */
public record ReportOptions(
    Screen screen, int maxBytes, List<Rule> rules, Budgets budgets, List<String> unread) {

  /** Plain text of 80 columns, without limits and expectations. */
  public static final ReportOptions PLAIN =
      new ReportOptions(Screen.PLAIN, Integer.MAX_VALUE, List.of(), Budgets.NONE, List.of());

  /** These options where {@code sentences} tell what could not be read. */
  public ReportOptions without(List<String> sentences) {
    return new ReportOptions(screen, maxBytes, rules, budgets, sentences);
  }

  /** These options for another screen. */
  public ReportOptions on(Screen newScreen) {
    return new ReportOptions(newScreen, maxBytes, rules, budgets, unread);
  }

  /** These options with another limit for Markdown. */
  public ReportOptions within(int newMaxBytes) {
    return new ReportOptions(screen, newMaxBytes, rules, budgets, unread);
  }
}
