package dev.loganalyze.timing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.resource.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * A step that a program began or ended, printed as one line of JSON: {@code {"event": "x.start",
 * "command": ["ip", "link"], "timestamp": "2025-10-12T17:25:21.175982+00:00"}}, or {@code {"event":
 * "x", "status": "finished", "returncode": 1}}.
 *
 * @param name without the word that says that it began or ended
 * @param begins whether it began
 * @param detail the command that it ran, words with blanks between them; or empty
 * @param outcome its return code, else its status; or empty
 * @param stamp microseconds since 1970 UTC by the program's own clock, or -1
 * @param told microseconds that it took by its own words, or -1
 */
record Event(String name, boolean begins, String detail, String outcome, long stamp, long told) {
  private static final Pattern STARTS =
      Pattern.compile("(?i)^(.*?)[-_. ]?(?:start(?:ed|ing)?|begin)$");

  private static final Pattern ENDS =
      Pattern.compile(
          "(?i)^(.*?)[-_. ]?(?:finish(?:ed)?|done|end(?:ed)?|completed?|fail(?:ed|ure)|success"
              + "|succeeded|detected|skipped|aborted|timed?[-_]?out)$");

  private static final int LONGEST = 4000;
  private static final int LONGEST_DETAIL = 300;

  /** The event that {@code message} is, or null. */
  static Event of(String message) {
    if (message.length() > LONGEST || !message.contains("\"event\"")) {
      return null;
    }
    JsonNode object;
    try {
      object = Json.read(message);
    } catch (JsonProcessingException e) {
      return null;
    }
    String name = object.path("event").asText();
    String status = object.path("status").asText();
    for (String words : new String[] {name, status}) {
      Matcher starts = STARTS.matcher(words);
      Matcher ends = ENDS.matcher(words);
      boolean begins = starts.matches();
      if (begins || ends.matches()) {
        String own = (begins ? starts : ends).group(1);
        return new Event(
            words.equals(name) ? own : name,
            begins,
            detail(object.path("command")),
            object.path("returncode").asText(begins ? "" : status),
            stamp(object.path("timestamp").asText()),
            told(object.path("duration_seconds")));
      }
    }
    return null;
  }

  private static String detail(JsonNode command) {
    StringBuilder words = new StringBuilder(command.asText());
    for (JsonNode word : command) {
      words.append(words.length() == 0 ? "" : " ").append(word.asText());
    }
    return words.substring(0, Math.min(words.length(), LONGEST_DETAIL));
  }

  private static long stamp(String time) {
    try {
      Instant at = time.isEmpty() ? null : OffsetDateTime.parse(time).toInstant();
      return at == null ? -1 : ChronoUnit.MICROS.between(Instant.EPOCH, at);
    } catch (DateTimeException | ArithmeticException e) {
      return -1;
    }
  }

  private static long told(JsonNode seconds) {
    return seconds.isNumber() ? Math.round(seconds.asDouble() * 1e6) : -1;
  }
}
