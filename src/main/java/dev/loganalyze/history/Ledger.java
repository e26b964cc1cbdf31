package dev.loganalyze.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loganalyze.diagnosis.Digest;
import dev.loganalyze.diagnosis.Verdict;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ledger of a test harness, a JSON object for each run: {@code outcome}, {@code timings}
 * ({@code start}, {@code end}, {@code build_seconds}, {@code boot_to_login_seconds}, {@code
 * boot_to_ssh_seconds}, {@code total_seconds}), {@code metadata} (a path).
 */
public final class Ledger {
  /** Before the start of a run in what its id is made of. */
  static final String PREFIX = "started ";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> TIMES =
      Map.of(
          "build_seconds", "buildSeconds",
          "boot_to_login_seconds", "bootToLoginSeconds",
          "boot_to_ssh_seconds", "bootToSshSeconds",
          "total_seconds", "totalSeconds");

  private Ledger() {}

  /**
   * The runs that {@code text} tells of. A run that it tells of twice, by the same start, is one;
   * lines that are no runs are passed over.
   */
  public static List<RunRecord> runs(String text, String label) {
    Map<String, RunRecord> runs = new LinkedHashMap<>();
    for (String line : text.split("\n", -1)) {
      try {
        JsonNode node = JSON.readTree(line);
        if (node != null && node.path("timings").path("start").isTextual()) {
          RunRecord run = record(node, label);
          runs.put(run.id(), run);
        }
      } catch (JsonProcessingException e) {
        // A line that was torn off tells of no run.
      }
    }
    return new ArrayList<>(runs.values());
  }

  private static RunRecord record(JsonNode node, String label) {
    String start = node.path("timings").path("start").asText();
    Map<String, Double> seconds = new TreeMap<>();
    TIMES.forEach(
        (key, name) -> {
          if (node.path("timings").path(key).isNumber()) {
            seconds.put(name, node.path("timings").path(key).asDouble());
          }
        });
    boolean passed = node.path("outcome").asText().equals("passed");
    return new RunRecord(
        Digest.of(PREFIX + start),
        node.path("metadata").asText("run").replaceFirst("(/logs)?/metadata\\.json$", ""),
        label,
        utc(start),
        node.path("artifact").path("nar_hash").asText(""),
        "",
        "",
        (passed ? Verdict.PASSED : Verdict.FAILED).word(),
        "",
        List.of(),
        seconds,
        Map.of());
  }

  private static String utc(String time) {
    try {
      return OffsetDateTime.parse(time).toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (DateTimeException e) {
      return "";
    }
  }
}
