package dev.loganalyze.transcript;

import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A JUnit XML report as lines, in the words of pytest's summary: {@code FAILED class::test - why},
 * {@code ERROR …}, {@code SKIPPED [1] class::test: why}, {@code PASSED class::test}. The schema is
 * that of Apache Ant's junit task, as CI servers read it.
 */
final class JunitXml {
  private JunitXml() {}

  static boolean matches(String head) {
    String start = head.stripLeading();
    return start.startsWith("<") && (start.contains("<testsuite") || start.contains("<testcase"));
  }

  /** The tests up to the end, or to where the file is no XML any more. */
  static Transcript transcript(byte[] bytes) {
    TranscriptLines lines = new TranscriptLines();
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      String test = "";
      String outcome = "";
      int line = 1;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "testcase" -> {
              String owner = attribute(xml, "classname");
              test = (owner.isEmpty() ? "" : owner + "::") + attribute(xml, "name");
              outcome = "PASSED " + test;
              line = xml.getLocation().getLineNumber();
            }
            case "failure" -> outcome = "FAILED " + test + why(" - ", xml);
            case "error" -> outcome = "ERROR " + test + why(" - ", xml);
            case "skipped" -> outcome = "SKIPPED [1] " + test + why(": ", xml);
            default -> {}
          }
        } else if (event == XMLStreamConstants.END_ELEMENT
            && xml.getLocalName().equals("testcase")) {
          lines.add(outcome, line, 0);
        }
      }
    } catch (XMLStreamException e) {
      // A report that was cut off holds the tests that stand before the cut.
    }
    return lines.transcript("junit-xml", false);
  }

  private static String why(String before, XMLStreamReader xml) {
    String message = attribute(xml, "message");
    return message.isEmpty() ? "" : before + message.lines().findFirst().orElse("").strip();
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }
}
