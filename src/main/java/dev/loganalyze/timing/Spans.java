package dev.loganalyze.timing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.boot.Boot;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pairs the beginnings and the ends that programs announce. */
final class Spans {
  /** initramfs-tools' log_begin_msg and log_end_msg (scripts/functions). */
  private static final Pattern BEGIN_DONE = Pattern.compile("Begin: (.+?) ?\\.\\.\\. |done\\.");

  /** do_one_initcall() in init/main.c; call_driver_probe() in drivers/base/dd.c. */
  private static final Pattern INITCALL =
      Pattern.compile(
          "^(?:calling  (?P<call>\\S+?)(?:\\+0x\\S+)?(?: \\[\\S+\\])? @ \\d+"
              + "|initcall (?P<done>\\S+?)(?:\\+0x\\S+)?(?: \\[\\S+\\])? returned -?\\d+ after"
              + " (?P<us>\\d+) usecs)");

  /** cloudinit/reporting/handlers.py. */
  private static final Pattern CLOUD_INIT =
      Pattern.compile(
          "\\b(?:start: (?P<start>[a-z][\\w-]*(?:/[\\w-]+)*)|finish: (?P<end>[a-z][\\w-]*(?:/[\\w-]+)*)): ");

  private static final Pattern STARTS =
      Pattern.compile("(?i)^(.*?)[-_. ]?(?:start(?:ed|ing)?|begin)$");
  private static final Pattern ENDS =
      Pattern.compile(
          "(?i)^(.*?)[-_. ]?(?:finish(?:ed)?|done|end(?:ed)?|completed?|fail(?:ed|ure)|success|succeeded)$");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** So many words of one line are looked at. */
  private static final int MOST_IN_LINE = 64;

  private static final int DEEPEST = 64;
  private static final int LONGEST_EVENT = 4000;

  private final Entries entries;
  private final Boot boot;
  private final Times times;
  private final List<Span> spans = new ArrayList<>();
  private final Deque<Open> begun = new ArrayDeque<>();
  private final Map<String, Open> open = new HashMap<>();

  private record Open(Span.Kind kind, String name, int depth, Instant start, int line) {
    Span end(Instant end, long told, int line) {
      return new Span(kind, name, depth, start, end, told, this.line, line);
    }
  }

  private Spans(Entries entries, Boot boot, Times times) {
    this.entries = entries;
    this.boot = boot;
    this.times = times;
  }

  /** The spans of a boot in the order in which they began. */
  static List<Span> of(Entries entries, Boot boot, Times times) {
    Spans spans = new Spans(entries, boot, times);
    spans.read();
    spans.spans.sort(
        Comparator.comparingInt(Span::firstLine)
            .thenComparingLong((Span s) -> s.start().micros())
            .thenComparingInt(Span::depth));
    return List.copyOf(spans.spans);
  }

  private void read() {
    for (int i = boot.firstEntry(); i <= boot.lastEntry(); i++) {
      if (entries.repeated(i) || entries.shape(i) == Shape.BLANK) {
        continue;
      }
      byte first = first(i);
      switch (entries.origin(i)) {
        case KERNEL -> {
          if (first == 'c' || first == 'i') {
            initcall(entries.get(i));
          }
        }
        case MANAGER, CONSOLE, SERVICE -> {
          if (first == '{') {
            event(entries.get(i));
          } else if (first == 'B' || first == 'd' || !begun.isEmpty()) {
            initramfs(entries.get(i));
          } else {
            cloudInit(entries.get(i));
          }
        }
        default -> {
          // Firmware, loaders and shells announce nothing.
        }
      }
    }
    for (Open left : begun) {
      spans.add(left.end(Instant.UNKNOWN, -1, left.line()));
    }
    for (Open left : open.values()) {
      spans.add(left.end(Instant.UNKNOWN, -1, left.line()));
    }
  }

  private byte first(int i) {
    return entries.messageFrom(i) < entries.messageTo(i)
        ? entries.buffer()[entries.messageFrom(i)]
        : 0;
  }

  private void initramfs(Entry entry) {
    String message = entry.message();
    if (!message.contains("Begin: ") && !message.contains("done.")) {
      return;
    }
    Matcher words = BEGIN_DONE.matcher(message);
    for (int n = 0; n < MOST_IN_LINE && words.find(); n++) {
      // What stands before it in the line is ASCII, so that characters are bytes.
      Instant at = times.at(entry.index(), words.start());
      if (words.group(1) != null && begun.size() < DEEPEST) {
        begun.push(new Open(Span.Kind.INITRAMFS, words.group(1), begun.size(), at, entry.line()));
      } else if (words.group(1) == null && !begun.isEmpty()) {
        spans.add(begun.pop().end(at, -1, entry.line()));
      }
    }
  }

  private void initcall(Entry entry) {
    Matcher words = INITCALL.matcher(entry.message());
    if (!words.find()) {
      return;
    }
    Instant at = times.at(entry.index());
    if (words.group("call") != null) {
      begin(Span.Kind.INITCALL, words.group("call"), at, entry.line());
    } else {
      end(Span.Kind.INITCALL, words.group("done"), at, micros(words.group("us")), entry.line());
    }
  }

  private static long micros(String digits) {
    return digits.length() > 15 ? -1 : Long.parseLong(digits);
  }

  private void cloudInit(Entry entry) {
    String message = entry.message();
    if (!message.contains("start: ") && !message.contains("finish: ")) {
      return;
    }
    Matcher words = CLOUD_INIT.matcher(message);
    if (words.find()) {
      Instant at = times.at(entry.index());
      if (words.group("start") != null) {
        begin(Span.Kind.CLOUD_INIT, words.group("start"), at, entry.line());
      } else {
        end(Span.Kind.CLOUD_INIT, words.group("end"), at, -1, entry.line());
      }
    }
  }

  /** {@code {"event": "x.start", …}}, or {@code "event": "x", "status": "finished"}. */
  private void event(Entry entry) {
    String message = entry.message();
    if (message.length() > LONGEST_EVENT || !message.contains("\"event\"")) {
      return;
    }
    JsonNode object;
    try {
      object = JSON.readTree(message);
    } catch (JsonProcessingException e) {
      return;
    }
    String name = object.path("event").asText();
    String status = object.path("status").asText();
    Instant at = times.at(entry.index());
    for (String words : new String[] {name, status}) {
      Matcher starts = STARTS.matcher(words);
      Matcher ends = ENDS.matcher(words);
      boolean own = words.equals(name);
      if (starts.matches()) {
        begin(Span.Kind.EVENT, own ? starts.group(1) : name, at, entry.line());
        return;
      }
      if (ends.matches()) {
        end(Span.Kind.EVENT, own ? ends.group(1) : name, at, told(object), entry.line());
        return;
      }
    }
  }

  private static long told(JsonNode object) {
    JsonNode seconds = object.path("duration_seconds");
    return seconds.isNumber() ? Math.round(seconds.asDouble() * 1e6) : -1;
  }

  private void begin(Span.Kind kind, String name, Instant at, int line) {
    String key = kind + " " + name;
    int depth = 0;
    if (kind == Span.Kind.CLOUD_INIT) {
      depth = (int) name.chars().filter(c -> c == '/').count();
    } else if (open.size() < DEEPEST) {
      depth = (int) open.values().stream().filter(o -> o.kind() == kind).count();
    }
    open.put(key, new Open(kind, name, depth, at, line));
  }

  private void end(Span.Kind kind, String name, Instant at, long told, int line) {
    Open begun = open.remove(kind + " " + name);
    if (begun != null) {
      spans.add(begun.end(at, told, line));
    }
  }
}
