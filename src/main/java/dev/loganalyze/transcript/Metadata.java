package dev.loganalyze.transcript;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What a harness wrote down of a run in JSON, as lines {@code key.key = value}. A list of plain
 * values, as a command, is one line with blanks between them.
 */
final class Metadata {
  /** Any of these keys tells that a JSON object is about a run. */
  private static final String[] KEYS = {
    "\"qemu\"", "\"iso_path\"", "\"root_key_fingerprint\"", "\"timings\"", "\"harness\""
  };

  private static final int MAX_LINES = 10_000;
  private static final int MAX_DEPTH = 100;

  private Metadata() {}

  static boolean matches(String head) {
    if (head.startsWith("{\"seconds\":")) {
      // What loganalyze run and QEMU said to each other.
      return false;
    }
    for (String key : KEYS) {
      if (head.startsWith("{") && head.contains(key)) {
        return true;
      }
    }
    return false;
  }

  /** The values up to the end, or to where the file is no JSON any more. */
  static Transcript transcript(byte[] bytes) {
    TranscriptLines lines = new TranscriptLines();
    try (JsonParser json = new JsonFactory().createParser(bytes)) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        object(json, "", lines, 0);
      }
    } catch (IOException e) {
      // A file that was cut off holds the values that stand before the cut.
    }
    return lines.transcript("metadata", false);
  }

  private static void object(JsonParser json, String path, TranscriptLines lines, int depth)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = path + json.currentName();
      int line = json.currentLocation().getLineNr();
      json.nextToken();
      value(json, key, line, lines, depth + 1);
    }
  }

  private static void value(JsonParser json, String key, int line, TranscriptLines lines, int depth)
      throws IOException {
    if (depth > MAX_DEPTH || lines.count() > MAX_LINES) {
      json.skipChildren();
    } else if (json.currentToken() == JsonToken.START_OBJECT) {
      object(json, key + ".", lines, depth);
    } else if (json.currentToken() == JsonToken.START_ARRAY) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
        if (json.currentToken().isScalarValue()) {
          all.append(all.length() == 0 ? "" : " ").append(json.getText());
        } else {
          value(json, key + "." + i, json.currentLocation().getLineNr(), lines, depth + 1);
        }
      }
      if (all.length() > 0) {
        lines.add(key + " = " + all, line, 0);
      }
    } else {
      lines.add(key + " = " + (json.getText() == null ? "" : json.getText()), line, 0);
    }
  }
}
