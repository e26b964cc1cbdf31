package dev.loganalyze.transcript;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;

/**
 * What {@code dmesg -J} of util-linux prints, as lines of {@code dmesg -r}: {"dmesg": [{"pri": 5,
 * "time": 0.000000, "msg": "…"}]}.
 */
final class DmesgJson {
  private DmesgJson() {}

  static boolean matches(String head) {
    return head.startsWith("{") && head.contains("\"dmesg\"");
  }

  /**
   * The messages up to the end, or to where the file is no JSON any more; null when it has none.
   */
  static Transcript transcript(byte[] bytes) {
    TranscriptLines lines = new TranscriptLines();
    try (JsonParser json = new JsonFactory().createParser(bytes)) {
      // All objects but that which holds them are messages.
      json.nextToken();
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          message(json, lines);
        }
      }
    } catch (IOException e) {
      // A file that was cut off holds the messages that stand before the cut.
    }
    return lines.count() == 0 ? null : lines.transcript("dmesg-json", false);
  }

  private static void message(JsonParser json, TranscriptLines lines) throws IOException {
    int priority = 0;
    double seconds = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "pri" -> priority = json.getValueAsInt();
        case "time" -> seconds = json.getValueAsDouble();
        case "msg" -> {
          String stamp = String.format(Locale.ROOT, "<%d>[%12.6f] ", priority, seconds);
          int line = json.currentTokenLocation().getLineNr();
          for (String part : json.getValueAsString("").split("\n", -1)) {
            lines.add(stamp + part, line, 0);
          }
        }
        default -> json.skipChildren();
      }
    }
  }
}
