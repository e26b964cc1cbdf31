package dev.loganalyze.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.rules.RuleSet;
import dev.loganalyze.rules.Sought;
import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Logs of kernels, and the reports in them. */
final class CrashLogs {
  private static final Sought BEGINNINGS = RuleSet.builtIn().matcher().sought();

  private CrashLogs() {}

  static Entries entries(String log) {
    return LineParser.parse(Transcript.console(log.getBytes(StandardCharsets.UTF_8)));
  }

  static List<CrashReport> in(String log) {
    Entries entries = entries(log);
    return in(entries, entries.size());
  }

  /** The reports in the first {@code count} of {@code entries}. */
  static List<CrashReport> in(Entries entries, int count) {
    return CrashReports.of(entries, BEGINNINGS.reports(BEGINNINGS.in(entries)), 0, count - 1);
  }

  /** {@code text} as printk stamps it, with its caller where one is given. */
  static String kernel(String caller, String text) {
    StringBuilder log = new StringBuilder();
    int n = 0;
    for (String line : text.stripTrailing().split("\n")) {
      log.append(String.format(Locale.ROOT, "[   12.%06d]", n++))
          .append(caller.isEmpty() ? "" : "[" + caller + "]")
          .append(' ')
          .append(line)
          .append('\n');
    }
    return log.toString();
  }

  /** The one report in {@code text}, which a kernel printed. */
  static CrashReport only(String text) {
    List<CrashReport> reports = in(kernel("", text));
    assertEquals(1, reports.size(), reports.toString());
    return reports.get(0);
  }
}
