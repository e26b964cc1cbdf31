package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.loganalyze.diagnosis.Analyzer;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class JsonReportTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void theDocumentFollowsTheSchema() throws IOException {
    assertEquals(
        List.of(),
        schema().validate(ReportTest.text(Format.JSON, ReportTest.all()), InputFormat.JSON));
  }

  @Test
  void everyLineFollowsTheSchema() throws IOException {
    List<String> lines = ReportTest.text(Format.JSONL, ReportTest.all()).lines().toList();
    assertEquals(ReportTest.RUNS.size(), lines.size());
    for (String line : lines) {
      assertEquals(List.of(), schema().validate(line, InputFormat.JSON));
    }
  }

  @Test
  void aLineIsTheRunOfTheDocumentWithTheHeadInFront() throws IOException {
    JsonNode document = MAPPER.readTree(ReportTest.text(Format.JSON, ReportTest.all()));
    int i = 0;
    for (String line : ReportTest.text(Format.JSONL, ReportTest.all()).lines().toList()) {
      ObjectNode run = (ObjectNode) MAPPER.readTree(line);
      assertEquals(document.get("schemaVersion"), run.remove("schemaVersion"));
      assertEquals(document.get("tool"), run.remove("tool"));
      assertEquals(document.get("runs").get(i++), run);
    }
  }

  @Test
  void theSchemaRefusesWhatItDoesNotKnow() throws IOException {
    String report = ReportTest.text(Format.JSON, List.of(Runs.one()));
    for (String[] wrong :
        List.of(
            new String[] {"\"verdict\" : \"failed\"", "\"verdict\" : \"broken\""},
            new String[] {"\"verdict\" : \"failed\"", "\"verdict\" : \"failed\", \"host\" : 1"},
            new String[] {"\"compression\" : \"gzip\"", "\"compression\" : \"\""},
            new String[] {"\"index\" : 1", "\"index\" : 0"},
            new String[] {"\"schemaVersion\" : \"1\",", ""})) {
      assertTrue(report.contains(wrong[0]), wrong[0]);
      String changed = report.replace(wrong[0], wrong[1]);
      assertFalse(schema().validate(changed, InputFormat.JSON).isEmpty(), wrong[1]);
    }
  }

  @Test
  void textOfTheLogComesBackAsItWas() throws IOException {
    JsonNode run = MAPPER.readTree(ReportTest.text(Format.JSON, List.of(Runs.hostile())));
    String title = run.at("/runs/0/findings/0/title").asString();
    // A lone surrogate has no UTF-8.
    assertEquals(Runs.HOSTILE.replace('\ud800', '?'), title);
  }

  @Test
  void whatIsNotKnownIsLeftOut() throws IOException {
    JsonNode run =
        MAPPER.readTree(ReportTest.text(Format.JSON, List.of(Runs.noBoot()))).at("/runs/0");
    JsonNode finding = run.at("/findings/0");
    for (String name : List.of("boot", "phase", "time", "function", "advice", "explain")) {
      assertFalse(finding.has(name), name);
    }
    assertFalse(run.at("/inputs/0").has("compression"));
  }

  @Test
  void aCrashReportHasItsTitlesAndWhetherItIsWhole() throws Exception {
    byte[] log =
        """
        [    0.000000] Linux version 6.1.0 (x@y) #1 SMP
        [    1.000001] BUG: KASAN: slab-use-after-free in acme_read+0x41/0x9d0
        [    1.000002] Read of size 4 at addr ffff8801d0c6b080 by task cat/5764
        """
            .getBytes(StandardCharsets.UTF_8);
    Source source =
        new Source("x.log", Source.Compression.NONE, log.length, "0".repeat(64), log, "");
    Run run = new Analyzer(RuleSet.builtIn()).analyze(source);
    String report = ReportTest.text(Format.JSON, List.of(run));
    assertEquals(List.of(), schema().validate(report, InputFormat.JSON));
    JsonNode finding = MAPPER.readTree(report).at("/runs/0/findings/0");
    assertEquals("kernel.kasan", finding.get("rule").asString());
    assertEquals("acme_read", finding.get("function").asString());
    assertEquals("bad-access in acme_read", finding.at("/altTitles/0").asString());
    assertTrue(finding.get("truncated").asBoolean());
    assertEquals("its stack is missing: the log ends", finding.get("truncatedReason").asString());
    assertTrue(finding.get("signature").asString().matches("[0-9a-f]{16}"));
  }

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("docs/schemas/analysis-v1.schema.json")));
  }
}
