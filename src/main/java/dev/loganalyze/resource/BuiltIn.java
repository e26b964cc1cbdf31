package dev.loganalyze.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The YAML files that come with the program. The build ({@code build.Precompile}) has written them
 * down as JSON, a file for each folder, since reading hundreds of YAML files takes ten times as
 * long as the analysis of a log.
 */
public final class BuiltIn {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private BuiltIn() {}

  /**
   * The files of {@code folder}: an object with a field for each, by the path from there, as in
   * {@code storage/no-space.yaml}, in the order of the paths.
   *
   * @throws IllegalStateException when the program was built without them
   */
  public static JsonNode files(String folder) {
    String path = folder + ".json";
    try (JsonParser json = new JsonFactory().createParser(ProgramFile.bytes(path))) {
      json.nextToken();
      return tree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " could not be read", e);
    }
  }

  /** As ObjectMapper would, whose start alone takes longer than this. */
  private static JsonNode tree(JsonParser json) throws IOException {
    switch (json.currentToken()) {
      case START_OBJECT -> {
        ObjectNode object = NODES.objectNode();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          json.nextToken();
          object.set(name, tree(json));
        }
        return object;
      }
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          array.add(tree(json));
        }
        return array;
      }
      case VALUE_NUMBER_INT -> {
        return NODES.numberNode(json.getIntValue());
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        return NODES.booleanNode(json.getBooleanValue());
      }
      case VALUE_NULL -> {
        return NODES.nullNode();
      }
      default -> {
        return NODES.textNode(json.getText());
      }
    }
  }
}
