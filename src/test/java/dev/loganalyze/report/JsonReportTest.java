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

  @Test
  void aCrashReportHasItsContent() throws Exception {
    byte[] log =
        """
        [    0.000000] Linux version 6.1.0 (x@y) #1 SMP
        [    1.000001] BUG: KASAN: slab-use-after-free in acme_read+0x41/0x9d0
        [    1.000002] Read of size 4 at addr ffff8801d0c6b080 by task cat/5764
        [    1.000003] CPU: 1 PID: 5764 Comm: cat Tainted: G        W          6.1.0-acme #7
        [    1.000004] Hardware name: Acme Machine
        [    1.000005] RIP: 0010:acme_read+0x41/0x9d0 [acme]
        [    1.000006] Code: 55 48 89 e5 <c6> 07 00 5d c3
        [    1.000007] RAX: 0000000000000000 RBX: ffffc90000e1f000 RCX: 0000000000000000
        [    1.000008] Modules linked in: acme(O) loop
        [    1.000009] Call Trace:
        [    1.000010]  <IRQ>
        [    1.000011]  ? acme_read+0x41/0x9d0 [acme]
        [    1.000012]  </IRQ>
        [    1.000013]  acme_find drivers/acme/core.c:286 [inline]
        [    1.000014]  vfs_read+0x155/0x5c0
        """
            .getBytes(StandardCharsets.UTF_8);
    Source source =
        new Source("x.log", Source.Compression.NONE, log.length, "0".repeat(64), log, "");
    Run run = new Analyzer(RuleSet.builtIn()).analyze(source);
    String report = ReportTest.text(Format.JSON, List.of(run));
    assertEquals(List.of(), schema().validate(report, InputFormat.JSON));
    JsonNode crash = MAPPER.readTree(report).at("/runs/0/findings/0/crash");
    assertEquals(
        MAPPER.readTree(
            """
            {"cpu": 1, "pid": 5764, "comm": "cat", "taint": "GW", "kernelVersion": "6.1.0-acme",
             "hardware": "Acme Machine", "place": "acme_read+0x41/0x9d0",
             "code": "55 48 89 e5 <c6> 07 00 5d c3",
             "registers": ["RIP: 0010:acme_read+0x41/0x9d0 [acme]",
                           "RAX: 0000000000000000 RBX: ffffc90000e1f000 RCX: 0000000000000000"],
             "modules": ["acme(O)", "loop"],
             "stacks": [
               {"context": "irq", "name": "Call Trace:", "frames": [
                 {"function": "acme_read", "offset": 65, "module": "acme", "reliable": false}]},
               {"context": "task", "name": "Call Trace:", "frames": [
                 {"function": "acme_find", "reliable": true, "inlined": true,
                  "source": "drivers/acme/core.c:286"},
                 {"function": "vfs_read", "offset": 341, "reliable": true}]}]}
            """),
        crash);
  }

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of("docs/schemas/analysis-v1.schema.json")));
  }
}
