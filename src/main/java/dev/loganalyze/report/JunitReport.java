package dev.loganalyze.report;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.Verdict;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Rule;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.timing.Budgets;
import dev.loganalyze.timing.Timing;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * JUnit XML in the form that CI systems read: a suite a run, a test case an expectation. Expected
 * are the end of the boot, each budget, and that no rule of weight finds anything. A finding that
 * is accepted is a skipped case; a log that stops too early is an error and no failure.
 */
final class JunitReport implements Report {
  private final List<Rule> expected;
  private final Budgets budgets;
  private final List<String> unread;

  /**
   * A report in which the rules {@code expected} are to find nothing, and each of {@code unread} is
   * an error.
   */
  JunitReport(List<Rule> expected, Budgets budgets, List<String> unread) {
    this.expected = expected;
    this.budgets = budgets;
    this.unread = unread;
  }

  /**
   * One test case.
   *
   * @param group what CI shows as its class
   * @param name what CI shows as its name
   * @param outcome the XML element: {@code failure}, {@code error}, {@code skipped}; empty for a
   *     case that passed
   * @param type of the failure: a severity, a verdict
   * @param message one line
   * @param detail more lines
   */
  private record Case(
      String group, String name, String outcome, String type, String message, String detail) {
    static Case passed(String group, String name) {
      return new Case(group, name, "", "", "", "");
    }
  }

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    // Written to memory first: the writer's exceptions are no IOExceptions.
    StringWriter xml = new StringWriter();
    try {
      XMLStreamWriter writer = XMLOutputFactory.newFactory().createXMLStreamWriter(xml);
      writer.writeStartDocument("UTF-8", "1.0");
      writer.writeCharacters("\n");
      writer.writeStartElement("testsuites");
      writer.writeAttribute("name", Tool.NAME);
      writer.writeCharacters("\n");
      for (Run run : runs) {
        suite(writer, run.name(), cases(run));
      }
      if (!unread.isEmpty()) {
        suite(writer, "inputs", unread.stream().map(JunitReport::unread).toList());
      }
      writer.writeEndElement();
      writer.writeCharacters("\n");
      writer.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    writer.write(xml.toString());
    writer.flush();
  }

  private static Case unread(String sentence) {
    return new Case("inputs", "the input can be read", "error", "unreadable", sentence, sentence);
  }

  private static void suite(XMLStreamWriter xml, String name, List<Case> cases)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", Printable.text(name));
    xml.writeAttribute("tests", Integer.toString(cases.size()));
    for (String outcome : List.of("failure", "error", "skipped")) {
      long count = cases.stream().filter(c -> c.outcome().equals(outcome)).count();
      xml.writeAttribute(outcome + (outcome.equals("skipped") ? "" : "s"), Long.toString(count));
    }
    xml.writeAttribute("time", "0");
    xml.writeCharacters("\n");
    for (Case one : cases) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", one.group());
      xml.writeAttribute("name", Printable.text(one.name()));
      xml.writeAttribute("time", "0");
      if (!one.outcome().isEmpty()) {
        xml.writeStartElement(one.outcome());
        xml.writeAttribute("message", Printable.text(one.message()));
        if (!one.type().isEmpty()) {
          xml.writeAttribute("type", one.type());
        }
        xml.writeCharacters(String.join("\n", one.detail().lines().map(Printable::text).toList()));
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeCharacters("\n");
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }

  private List<Case> cases(Run run) {
    List<Case> cases = new ArrayList<>();
    cases.add(end(run));
    for (Timing timing : run.timings()) {
      for (Budgets.Kept kept : budgets.kept(timing)) {
        cases.add(budget(run, timing, kept));
      }
    }
    Map<String, List<Run.Diagnosed>> found = new TreeMap<>();
    for (Rule rule : expected) {
      if (isWeighty(rule.severity())) {
        found.put(rule.id(), new ArrayList<>());
      }
    }
    for (Run.Diagnosed diagnosed : run.findings()) {
      if (isWeighty(diagnosed.finding().severity())) {
        found
            .computeIfAbsent(diagnosed.finding().rule().id(), id -> new ArrayList<>())
            .add(diagnosed);
      }
    }
    found.forEach((id, findings) -> cases.add(rule(run, id, findings)));
    return cases;
  }

