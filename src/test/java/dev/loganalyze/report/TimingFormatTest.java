package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.input.Inputs;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What {@code loganalyze timing} writes of a real boot, and of one that wants to break out. */
class TimingFormatTest {
  private static final String HOSTILE = "<b>=\"x\" & ```;:#\u202e.service";
  private static Run real;
  private static Run hostile;

  @BeforeAll
  static void analyze() throws Exception {
    Path boots = Path.of("../shared/logs/boots");
    List<Source> sources = new ArrayList<>();
    for (String name : List.of("deb12-direct.log.gz", "deb12-direct.chunks.gz")) {
      Path file = boots.resolve(name);
      sources.addAll(Inputs.open(new Inputs.Located(file.toString(), file, true)).logs());
    }
    Analyzer analyzer = new Analyzer(RuleSet.builtIn());
    real = analyzer.analyze("deb12", sources);
    byte[] log =
        ("[    0.000000] Linux version 6.1.0 (gcc) #1 SMP\n"
                + "[    2.000000] Run /sbin/init as init process\n"
                + "[    2.100000] systemd[1]: systemd 252 running in system mode (+PAM)\n"
                + ("[    4.000000] systemd[1]: Starting " + HOSTILE + "...\n")
                + ("[    9.000000] systemd[1]: Started " + HOSTILE + ".\n")
                + "[   10.000000] systemd[1]: Reached target multi-user.target - Multi-User.\n")
            .getBytes(StandardCharsets.UTF_8);
    hostile =
        analyzer.analyze(
            new Source(HOSTILE, Source.Compression.NONE, log.length, "0".repeat(64), log, ""));
    assertEquals(5_000_000, hostile.timings().get(0).units().get(0).running());
  }

