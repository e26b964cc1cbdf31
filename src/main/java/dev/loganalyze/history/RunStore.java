package dev.loganalyze.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs that are kept: JSON lines, one run each, in the order of their time. Immutable.
 *
 * <p>A run that is added again takes the place of its older record, unless that was made of its
 * logs and this one of a ledger; one without a time stands where it was added.
 */
public final class RunStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The first key of each line; a later version may have others. */
  private static final String VERSION = "loganalyzeHistory";

  private final List<RunRecord> runs;

  private RunStore(List<RunRecord> runs) {
    this.runs = List.copyOf(runs);
  }

  /** A store with nothing in it. */
  public static RunStore empty() {
    return new RunStore(List.of());
  }

  /**
   * The store that {@code text} is.
   *
   * @throws IllegalArgumentException when a line of it is no kept run; names the line
   */
  public static RunStore parse(String text) {
    List<RunRecord> runs = new ArrayList<>();
    int line = 0;
    for (String json : text.split("\n", -1)) {
      line++;
      if (!json.isBlank()) {
        try {
          runs.add(record(JSON.readTree(json)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
          throw new IllegalArgumentException(
              "line " + line + " is no kept run; restore the file, or remove that line", e);
        }
      }
    }
    return new RunStore(runs);
  }

  /** The runs, in the order of their time. */
  public List<RunRecord> runs() {
    return runs;
  }

  /** This store with {@code more}. */
  public RunStore with(List<RunRecord> more) {
    Map<String, RunRecord> all = new LinkedHashMap<>();
    runs.forEach(r -> all.put(r.id(), r));
    for (RunRecord run : more) {
      RunRecord known = all.get(run.id());
      if (known == null || run.isAnalysed() || !known.isAnalysed()) {
        all.put(run.id(), run);
      }
    }
    List<RunRecord> sorted = new ArrayList<>(all.values());
    // Stable: a run without a time keeps its place behind the one before it.
    String[] last = {""};
    Map<String, String> keys = new LinkedHashMap<>();
    for (RunRecord run : sorted) {
      last[0] = run.started().isEmpty() ? last[0] : run.started();
      keys.put(run.id(), last[0]);
    }
    sorted.sort(Comparator.comparing(r -> keys.get(r.id())));
    return new RunStore(sorted);
  }

  /** The runs whose name, label, image or kernel has {@code text} in it; all when it is empty. */
  public RunStore matching(String text) {
    return new RunStore(
        runs.stream()
            .filter(
                r ->
                    r.name().contains(text)
                        || r.label().contains(text)
                        || r.image().contains(text)
                        || r.kernel().contains(text))
            .toList());
  }

  /** As {@link #parse} reads it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (RunRecord run : runs) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put(VERSION, 1);
      fields.put("id", run.id());
      fields.put("name", run.name());
      fields.put("label", run.label());
      fields.put("started", run.started());
      fields.put("image", run.image());
      fields.put("kernel", run.kernel());
      fields.put("commandLine", run.commandLine());
      fields.put("verdict", run.verdict());
      fields.put("reached", run.reached());
      fields.put("faults", run.faults());
      fields.put("seconds", run.seconds());
      fields.put("units", run.units());
      fields.values().removeIf(v -> v.equals("") || v.equals(List.of()) || v.equals(Map.of()));
      try {
        text.append(JSON.writeValueAsString(fields)).append('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    return text.toString();
  }

  private static RunRecord record(JsonNode node) {
    if (node.path(VERSION).asInt() != 1 || !node.path("id").isTextual()) {
      throw new IllegalArgumentException("no kept run");
    }
    List<RunRecord.Fault> faults = new ArrayList<>();
    for (JsonNode fault : node.path("faults")) {
      faults.add(
          new RunRecord.Fault(
              fault.path("signature").asText(),
              fault.path("rule").asText(),
              fault.path("severity").asText(),
              fault.path("subject").asText(),
              fault.path("title").asText(),
              fault.path("root").asBoolean()));
    }
    Map<String, Double> seconds = new TreeMap<>();
    node.path("seconds")
        .properties()
        .forEach(e -> seconds.put(e.getKey(), e.getValue().asDouble()));
    Map<String, String> units = new TreeMap<>();
    node.path("units").properties().forEach(e -> units.put(e.getKey(), e.getValue().asText()));
    return new RunRecord(
        node.path("id").asText(),
        node.path("name").asText(),
        node.path("label").asText(),
        node.path("started").asText(),
        node.path("image").asText(),
        node.path("kernel").asText(),
        node.path("commandLine").asText(),
        node.path("verdict").asText(),
        node.path("reached").asText(),
        faults,
        seconds,
        units);
  }
}
