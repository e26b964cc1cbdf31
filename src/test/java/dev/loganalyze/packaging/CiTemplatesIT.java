package dev.loganalyze.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The action for GitHub and the template for GitLab: their scripts are run as a runner does, in a
 * checkout with logs of two boots.
 */
class CiTemplatesIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Path ACTION = HOME.resolve("src/packaging/github-action/action.yml");
  private static final Path TEMPLATE = HOME.resolve("src/packaging/gitlab/loganalyze.yml");
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ *(.*?) *\\}\\}");

  @TempDir Path checkout;

  record Result(int status, String out) {}

  @BeforeEach
  void logs() throws IOException {
    Path logs = Files.createDirectories(checkout.resolve("logs"));
    Path samples = HOME.resolve("sample-logs");
    Files.copy(samples.resolve("10-unit-exit-1.log"), logs.resolve("with blanks.log"));
    Files.copy(samples.resolve("07-debian-ok-initrd.log"), logs.resolve("good.log"));
  }

  private Result run(List<String> shell, String script, Map<String, String> variables)
      throws Exception {
    Path file = Files.writeString(checkout.resolve("script.sh"), script);
    Path out = checkout.resolve("out.txt");
    List<String> command = new ArrayList<>(shell);
    command.add(file.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().putAll(variables);
    int status = builder.start().waitFor();
    return new Result(status, Files.readString(out, StandardCharsets.UTF_8));
  }

  private JsonNode report(String name) throws IOException {
    return new ObjectMapper().readTree(checkout.resolve("loganalyze-reports/" + name).toFile());
  }

  // ---- GitHub -------------------------------------------------------------------------------

  private static JsonNode action() throws IOException {
    return new YAMLMapper().readTree(ACTION.toFile());
  }

  /** The first step, as the runner runs it: inputs filled in, bash with -e and pipefail. */
  private Result analyse(Map<String, String> inputs) throws Exception {
    JsonNode step = action().required("runs").required("steps").get(0);
    Map<String, String> variables = new HashMap<>();
    step.required("env")
        .properties()
        .forEach(
            variable -> {
              String value =
                  EXPRESSION
                      .matcher(variable.getValue().asText())
                      .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), inputs)));
              variables.put(variable.getKey(), value);
            });
    variables.put("GITHUB_ACTIONS", "true");
    variables.put("GITHUB_OUTPUT", checkout.resolve("output").toString());
    variables.put("GITHUB_STEP_SUMMARY", checkout.resolve("summary.md").toString());
    assertEquals("bash", step.required("shell").asText());
    return run(
        List.of("bash", "--noprofile", "--norc", "-e", "-o", "pipefail"),
        step.required("run").asText(),
        variables);
  }

  private static String value(String expression, Map<String, String> inputs) {
    if (expression.equals("github.action_path")) {
      return ACTION.getParent().toString();
    }
    String name = expression.replaceFirst("^inputs\\.", "");
    return inputs.containsKey(name)
        ? inputs.get(name)
        : declared(name).required("default").asText();
  }

  @Test
  void theActionPublishesSummaryAnnotationsSarifAndHtml() throws Exception {
    Result result = analyse(Map.of("logs", "  logs/with blanks.log\n\n  logs/g*.log\n"));
    assertEquals(1, result.status(), result.out());
    assertTrue(
        result.out().contains("\n::error file=logs/with blanks.log,line=511,"), result.out());
    assertTrue(result.out().contains("good.log"), result.out());
    assertEquals("status=1\n", Files.readString(checkout.resolve("output")));
    assertTrue(Files.readString(checkout.resolve("summary.md")).contains("brokenunit.service"));
    JsonNode results = report("boot.sarif").required("runs").get(0).required("results");
    assertTrue(results.toString().contains("logs/with%20blanks.log"), results.toString());
    assertTrue(
        Files.readString(checkout.resolve("loganalyze-reports/boot.html"))
            .startsWith("<!DOCTYPE html>"));
  }

  @Test
  void theActionPassesWhatIsGoodAndSaysWhatItCannotRead() throws Exception {
    assertEquals(0, analyse(Map.of("logs", "logs/good.log")).status());
    assertEquals(0, analyse(Map.of("logs", "logs", "fail-on", "never")).status());
    assertEquals(2, analyse(Map.of("logs", "")).status());
    Result missing = analyse(Map.of("logs", "logs/none.log"));
    assertEquals(2, missing.status());
    assertTrue(missing.out().contains("logs/none.log"), missing.out());
    assertEquals(
        "status=0\nstatus=0\nstatus=2\nstatus=2\n", Files.readString(checkout.resolve("output")));
  }

  @Test
  void noInputOfTheActionIsRunAsACommand() throws Exception {
    String bad = "$(touch pwned) `touch pwned`; touch pwned";
    for (String input : List.of("logs", "fail-on")) {
      Map<String, String> inputs = new HashMap<>(Map.of("logs", "logs/good.log"));
      inputs.put(input, bad);
      assertEquals(2, analyse(inputs).status());
    }
    assertEquals(
        2, analyse(Map.of("logs", "--rules=/etc")).status(), "an option in the place of a log");
    assertFalse(Files.exists(checkout.resolve("pwned")));
    for (JsonNode step : action().required("runs").required("steps")) {
      assertFalse(step.path("run").asText().contains("${{"), step.toString());
    }
  }

  @Test
  void theActionUsesWhatItDeclares() throws Exception {
    Set<String> declared = new TreeSet<>();
    action().required("inputs").fieldNames().forEachRemaining(declared::add);
    Set<String> used = new TreeSet<>();
    Matcher inputs = Pattern.compile("inputs\\.([\\w-]+)").matcher(Files.readString(ACTION));
    inputs.results().forEach(found -> used.add(found.group(1)));
    assertEquals(declared, used);
    for (JsonNode step : action().required("runs").required("steps")) {
      assertTrue(step.has("run") || step.path("uses").asText().matches("[\\w/-]+@v\\d+"));
    }
  }

  // ---- GitLab -------------------------------------------------------------------------------

  @Test
  void theTemplatePublishesReportsForTheMergeRequest() throws Exception {
    JsonNode job = new YAMLMapper().readTree(TEMPLATE.toFile()).required(".loganalyze");
    Map<String, String> variables = new HashMap<>();
    job.required("variables")
        .properties()
        .forEach(one -> variables.put(one.getKey(), one.getValue().asText()));
    variables.put("PATH", HOME + ":" + System.getenv("PATH"));
    StringBuilder script = new StringBuilder();
    job.required("script").forEach(line -> script.append(line.asText()).append('\n'));
    // The runner's shells: the image of the job has dash for sh.
    for (List<String> shell :
        List.of(List.of("bash", "-e", "-o", "pipefail"), List.of("sh", "-e"))) {
      Result result = run(shell, script.toString(), variables);
      assertEquals(1, result.status(), result.out());
      assertTrue(result.out().contains("brokenunit.service"), result.out());
      JsonNode artifacts = job.required("artifacts");
      for (JsonNode report : artifacts.required("reports")) {
        assertTrue(Files.size(checkout.resolve(report.asText())) > 100, report.asText());
      }
      String findings = report("boot.json").toString();
      assertTrue(findings.contains("\"logs/with blanks.log\""), findings);
      Path folder = checkout.resolve(artifacts.required("paths").get(0).asText());
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(
            List.of("boot.html", "boot.json", "boot.md", "boot.sarif", "boot.xml"),
            files.map(f -> f.getFileName().toString()).sorted().toList());
      }
      variables.put("LOGANALYZE_LOGS", "logs/good.log logs/w*.log");
    }
    variables.put("LOGANALYZE_FAIL_ON", "never");
    assertEquals(0, run(List.of("sh", "-e"), script.toString(), variables).status());
  }

  // ---- the guide ----------------------------------------------------------------------------

  @Test
  void theGuideUsesWhatActionAndTemplateHave() throws Exception {
    Matcher blocks =
        Pattern.compile("(?ms)^```yml\\n(.*?)^```$")
            .matcher(Files.readString(HOME.resolve("docs/guide-ci.md")));
    assertTrue(blocks.find());
    JsonNode step = new YAMLMapper().readTree(blocks.group(1)).get(0);
    assertTrue(
        step.required("uses").asText().matches(".*/loganalyze/src/packaging/github-action@main"));
    step.required("with")
        .fieldNames()
        .forEachRemaining(name -> assertTrue(declared(name).isObject(), name));

    assertTrue(blocks.find());
    JsonNode pipeline = new YAMLMapper().readTree(blocks.group(1));
    JsonNode template = new YAMLMapper().readTree(TEMPLATE.toFile());
    assertEquals(HOME.relativize(TEMPLATE).toString(), pipeline.at("/include/0/file").asText());
    JsonNode base = template.required(pipeline.at("/judge/extends").asText());
    pipeline
        .at("/judge/variables")
        .fieldNames()
        .forEachRemaining(name -> base.required("variables").required(name));
    assertFalse(blocks.find());
  }

  private static JsonNode declared(String input) {
    try {
      return action().required("inputs").required(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
