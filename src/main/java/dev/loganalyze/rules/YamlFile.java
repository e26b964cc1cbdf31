package dev.loganalyze.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A YAML file that a person wrote: what is in it, and exactly where it is wrong. */
public final class YamlFile {
  /** Made when somebody's own file is read, and not before. */
  private static final class Yaml {
    static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());
  }

  private static final int MOST_FAULTS = 50;

  private final String file;
  private final String text;
  private final JsonNode read;
  private final List<String> faults;
  private int told;

  /**
   * A file that comes with the program and was read when it was built; its faults have no place.
   */
  YamlFile(String file, JsonNode read, List<String> faults) {
    this.file = file;
    this.text = "";
    this.read = read;
    this.faults = faults;
  }

  /**
   * The file.
   *
   * @param file what faults name, such as {@code storage/no-space.yaml}
   * @param text its content
   * @param faults gets one sentence a fault: file, line, what is wrong, what to do
   */
  public YamlFile(String file, String text, List<String> faults) {
    this.file = file;
    this.text = text;
    this.read = null;
    this.faults = faults;
  }

  /**
   * The mapping that the file is, or null with a fault when it is none.
   *
   * @param wanted the fault when it is YAML but no mapping
   */
  public JsonNode mapping(String wanted) {
    try {
      JsonNode node = read == null ? Yaml.MAPPER.readTree(text) : read;
      if (node != null && node.isObject()) {
        return node;
      }
      fault("", wanted);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      add(file + ":" + line + ":" + column + ": is not YAML: " + reason);
    }
    return null;
  }

  /** Faults for keys of {@code node} that are not among {@code allowed}. */
  public void keys(JsonNode node, Set<String> allowed) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!allowed.contains(key)) {
                fault(key, "there is no key '" + key + "' here; keys are " + sorted(allowed));
              }
            });
  }

  /** The text of {@code key}, empty when it is not there; a fault when it is needed. */
  public String string(JsonNode node, String key, boolean needed) {
    JsonNode value = node.path(key);
    if (needed && (!value.isValueNode() || value.asText().isBlank())) {
      fault(key, "the key '" + key + "' is missing or empty");
    }
    return value.asText("").strip().equals(value.asText("")) || !key.equals("log")
        ? value.asText("").stripTrailing()
        : value.asText();
  }

  /** What {@code key} lists; a single value is a list of one. */
  public List<JsonNode> list(JsonNode node, String key, boolean needed) {
    JsonNode value = node.path(key);
    List<JsonNode> list = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(list::add);
    } else if (!value.isMissingNode()) {
      list.add(value);
    }
    if (needed && list.isEmpty()) {
      fault(key, "the key '" + key + "' is missing or empty");
    }
    return list;
  }

  /** The texts that {@code key} lists. */
  public List<String> strings(JsonNode node, String key) {
    return list(node, key, false).stream().map(JsonNode::asText).toList();
  }

  /** The words of {@code type} that {@code key} lists, in lower case with hyphens in the file. */
  public <E extends Enum<E>> Set<E> word(JsonNode node, String key, Class<E> type, boolean needed) {
    Set<E> words = new LinkedHashSet<>();
    for (JsonNode word : list(node, key, needed)) {
      String name = word.asText().toUpperCase(Locale.ROOT).replace('-', '_');
      try {
        words.add(Enum.valueOf(type, name));
      } catch (IllegalArgumentException e) {
        String all =
            Arrays.stream(type.getEnumConstants())
                .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
        fault(key, "'" + word.asText() + "' is no " + key + "; choose from " + all);
      }
    }
    return words;
  }

  /** Adds the fault {@code sentence}, at the first line that has {@code key}. */
  public void fault(String key, String sentence) {
    if (told < MOST_FAULTS) {
      add(file + ":" + lineOf(key) + ": " + sentence);
    }
  }

  /**
   * As {@link #fault(String, String)}, with the line and column of the character at {@code at} of
   * {@code value}, where the file has the value as it is, without escapes or folds.
   */
  public void fault(String key, String value, int at, String sentence) {
    if (told >= MOST_FAULTS) {
      return;
    }
    List<String> lines = text.lines().toList();
    for (int i = lineOf(key) - 1; i < lines.size(); i++) {
      int column = value.isEmpty() ? -1 : lines.get(i).indexOf(value);
      if (column >= 0) {
        add(file + ":" + (i + 1) + ":" + (column + at + 1) + ": " + sentence);
        return;
      }
    }
    fault(key, sentence);
  }

  /** As {@link #fault(String, String)}, with the column where {@code piece} of the value stands. */
  public void fault(String key, String piece, String sentence) {
    if (told >= MOST_FAULTS) {
      return;
    }
    int line = lineOf(key);
    String[] lines = text.split("\n", -1);
    for (int i = line - 1; i < lines.length; i++) {
      int column = lines[i].indexOf(piece);
      if (column >= 0) {
        add(file + ":" + (i + 1) + ":" + (column + 1) + ": " + sentence);
        return;
      }
    }
    fault(key, sentence);
  }

  /** Whoever has so many faults in a file mends these first; each costs a look at all its lines. */
  private void add(String fault) {
    told++;
    if (told < MOST_FAULTS) {
      faults.add(fault);
    } else if (told == MOST_FAULTS) {
      faults.add(file + ":1: has more faults; mend those above first");
    }
  }

  /** The 1-based line that holds {@code key}, or 1. */
  public int lineOf(String key) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length && !key.isEmpty(); i++) {
      String line = lines[i].replaceFirst("^[ -]*", "");
      if (line.startsWith(key + ":")) {
        return i + 1;
      }
    }
    return 1;
  }

  /** {@code a, b, c}. */
  static String sorted(Set<String> words) {
    return words.stream().sorted().collect(Collectors.joining(", "));
  }
}
