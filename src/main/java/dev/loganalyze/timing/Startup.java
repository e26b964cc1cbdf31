package dev.loganalyze.timing;

import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Timespan;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * systemd's own sentence: {@code Startup finished in 14.961s (kernel) + 41.739s (userspace) =
 * 56.700s.}
 *
 * <p>Its zero is the start of the kernel's clock, and "finished" is an empty job queue
 * (manager_notify_finished() in src/core/manager.c), not the default target.
 *
 * @param line 1-based line
 * @param parts microseconds by name: {@code firmware}, {@code loader}, {@code kernel}, {@code
 *     initrd}, {@code userspace}
 * @param total microseconds
 */
public record Startup(int line, Map<String, Long> parts, long total) {

  /** What {@code entry} says, or null when it names no parts. */
  static Startup of(Entry entry) {
    String message = entry.message();
    int from = message.indexOf("finished in ");
    int equals = message.lastIndexOf(" = ");
    if (from < 0 || equals < from) {
      return null;
    }
    Map<String, Long> parts = new LinkedHashMap<>();
    for (String part : message.substring(from + 12, equals).split(" \\+ ", 8)) {
      int open = part.indexOf(" (");
      long micros = open < 0 ? Timespan.NONE : Timespan.parse(part.substring(0, open));
      if (micros == Timespan.NONE || !part.endsWith(")")) {
        return null;
      }
      parts.put(part.substring(open + 2, part.length() - 1), micros);
    }
    String end = message.substring(equals + 3).strip();
    long total = Timespan.parse(end.endsWith(".") ? end.substring(0, end.length() - 1) : end);
    return total == Timespan.NONE ? null : new Startup(entry.line(), parts, total);
  }
}
