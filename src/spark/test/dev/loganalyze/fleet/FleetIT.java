package dev.loganalyze.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loganalyze.input.Packed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The job, as docs/fleet.md starts it, on two days of a thousand logs: on the second, files cannot
 * be read, one task dies and one is killed. The tables hold what the command line says.
 */
class FleetIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String QUIET_DAY = "2026-11-26";
  private static final String BAD_DAY = "2026-11-27";
  private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx2g";

  @TempDir static Path folder;

  private static FleetPage page;

  /** What Spark said on the bad day. */
  private static String said;

  @BeforeAll
  static void analyzeTwoDays() throws Exception {
    page = new FleetPage(HOME.resolve("docs/fleet.md"));
    quietDay(folder.resolve("logs/" + QUIET_DAY));
    badDay(folder.resolve("logs/" + BAD_DAY));
    onTheCommandLine(QUIET_DAY, 3);
    onTheCommandLine(BAD_DAY, 2);
    Files.writeString(
        folder.resolve("logs/" + BAD_DAY + "/" + UnreliableFiles.UNREADABLE),
        "Linux version 6.1\n");
    for (String command : page.commands("## On one machine")) {
      sh(command, 0);
    }
    String submit =
        "src/spark/spark-submit --master 'local[2,4]'"
            + " --conf spark.hadoop.fs.file.impl=%s target/loganalyze-spark.jar --into lake/day=%s logs/%s";
    said = sh(submit.formatted(UnreliableFiles.class.getName(), BAD_DAY, BAD_DAY), 0);
  }

  private static void quietDay(Path logs) throws IOException {
    VariedLogs varied = new VariedLogs(1, List.of("24-", "m21-"));
    varied.write(logs, 900);
    Files.write(logs.resolve("more.tar.gz"), VariedLogs.gzip(Packed.tar(varied.members(100))));
  }

  private static void badDay(Path logs) throws IOException {
    VariedLogs varied = new VariedLogs(2, List.of());
    varied.write(logs, 900);
    byte[] log = varied.log(10);
    byte[] zip = Packed.zip(varied.members(100));
    byte[] tar = Packed.tar(varied.members(10));
    byte[] gzip = VariedLogs.gzip(log);
    byte[] corrupt = gzip.clone();
    Arrays.fill(corrupt, 10, corrupt.length, (byte) 0x55);
    byte[] journal = new byte[4096];
    System.arraycopy("LPKSHHRH".getBytes(StandardCharsets.US_ASCII), 0, journal, 0, 8);
    Files.write(logs.resolve("more.zip"), zip);
    Files.write(logs.resolve("cut.tar"), Arrays.copyOf(tar, tar.length / 2));
    Files.write(logs.resolve("cut.zip"), Arrays.copyOf(zip, zip.length / 2));
    Files.write(logs.resolve("cut.log.gz"), Arrays.copyOf(gzip, gzip.length / 2));
    Files.write(logs.resolve("corrupt.log.gz"), corrupt);
    Files.write(logs.resolve("damaged.journal"), journal);
    Files.write(logs.resolve(UnreliableFiles.FATAL), log);
    Files.write(logs.resolve(UnreliableFiles.KILLED), log);
    Files.write(logs.resolve("größe 100% [a]{b} #1.log"), log);
    // None of these is a log.
    Files.write(logs.resolve("README.md"), log);
    Files.write(logs.resolve(".hidden.log"), log);
    Files.write(logs.resolve("core"), new byte[10_000]);
  }

  private static void onTheCommandLine(String day, int status) throws Exception {
    Files.createDirectories(folder.resolve("jsonl/day=" + day));
    String command =
        "java %s -jar target/loganalyze.jar --no-config --fail-on never logs/%s"
            + " --format json=%s.json --format jsonl=jsonl/day=%s/runs.jsonl";
    sh(command.formatted(QUICK, day, day, day), status);
  }

  /** What {@code command}, for somebody in a checkout, prints; it ends with {@code status}. */
  private static String sh(String forCheckout, int status) throws Exception {
    String command =
        forCheckout
            .replace("src/spark/", HOME + "/src/spark/")
            .replace("target/", HOME + "/target/");
    Path out = Files.createTempFile(folder, "said", "");
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("SPARK_SUBMIT_OPTS", QUICK);
    builder
        .environment()
        .put("SPARK_DIST_CLASSPATH", HOME.resolve("target/test-classes").toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    assertTrue(process.waitFor(300, TimeUnit.SECONDS), command);
    String printed = Files.readString(out);
    assertEquals(status, process.exitValue(), command + "\n" + printed);
    return printed;
  }

  // ---- the tables -------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {QUIET_DAY, BAD_DAY})
  void theTablesHoldWhatTheCommandLineSays(String day) throws Exception {
    List<JsonNode> runs = new ArrayList<>();
    List<JsonNode> boots = new ArrayList<>();
    List<JsonNode> findings = new ArrayList<>();
    List<JsonNode> units = new ArrayList<>();
    List<JsonNode> phases = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("jsonl/day=" + day + "/runs.jsonl"))) {
      ObjectNode run = (ObjectNode) MAPPER.readTree(line);
      String name = run.get("name").asText();
      for (JsonNode boot : run.remove("boots")) {
        JsonNode index = boot.get("index");
        ((ObjectNode) boot).remove("units").forEach(unit -> units.add(row(unit, name, index)));
        ((ObjectNode) boot).remove("phases").forEach(phase -> phases.add(row(phase, name, index)));
        boots.add(row(boot, name, null));
      }
      run.remove("findings").forEach(finding -> findings.add(row(finding, name, null)));
      runs.add(run);
    }
    assertTrue(runs.size() >= 1000);
    assertTrue(units.size() > 10_000);
    assertRows(runs, table(day, "runs").filter(run -> run.has("verdict")));
    assertRows(boots, table(day, "boots"));
    assertRows(findings, table(day, "findings"));
    assertRows(units, table(day, "units"));
    assertRows(phases, table(day, "phases"));
  }

  private static JsonNode row(JsonNode members, String run, JsonNode boot) {
    ObjectNode row = ((ObjectNode) members).put("run", run);
    return boot == null ? row : row.set("boot", boot);
  }

  private static void assertRows(List<JsonNode> expected, Stream<JsonNode> actual) {
    List<JsonNode> rows = actual.toList();
    assertEquals(expected.size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      ((ObjectNode) rows.get(i)).remove("unreadable");
      assertEquals(plain(expected.get(i)), rows.get(i));
    }
  }

  /** The rows of a table, in their order, without what is null. */
  private static Stream<JsonNode> table(String day, String name) throws Exception {
    return ask(
        "SELECT * FROM read_parquet('lake/day=%s/%s/*.parquet', hive_partitioning = false)"
            .formatted(day, name))
        .stream();
  }

  private static List<JsonNode> ask(String... statements) throws Exception {
    List<JsonNode> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET file_search_path = '" + folder + "'");
      for (String before : Arrays.asList(statements).subList(0, statements.length - 1)) {
        statement.execute(before);
      }
      String last = statements[statements.length - 1];
      try (ResultSet answer =
          statement.executeQuery("SELECT to_json(it)::VARCHAR FROM (" + last + ") it")) {
        while (answer.next()) {
          rows.add(plain(MAPPER.readTree(answer.getString(1))));
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(String.join(";\n", statements), e);
    }
    return rows;
  }

  /** Without null; all numbers are doubles. */
  private static JsonNode plain(JsonNode json) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (json.isObject()) {
      ObjectNode object = nodes.objectNode();
      for (Map.Entry<String, JsonNode> member : json.properties()) {
        if (!member.getValue().isNull()) {
          object.set(member.getKey(), plain(member.getValue()));
        }
      }
      return object;
    }
    if (json.isArray()) {
      ArrayNode array = nodes.arrayNode();
      json.forEach(item -> array.add(plain(item)));
      return array;
    }
    return json.isNumber() ? nodes.numberNode(json.asDouble()) : json;
  }

  @Test
  void theColumnsAreNamedAsInTheSchema() throws Exception {
    JsonNode definitions =
        MAPPER.readTree(HOME.resolve("docs/schemas/analysis-v1.schema.json").toFile()).get("$defs");
    assertColumns(
        "runs",
        definitions.get("run"),
        List.of("schemaVersion", "tool", "unreadable"),
        List.of("boots", "findings"));
    assertColumns("boots", definitions.get("boot"), List.of("run"), List.of("units", "phases"));
    assertColumns("findings", definitions.get("finding"), List.of("run"), List.of());
    assertColumns("units", definitions.get("unit"), List.of("run", "boot"), List.of());
    assertColumns("phases", definitions.get("phase"), List.of("run", "boot"), List.of());
  }

  private static void assertColumns(
      String table, JsonNode definition, List<String> more, List<String> less) throws Exception {
    TreeSet<String> expected = new TreeSet<>(more);
    definition.get("properties").fieldNames().forEachRemaining(expected::add);
    expected.removeAll(less);
    TreeSet<String> columns = new TreeSet<>();
    ask("DESCRIBE SELECT * FROM read_parquet('lake/day=%s/%s/*.parquet', hive_partitioning = false)"
            .formatted(QUIET_DAY, table))
        .forEach(column -> columns.add(column.get("column_name").asText()));
    assertEquals(expected, columns);
  }

  // ---- faults -----------------------------------------------------------------------------------

  @Test
  void whatCannotBeReadIsARowThatSaysWhy() throws Exception {
    List<String> expected = new ArrayList<>();
    for (JsonNode sentence :
        MAPPER.readTree(folder.resolve(BAD_DAY + ".json").toFile()).get("unreadable")) {
      expected.add(sentence.asText());
    }
    String unreadable = "logs/" + BAD_DAY + "/" + UnreliableFiles.UNREADABLE;
    expected.add(unreadable + ": could not be read: Input/output error");
    List<String> sentences = new ArrayList<>();
    table(BAD_DAY, "runs")
        .forEach(
            run -> run.path("unreadable").forEach(sentence -> sentences.add(sentence.asText())));
    assertEquals(expected.stream().sorted().toList(), sentences.stream().sorted().toList());
    List<JsonNode> rows =
        table(BAD_DAY, "runs").filter(run -> run.get("name").asText().equals(unreadable)).toList();
    assertEquals(1, rows.size());
    assertNull(rows.get(0).get("verdict"));
    assertTrue(table(QUIET_DAY, "runs").noneMatch(run -> run.has("unreadable")));
  }

  @Test
  void noRunIsThereTwiceAndTasksDidDie() throws Exception {
    List<String> names = table(BAD_DAY, "runs").map(run -> run.get("name").asText()).toList();
    assertEquals(new ArrayList<>(new TreeSet<>(names)), names);
    assertTrue(said.contains(UnreliableFiles.DEATH), said);
    assertTrue(said.contains(UnreliableFiles.KILLING), said);
  }

  @Test
  void wrongUseCostsASentence() throws Exception {
    String job = "src/spark/spark-submit --master 'local[1]' target/loganalyze-spark.jar --into ";
    String there = sh(job + "lake/day=" + BAD_DAY + " logs", 2);
    assertTrue(
        there.contains(
            "loganalyze: lake/day=2026-11-27 is there already; give --into a folder that is not,"
                + " or remove it\n"),
        there);
    String nothing = sh(job + "lake/none logs 'logs/*.txt'", 2);
    assertTrue(nothing.contains("loganalyze: logs/*.txt: names no log file\n"), nothing);
    assertFalse(Files.exists(folder.resolve("lake/none")));
    assertFalse(nothing.contains("\tat "), nothing);
  }

  // ---- the questions ----------------------------------------------------------------------------

  @Test
  void sparkAndDuckDbAnswerTheQuestionsAlike() throws Exception {
    List<String> questions = page.statements("## Questions");
    assertEquals(3, questions.size());
    Files.createDirectory(folder.resolve("answers"));
    sh(
        "src/spark/spark-submit --master 'local[2]' --conf spark.sql.shuffle.partitions=4 --class "
            + SparkQuestions.class.getName()
            + " target/loganalyze-spark.jar "
            + HOME.resolve("docs/fleet.md")
            + " answers",
        0);
    for (int i = 0; i < questions.size(); i++) {
      List<JsonNode> spark = new ArrayList<>();
      for (String row : Files.readAllLines(folder.resolve("answers/" + i + ".jsonl"))) {
        spark.add(plain(MAPPER.readTree(row)));
      }
      List<String> statements = new ArrayList<>(page.statements("## In DuckDB"));
      statements.add(questions.get(i).replaceFirst(";$", ""));
      assertFalse(spark.isEmpty(), questions.get(i));
      assertEquals(ask(statements.toArray(String[]::new)), spark, questions.get(i));
    }
  }
}
