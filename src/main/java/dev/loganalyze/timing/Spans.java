package dev.loganalyze.timing;

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
import java.util.LinkedHashMap;
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

  /** So many words of one line are looked at. */
  private static final int MOST_IN_LINE = 64;

  private static final int DEEPEST = 64;

  /** So many steps may be open at once. */
  private static final int MOST_OPEN = 10_000;

  private final Entries entries;
  private final Boot boot;
  private final Times times;
  private final List<Span> spans = new ArrayList<>();
  private final Deque<Open> begun = new ArrayDeque<>();
  private final Map<String, Open> open = new HashMap<>();

  /** The steps that programs began, by who began what. */
  private final Map<String, Open> events = new LinkedHashMap<>();

  /** Something that began. The stamp is the speaker's own, microseconds since 1970 UTC, or -1. */
  private record Open(
      Span.Kind kind,
      String name,
      int depth,
      Instant start,
      int line,
      String detail,
      String speaker,
      long stamp) {
    Open(Span.Kind kind, String name, int depth, Instant start, int line) {
      this(kind, name, depth, start, line, "", "", -1);
    }

    Span end(Instant end, long told, int line) {
      return end(end, told, line, "");
    }

    Span end(Instant end, long told, int line, String outcome) {
      return new Span(
          kind, name, detail, speaker, outcome, depth, start, end, told, this.line, line);
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
    for (Open left : events.values()) {
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
    String message = entry.message();
    if (!message.startsWith("calling  ") && !message.startsWith("initcall ")) {
      return;
    }
    Matcher words = INITCALL.matcher(message);
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

  private void event(Entry entry) {
    Event event = Event.of(entry.message());
    if (event == null) {
      return;
    }
    Instant at = times.at(entry.index());
    String key =
        entry.identifier() + "[" + entry.pid() + "] " + event.name() + " " + event.detail();
    Open before = events.remove(key);
    if (event.begins() && events.size() < MOST_OPEN) {
      int depth = Math.min(DEEPEST, events.size());
      Open begun =
          new Open(
              Span.Kind.EVENT,
              event.name(),
              depth,
              at,
              entry.line(),
              event.detail(),
              entry.identifier(),
              event.stamp());
      events.put(key, begun);
      if (before != null) {
        spans.add(before.end(Instant.UNKNOWN, -1, before.line()));
      }
    } else if (before != null) {
      boolean stamped = event.told() < 0 && before.stamp() >= 0 && event.stamp() >= before.stamp();
      long told = stamped ? event.stamp() - before.stamp() : event.told();
      spans.add(before.end(at, told, entry.line(), event.outcome()));
    }
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
