package dev.loganalyze.crash;

import dev.loganalyze.pattern.Expression;
import java.util.List;

/**
 * One kind of report, as a file under {@code resources/crash} describes it.
 *
 * @param rule the finding id of its reports
 * @param begins a line in which this is found begins such a report
 * @param unless a line in which this is found does not; or null
 * @param joins such a line goes on with an open report in whose first line this is found; or null
 * @param ends such a line belongs to an open report as its end, and begins one of its own too
 * @param kernelOnly only a line that carries a kernel stamp begins such a report
 * @param strict without a form that fits there is no report
 * @param forms how its title is made; the first one that fits counts
 */
record ReportKind(
    String rule,
    Expression begins,
    Expression unless,
    Expression joins,
    boolean ends,
    boolean kernelOnly,
    boolean strict,
    List<Form> forms) {

  /**
   * One way to a title.
   *
   * @param rule the finding id, where it differs from the kind's; or null
   * @param line must be found in the first line; binds names
   * @param more must each be found in a later line; bind names
   * @param title template over the bound names and <code>${guilty}</code>
   * @param alt templates of other titles
   * @param function template of the function that is named guilty
   * @param look where the guilty function is looked for: alternatives, each a list of places
   * @param skip functions that are never guilty in reports of this form; or null
   * @param pick which of the frames is guilty
   * @param stackless such reports have no stack, and lack nothing
   * @param cut such a line is all that is left of a report
   */
  record Form(
      String rule,
      Expression line,
      List<Expression> more,
      String title,
      List<String> alt,
      String function,
      List<List<String>> look,
      Expression skip,
      Pick pick,
      boolean stackless,
      boolean cut) {}

  /** Which frame is guilty. */
  enum Pick {
    /** The innermost one that may be guilty. */
    FIRST,
    /** The handler: the last one before the kernel's general way in. For loops and stalls. */
    ENTRY,
    /** The innermost one that does more than wait. For tasks that hang. */
    WAITER
  }
}
