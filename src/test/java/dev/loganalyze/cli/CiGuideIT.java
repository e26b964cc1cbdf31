package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jobs of docs/guide-ci.md: their scripts are run in order, in a folder of their own, where a
 * machine is booted that prints a sample log. What a later step takes must then be there.
 */
class CiGuideIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Set<String> SCRIPTS = Set.of("run", "script", "after_script");
  private static final Set<String> FILES =
      Set.of("sarif_file", "path", "paths", "junit", "codequality");

  @TempDir Path folder;

  private static List<JsonNode> jobs() throws IOException {
    Matcher blocks =
        Pattern.compile("(?ms)^```yaml\\n(.*?)^```$")
            .matcher(Files.readString(HOME.resolve("docs/guide-ci.md")));
    List<JsonNode> jobs = new ArrayList<>();
    while (blocks.find()) {
      jobs.add(new YAMLMapper().readTree(blocks.group(1)));
    }
    return jobs;
  }

  /** The texts below the keys in {@code wanted}, in order. */
  private static List<String> below(JsonNode node, Set<String> wanted) {
    List<String> found = new ArrayList<>();
    node.properties()
        .forEach(
            field -> {
              if (!wanted.contains(field.getKey())) {
                found.addAll(below(field.getValue(), wanted));
              } else if (field.getValue().isArray()) {
                field.getValue().forEach(one -> found.add(one.asText()));
              } else {
                found.add(field.getValue().asText());
              }
            });
    if (node.isArray()) {
      node.forEach(one -> found.addAll(below(one, wanted)));
    }
    return found;
  }

  /** The status of {@code script}, which says nothing on standard error. */
  private int run(Path where, String script) throws Exception {
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-e", "-c", script)
            .directory(where.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile());
    builder.environment().put("PATH", HOME + ":" + System.getenv("PATH"));
    int status = builder.start().waitFor();
    assertEquals("", Files.readString(err, StandardCharsets.UTF_8), script);
    return status;
  }

  @Test
  void everyJobRunsAndLeavesWhatItsLaterStepsTake() throws Exception {
    List<JsonNode> jobs = jobs();
    assertEquals(3, jobs.size());
    for (JsonNode job : jobs) {
      Path where = Files.createTempDirectory(folder, "job");
      Path machine = where.resolve("boot-machine");
      Path log = HOME.resolve("sample-logs/10-unit-exit-1.log");
      Files.writeString(machine, "#!/bin/sh\nmkdir -p logs\ncp " + log + " \"$2\"\n");
      assertTrue(machine.toFile().setExecutable(true));
      int analysed = 0;
      for (String script : below(job, SCRIPTS)) {
        boolean ours = script.contains("loganalyze");
        analysed += ours ? 1 : 0;
        assertEquals(ours ? 1 : 0, run(where, script), script);
      }
      assertEquals(1, analysed);
      for (String files : below(job, FILES)) {
        for (String file : files.strip().split("\n")) {
          assertTrue(Files.exists(where.resolve(file)), file);
        }
      }
    }
  }
}
