package dev.loganalyze.rules;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private JsonNode read;
  private final List<String> faults;

  /** The 1-based line with which each node begins, under an empty key, and those of its keys. */
  private final IdentityHashMap<JsonNode, Map<String, Integer>> lines = new IdentityHashMap<>();

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
      JsonNode node = node();
      if (node != null && node.isObject()) {
        return node;
      }
      fault(node, "", wanted);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      add(file + ":" + line + ":" + column + ": is not YAML: " + reason);
    }
    return null;
  }

  /** Whether nothing stands in it, or comments alone. */
  public boolean isEmpty() {
    try {
      JsonNode node = node();
      return node == null || node.isNull() || (node.isTextual() && node.asText().isEmpty());
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** What the file holds, as Jackson reads it, with the {@link #lines} of its keys. */
  private JsonNode node() throws JsonProcessingException {
    if (read != null) {
      return read;
    }
    try (JsonParser parser = Yaml.MAPPER.createParser(text)) {
      read = parser.nextToken() == null ? null : node(parser);
      return read;
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can be read", e);
    }
  }

  private JsonNode node(JsonParser parser) throws IOException {
    Map<String, Integer> of = new HashMap<>();
    of.put("", parser.currentTokenLocation().getLineNr());
    JsonNode node;
    if (parser.isExpectedStartObjectToken()) {
      ObjectNode mapping = Yaml.MAPPER.createObjectNode();
      for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
        of.put(key, parser.currentTokenLocation().getLineNr());
        parser.nextToken();
        mapping.set(key, node(parser));
      }
      node = mapping;
    } else if (parser.isExpectedStartArrayToken()) {
      ArrayNode list = Yaml.MAPPER.createArrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(node(parser));
      }
      node = list;
    } else {
      node = parser.readValueAsTree();
    }
    lines.put(node, of);
    return node;
  }

  /** Faults for keys of {@code node} that are not among {@code allowed}. */
  public void keys(JsonNode node, Set<String> allowed) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!allowed.contains(key)) {
                fault(node, key, "there is no key '" + key + "' here; keys are " + sorted(allowed));
              }
            });
  }

  /** The text of {@code key}, empty when it is not there; a fault when it is needed. */
  public String string(JsonNode node, String key, boolean needed) {
    JsonNode value = node.path(key);
    if (needed && (!value.isValueNode() || value.asText().isBlank())) {
      fault(node, key, "the key '" + key + "' is missing or empty");
    }
    return key.equals("log") ? value.asText("") : value.asText("").stripTrailing();
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
      fault(node, key, "the key '" + key + "' is missing or empty");
    }
    return list;
  }

  /** The texts that {@code key} lists. */
  public List<String> strings(JsonNode node, String key) {
    return list(node, key, false).stream().map(JsonNode::asText).toList();
  }

  /** The words of {@code type} that {@code key} lists, in lower case with hyphens in the file. */
  public <E extends Enum<E>> Set<E> word(JsonNode node, String key, Class<E> type, boolean needed) {
    return word(node, key, key, type, needed);
  }

  /**
   * As {@link #word(JsonNode, String, Class, boolean)}; a fault says that it is no {@code what}.
   */
  public <E extends Enum<E>> Set<E> word(
      JsonNode node, String key, String what, Class<E> type, boolean needed) {
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
        fault(node, key, "'" + word.asText() + "' is no " + what + "; choose from " + all);
      }
    }
    return words;
  }

  /** Adds the fault {@code sentence}, with the {@linkplain #lineOf line} of {@code key}. */
  public void fault(JsonNode node, String key, String sentence) {
    if (told < MOST_FAULTS) {
      add(file + ":" + lineOf(node, key) + ": " + sentence);
    }
  }

  /**
   * As {@link #fault(JsonNode, String, String)}, with the line and column of the character at
   * {@code at} of the value, where the file has the value as it is, without escapes or folds.
   */
  public void fault(JsonNode node, String key, int at, String sentence) {
    if (told >= MOST_FAULTS) {
      return;
    }
    String value = node.path(key).asText();
    List<String> of = text.lines().toList();
    for (int i = lineOf(node, key) - 1; i < of.size(); i++) {
      int column = value.isEmpty() ? -1 : of.get(i).indexOf(value);
      if (column >= 0) {
        add(file + ":" + (i + 1) + ":" + (column + at + 1) + ": " + sentence);
        return;
      }
    }
    fault(node, key, sentence);
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

  /**
   * The 1-based line of {@code key} in {@code node}; where it is missing, that with which {@code
   * node} begins; 1 where nobody knows.
   */
  public int lineOf(JsonNode node, String key) {
    Map<String, Integer> of = lines.getOrDefault(node, Map.of());
    return of.getOrDefault(key, of.getOrDefault("", 1));
  }

  /** {@code a, b, c}. */
  static String sorted(Set<String> words) {
    return words.stream().sorted().collect(Collectors.joining(", "));
  }
}
