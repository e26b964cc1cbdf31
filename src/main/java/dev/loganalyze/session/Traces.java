package dev.loganalyze.session;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.Hits;
import dev.loganalyze.session.Fact.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the stack traces that programs print. The lines of each speaker are read by themselves, as
 * those of others fall in between.
 */
public final class Traces {
  private static final List<Expression> BEGINNINGS =
      Stream.of(
              PythonTrace.HEAD,
              JavaTrace.HEAD,
              "panic: ",
              "fatal error: ",
              "panicked at",
              "\tat ",
              "  at ")
          .map(Expression::literal)
          .toList();

  /** Before a traceback that the interpreter reports and goes on. */
  private static final String IGNORED = "Exception ignored in";

  /** So many lines of one trace are read. */
  private static final int MAX_LINES = 2000;

  /** So many speakers are listened to at once. */
  private static final int MAX_SPEAKERS = 256;

  private final Entries entries;
  private final List<Boot> boots;
  private final List<Fact> facts = new ArrayList<>();

  /** The one who was silent longest comes first. */
  private final Map<String, Speaker> speakers = new LinkedHashMap<>(16, 0.75f, true);

  /** What one program says. */
  private static final class Speaker {
    private final String program;
    private String before = "";
    private int beforeEntry = -1;
    private Trace trace;
    private int first;
    private int last;
    private int lines;

    Speaker(String program) {
      this.program = program;
    }
  }

  private Traces(Entries entries, List<Boot> boots) {
    this.entries = entries;
    this.boots = boots;
  }

  /** One of these occurs in a line near the beginning of every trace. */
  public static List<Expression> beginnings() {
    return BEGINNINGS;
  }

  /**
   * The stack traces in {@code entries}, in order.
   *
   * @param begins which {@link #beginnings} occur in each entry
   * @param boots the boots of these entries
   * @param without indices of entries that are not read
   */
  public static List<Fact> of(Entries entries, Hits begins, List<Boot> boots, BitSet without) {
    Traces traces = new Traces(entries, boots);
    traces.read(begins, without);
    traces.speakers.values().forEach(traces::end);
    traces.facts.sort(Comparator.comparingInt(fact -> fact.entries().get(0)));
    return List.copyOf(traces.facts);
  }

  private void read(Hits begins, BitSet without) {
    for (int i = 0; i < entries.size(); i++) {
      Origin origin = entries.origin(i);
      boolean said = origin == Origin.SERVICE || origin == Origin.CONSOLE;
      boolean blank = entries.shape(i) == Shape.BLANK;
      if (said && !blank && !entries.repeated(i) && !without.get(i)) {
        read(i, begins.any(i));
      }
    }
  }

  private void read(int i, boolean begins) {
    Entry entry = entries.get(i);
    String name = entry.identifier();
    Speaker speaker = speaker(name, name + "\0" + entry.pid());
    String message = entry.message();
    if (speaker.trace != null) {
      if (speaker.lines++ < MAX_LINES && speaker.trace.take(message)) {
        speaker.last = message.isBlank() ? speaker.last : i;
        return;
      }
      end(speaker);
    }
    if (begins) {
      begin(speaker, message, i);
    }
    speaker.before = message;
    speaker.beforeEntry = i;
  }

  private Speaker speaker(String name, String key) {
    Speaker speaker = speakers.get(key);
    if (speaker == null) {
      if (speakers.size() >= MAX_SPEAKERS) {
        Map.Entry<String, Speaker> oldest = speakers.entrySet().iterator().next();
        end(oldest.getValue());
        speakers.remove(oldest.getKey());
      }
      speaker = new Speaker(name);
      speakers.put(key, speaker);
    }
    return speaker;
  }

  private void begin(Speaker speaker, String message, int i) {
    int first = i;
    Trace trace = null;
    int python = message.indexOf(PythonTrace.HEAD);
    if (python >= 0 && message.endsWith(PythonTrace.HEAD)) {
      trace = new PythonTrace(message, !speaker.before.startsWith(IGNORED));
    } else if (JavaTrace.isFrame(message) || NodeTrace.isFrame(message)) {
      // The line above it is the beginning.
      first = speaker.beforeEntry;
      trace =
          NodeTrace.isFrame(message) ? NodeTrace.of(speaker.before) : JavaTrace.of(speaker.before);
      if (trace != null) {
        trace.take(message);
      }
    } else if (message.startsWith(JavaTrace.HEAD)) {
      trace = JavaTrace.of(message);
    } else {
      trace = RustTrace.of(message);
      trace = trace == null ? GoTrace.of(message) : trace;
    }
    if (trace != null && first >= 0) {
      speaker.trace = trace;
      speaker.first = first;
      speaker.last = i;
      speaker.lines = 0;
    }
  }

  private void end(Speaker speaker) {
    Trace trace = speaker.trace;
    if (trace != null && trace.isProven()) {
      Boot boot = Boots.at(boots, speaker.first);
      List<Integer> lines =
          speaker.first == speaker.last
              ? List.of(speaker.first)
              : List.of(speaker.first, speaker.last);
      facts.add(
          new Fact(
              Kind.STACK_TRACE,
              boot == null ? 0 : boot.index(),
              entries.line(speaker.first),
              lines,
              trace.fields(speaker.program)));
    }
    speaker.trace = null;
  }
}
