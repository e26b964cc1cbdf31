package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.diagnosis.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
  @Test
  void markupOfTheLogIsEscaped() {
    assertEquals(
        "&lt;b&gt; \\| \\*x\\* \\_y\\_ \\`z\\` \\[a\\](b) \\# \\\\ &amp;",
        Markdown.FORMAT.escapePlainText("<b> | *x* _y_ `z` [a](b) # \\ &"));
  }

  @Test
  void nobodyIsMentioned() {
    assertEquals(
        "@&#8203;all (@&#8203;x) getty@tty1.service",
        Markdown.FORMAT.escapePlainText("@all (@x) getty@tty1.service"));
  }

  @Test
  void theFenceIsLongerThanAnyBackticksInIt() throws IOException {
    String report = ReportTest.text(Format.MARKDOWN, List.of(Runs.hostile()));
    assertTrue(report.contains("\n``````````log\n"), report);
  }

  @Test
  void aRunOfManyFindingsStaysSmallAndSaysSo() throws IOException {
    Run many = Runs.many();
    List<Run.Diagnosed> findings = new ArrayList<>();
    List<Run.RootCause> causes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      findings.addAll(many.findings());
      causes.addAll(many.rootCauses());
    }
    Run huge =
        new Run(
            many.name(),
            many.machine(),
            many.inputs(),
            many.verdict(),
            many.boots(),
            List.of(),
            findings,
            causes,
            List.of(),
            List.of(),
            Runs.NOTHING_UNUSUAL,
            Map.of(),
            List.of());
    byte[] report = ReportTest.bytes(Format.MARKDOWN, List.of(huge));
    assertTrue(report.length <= MarkdownReport.MOST_BYTES, () -> report.length + " bytes");
    assertTrue(new String(report, StandardCharsets.UTF_8).contains("left out"));
  }

  @Test
  void allRunsTogetherKeepTheLimitAndTheReportSaysWhatItLeftOut() throws IOException {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      runs.addAll(ReportTest.all());
    }
    for (int limit : List.of(1000, 5000, 20_000, 200_000)) {
      Report report = Format.MARKDOWN.report(ReportOptions.PLAIN.within(limit));
      byte[] page = ReportTest.bytes(report, runs);
      assertTrue(page.length <= limit, page.length + " bytes");
      assertTrue(
          new String(page, StandardCharsets.UTF_8).contains(" of 300 runs are not shown in full"));
      assertTrue(ReportTest.bytes(report, List.of(Runs.many())).length <= limit);
    }
  }

  @Test
  void textOfTheLogOutsideFencesIsNeverHtml() throws IOException {
    boolean fenced = false;
    for (String line : ReportTest.text(Format.MARKDOWN, List.of(Runs.hostile())).split("\n")) {
      fenced ^= line.startsWith("``````````");
      // In a code span "<" is text too; these lines have one, from the backticks of the advice.
      boolean prose =
          line.startsWith("What it means: ")
              || line.startsWith("**What to do:** ")
              || line.startsWith("**Why is not in this log.** ");
      assertFalse(!fenced && !prose && line.contains("<"), line);
    }
  }
}