  private static String text(TimingFormat format, Run... runs) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.report(Screen.PLAIN).write(List.of(runs), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void textHasTheLayoutOfSystemdAnalyze() throws Exception {
    String text = text(TimingFormat.TEXT, real);
    assertTrue(text.contains("Startup finished in ~96ms (firmware) + ~1.436s (hidden) + "), text);
    assertTrue(text.contains("      4.704s systemd-journald.service\n"), text);
    assertTrue(text.contains("\nlogin @~40.154s\n└─~slow-oneshot.service @~30.531s +7.392s\n"));
    assertTrue(text.contains("waiting for the device dev-vdz.device, which timed"), text);
    for (String line : text.split("\n", -1)) {
      assertTrue(line.codePointCount(0, line.length()) <= 80, line);
    }
    long bar = text.lines().filter(l -> l.matches("▌▒+█+░+")).count();
    assertEquals(1, bar);
  }

  @Test
  void theSameTextTwice() throws Exception {
    for (TimingFormat format : TimingFormat.values()) {
      assertEquals(text(format, real, hostile), text(format, real, hostile));
    }
  }

  @Test
  void svgIsXmlAndNothingOfTheLogIsMarkup() throws Exception {
    String svg = text(TimingFormat.SVG, real, hostile);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Document document =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertEquals("svg", document.getDocumentElement().getTagName());
    assertEquals(2, svg.split("<svg class=\"timeline\"", -1).length - 1);
    assertEquals(0, document.getElementsByTagName("b").getLength());
    assertTrue(document.getElementsByTagName("rect").getLength() > 60);
    assertFalse(svg.contains("\u202e"));
    // Half of that boot is one stall, which is drawn shorter; the axis says so.
    assertTrue(svg.contains("\u2194 5.0 s here"), svg);
  }

  @Test
  void theEventsOfATraceNestInTheirLanes() throws Exception {
    Map<String, Long> ends = new HashMap<>();
    int complete = 0;
    for (JsonNode event : events("X")) {
      complete++;
      long start = event.get("ts").asLong();
      assertTrue(start >= 0 && event.get("dur").asLong() >= 0, event.toString());
      long end = start + event.get("dur").asLong();
      // Those of a lane come in the order of their time, and none reaches into the next.
      Long before = ends.put(lane(event), end);
      assertTrue(before == null || before <= start, event.toString());
    }
    assertTrue(complete > 100, complete + " events");
    assertTrue(ends.size() < 60, ends.size() + " lanes");
    assertEquals(ends.size(), events("M").size() / 2 - 1, "two for each lane, one for each boot");
  }

  @Test
  void theArrowsOfATraceLeadFromBarToBar() throws Exception {
    List<JsonNode> starts = events("s");
    List<JsonNode> ends = events("f");
    assertTrue(starts.size() > 5, starts.size() + " arrows");
    assertEquals(starts.size(), ends.size());
    for (int i = 0; i < starts.size(); i++) {
      assertEquals(starts.get(i).get("id"), ends.get(i).get("id"));
      assertTrue(starts.get(i).get("ts").asLong() <= ends.get(i).get("ts").asLong());
      for (JsonNode end : List.of(starts.get(i), ends.get(i))) {
        assertTrue(events("X").stream().anyMatch(bar -> holds(bar, end)), end.toString());
      }
    }
    assertTrue(events("i").size() > 10);
  }

  private static boolean holds(JsonNode bar, JsonNode end) {
    long at = end.get("ts").asLong() - bar.get("ts").asLong();
    return lane(bar).equals(lane(end)) && at >= 0 && at <= bar.get("dur").asLong();
  }

  private static String lane(JsonNode event) {
    return event.get("pid") + " " + event.get("tid");
  }

  private static List<JsonNode> events(String phase) throws Exception {
    JsonNode all =
        new ObjectMapper().readTree(text(TimingFormat.TRACE, real, hostile)).get("traceEvents");
    List<JsonNode> some = new ArrayList<>();
    for (JsonNode event : all) {
      if (event.get("ph").asString().equals(phase)) {
        some.add(event);
      }
    }
    return some;
  }

  @Test
  void noCellOfCsvIsAFormula() throws Exception {
    for (String name : List.of("=1+2", "+1", "-1", "@SUM(A1)", "\uff1d1", "\t=1")) {
      byte[] log =
          ("[    0.000000] Linux version 6.1.0 (gcc) #1 SMP\n[    2.000000] Run /sbin/init as init"
                  + " process\n[    2.100000] systemd[1]: systemd 252 running in system mode\n")
              .getBytes(StandardCharsets.UTF_8);
      Source source =
          new Source(name, Source.Compression.NONE, log.length, "0".repeat(64), log, "");
      String csv = text(TimingFormat.CSV, new Analyzer(RuleSet.builtIn()).analyze(source));
      String row = csv.split("\r\n")[1];
      assertTrue(row.startsWith("\"'" + name.replace('\t', ' ')), row);
    }
  }

  @Test
  void everyRowOfCsvHasAllCellsAndIsNoFormula() throws Exception {
    String csv = text(TimingFormat.CSV, real, hostile);
    int cells = csv.substring(0, csv.indexOf('\r')).split(",", -1).length;
    for (String row : csv.split("\r\n")) {
      String bare = row.replaceAll("\"(?:[^\"]|\"\")*\"", "");
      assertEquals(cells, bare.split(",", -1).length, row);
    }
    assertTrue(csv.contains("\"dev-vdz.device\",timeout,"), csv);
  }

  @Test
  void markdownHasAGanttChartAfterMermaidsGrammar() throws Exception {
    String markdown = text(TimingFormat.MARKDOWN, real, hostile);
    int tasks = 0;
    boolean chart = false;
    for (String line : markdown.split("\n")) {
      if (line.equals("```mermaid")) {
        chart = true;
      } else if (line.equals("```")) {
        chart = false;
      } else if (chart) {
        boolean head =
            line.equals("gantt")
                || line.matches("    (dateFormat x|axisFormat %M:%S|section [a-z ]+)");
        boolean task = line.matches("    [A-Za-z0-9._@/ -]+ :((crit|done|active), )?\\d+, \\d+");
        assertTrue(head || task, line);
        tasks += task ? 1 : 0;
      } else {
        assertFalse(line.contains("<b>"), line);
      }
    }
    assertFalse(chart);
    assertTrue(tasks > 30, tasks + " tasks");
  }

  @Test
  void jsonIsValidAfterTheSchemaWithNegativeTimesToo() throws Exception {
    String json = text(TimingFormat.JSON, real, hostile);
    assertEquals(
        List.of(),
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("docs/schemas/analysis-v1.schema.json")))
            .validate(json, InputFormat.JSON));
    JsonNode boot = new ObjectMapper().readTree(json).at("/runs/0/boots/0");
    assertTrue(boot.at("/timing/figures/0/start").asDouble() < 0);
    assertTrue(boot.get("stalls").size() > 3 && boot.get("criticalChain").size() > 10);
  }
}
