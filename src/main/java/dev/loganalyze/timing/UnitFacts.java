package dev.loganalyze.timing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code systemctl show} or {@code systemd-analyze dot} of the running machine says of its
 * units: their order, and when each was active.
 *
 * @param after for a unit those that it is ordered after
 * @param activating microseconds at which it left the inactive state (InactiveExit)
 * @param active microseconds at which it became active (ActiveEnter); without those that never did
 */
public record UnitFacts(
    Map<String, List<String>> after, Map<String, Long> activating, Map<String, Long> active) {
  /** Nothing is known. */
  public static final UnitFacts NONE = new UnitFacts(Map.of(), Map.of(), Map.of());

  private static final int HEAD = 512;

  /** Whether {@code text} is the output of one of these commands. */
  public static boolean matches(byte[] text) {
    String head =
        new String(text, 0, Math.min(HEAD, text.length), StandardCharsets.ISO_8859_1).strip();
    return head.startsWith("digraph systemd {")
        || (head.indexOf('=') > 0
            && head.indexOf('=') < 40
            && head.contains("\nId=")
            && head.contains("TimestampMonotonic="))
        || (head.startsWith("Id=") && head.contains("TimestampMonotonic="));
  }

  /** What {@code text} says, together with what is known; lines of no known form say nothing. */
  public UnitFacts with(byte[] text) {
    Map<String, List<String>> order = new HashMap<>(after);
    Map<String, Long> exits = new HashMap<>(activating);
    Map<String, Long> enters = new HashMap<>(active);
    String id = "";
    Map<String, String> properties = new HashMap<>();
    for (String line : (new String(text, StandardCharsets.UTF_8) + "\n\n").split("\n", -1)) {
      int equals = line.indexOf('=');
      if (line.isBlank()) {
        if (!id.isEmpty()) {
          time(exits, id, properties.get("InactiveExitTimestampMonotonic"));
          time(enters, id, properties.get("ActiveEnterTimestampMonotonic"));
          if (properties.containsKey("After")) {
            order.put(id, List.of(properties.get("After").strip().split(" +", -1)));
          }
        }
        id = "";
        properties.clear();
      } else if (line.endsWith("[color=\"green\"];")) {
        // "a"->"b" [color="green"]: a is ordered after b.
        String[] words = line.strip().split("\"", 6);
        if (words.length > 4 && words[2].equals("->")) {
          order.computeIfAbsent(words[1], n -> new ArrayList<>()).add(words[3]);
        }
      } else if (equals > 0) {
        id = line.startsWith("Id=") ? line.substring(3) : id;
        properties.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return new UnitFacts(Map.copyOf(order), Map.copyOf(exits), Map.copyOf(enters));
  }

  private static void time(Map<String, Long> times, String id, String micros) {
    try {
      long at = micros == null ? 0 : Long.parseLong(micros);
      if (at > 0) {
        times.put(id, at);
      }
    } catch (NumberFormatException e) {
      // 18446744073709551615 is "never".
    }
  }
}
