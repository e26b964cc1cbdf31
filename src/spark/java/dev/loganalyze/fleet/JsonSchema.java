package dev.loganalyze.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The types of what {@code --format jsonl} prints, as docs/schemas/analysis-v1 has them. */
final class JsonSchema {
  private static final String FILE = "analysis-v1.schema.json";
  private static final String DEFINITION = "#/$defs/";

  private final JsonNode definitions;

  private JsonSchema(JsonNode definitions) {
    this.definitions = definitions;
  }

  /** The type of one line. */
  static StructType line() {
    try (InputStream in = JsonSchema.class.getResourceAsStream(FILE)) {
      JsonSchema schema = new JsonSchema(new ObjectMapper().readTree(in).path("$defs"));
      return schema.members(schema.definitions.path("line"));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " could not be read", e);
    }
  }

  private DataType type(JsonNode schema) {
    if (schema.has("$ref")) {
      return type(referred(schema));
    }
    if (schema.has("const")) {
      return schema.path("const").isBoolean() ? DataTypes.BooleanType : DataTypes.StringType;
    }
    if (schema.has("enum")) {
      return DataTypes.StringType;
    }
    return switch (schema.path("type").asText()) {
      case "string" -> DataTypes.StringType;
      case "integer" -> DataTypes.LongType;
      case "number" -> DataTypes.DoubleType;
      case "boolean" -> DataTypes.BooleanType;
      case "array" -> DataTypes.createArrayType(type(schema.path("items")));
      case "object" ->
          schema.has("properties")
              ? members(schema)
              : DataTypes.createMapType(
                  DataTypes.StringType, type(schema.path("additionalProperties")));
      default -> throw new IllegalStateException(FILE + ": no type can be told of " + schema);
    };
  }

  private StructType members(JsonNode schema) {
    StructType members = new StructType();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      members = members.add(property.getKey(), type(property.getValue()));
    }
    if (schema.has("$ref")) {
      for (var member : members(referred(schema)).fields()) {
        members = members.add(member);
      }
    }
    return members;
  }

  private JsonNode referred(JsonNode schema) {
    return definitions.path(schema.path("$ref").asText().substring(DEFINITION.length()));
  }
}