  private static boolean isWeighty(Severity severity) {
    return severity.compareTo(Severity.ERROR) >= 0;
  }

  private static Case end(Run run) {
    String group = "boot";
    String name = "the boot reaches its end";
    Verdict verdict = run.verdict();
    StringBuilder detail = new StringBuilder();
    for (Boot boot : run.boots()) {
      detail
          .append("boot ")
          .append(boot.index())
          .append(" reached ")
          .append(boot.reached().word())
          .append(" and ended ")
          .append(boot.ended().word())
          .append('\n');
    }
    run.rootCauses().forEach(cause -> detail.append(cause.sentence()).append('\n'));
    return switch (verdict) {
      case PASSED, DEGRADED -> Case.passed(group, name);
      case FAILED ->
          new Case(
              group,
              name,
              "failure",
              verdict.word(),
              run.rootCauses().isEmpty() ? "the boot failed" : run.rootCauses().get(0).sentence(),
              detail.toString());
      case INCOMPLETE ->
          new Case(
              group,
              name,
              "error",
              verdict.word(),
              "the log stops before the boot came to an end",
              detail.toString());
      case UNKNOWN ->
          new Case(group, name, "error", verdict.word(), "no boot was found in the log", "");
    };
  }

  private static Case budget(Run run, Timing timing, Budgets.Kept kept) {
    String name =
        kept.name()
            + " within "
            + Seconds.rounded(kept.limit())
            + (run.boots().size() > 1 ? " in boot " + timing.boot() : "");
    if (kept.isKept()) {
      return Case.passed("budget", name);
    }
    String took = kept.took() < 0 ? "was not reached" : "took " + Seconds.rounded(kept.took());
    return new Case("budget", name, "failure", "budget", kept.name() + " " + took, "");
  }

  private static Case rule(Run run, String id, List<Run.Diagnosed> findings) {
    int dot = id.indexOf('.');
    String group = "rules." + id.substring(0, dot);
    String name = id.substring(dot + 1);
    List<Run.Diagnosed> weighty = findings.stream().filter(f -> !f.isSuppressed()).toList();
    if (findings.isEmpty()) {
      return Case.passed(group, name);
    }
    List<Run.Diagnosed> told = weighty.isEmpty() ? findings : weighty;
    Run.Diagnosed first = told.get(0);
    String more = told.size() == 1 ? "" : " (and " + (told.size() - 1) + " more)";
    return weighty.isEmpty()
        ? new Case(group, name, "skipped", "", "accepted: " + first.suppressed(), detail(run, told))
        : new Case(
            group,
            name,
            "failure",
            first.finding().severity().word(),
            first.finding().title() + more,
            detail(run, told));
  }

  private static String detail(Run run, List<Run.Diagnosed> findings) {
    StringBuilder detail = new StringBuilder();
    for (Run.Diagnosed diagnosed : findings) {
      Finding finding = diagnosed.finding();
      detail.append(finding.title()).append('\n');
      for (Finding.Evidence evidence : finding.evidence()) {
        detail
            .append(Printable.text(Places.path(run, finding)))
            .append(':')
            .append(evidence.line())
            .append(": ")
            .append(Printable.text(evidence.text()))
            .append('\n');
      }
      if (!diagnosed.because().isEmpty()) {
        detail.append("follows, as ").append(diagnosed.because()).append('\n');
      }
      if (!finding.advice().isBlank()) {
        detail.append(finding.advice().strip()).append('\n');
      }
    }
    return detail.toString();
  }
}
