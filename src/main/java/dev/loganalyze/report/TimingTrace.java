package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Certainty;
import dev.loganalyze.boot.Milestone;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Instant;
import dev.loganalyze.timing.Span;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Step;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Chrome trace events (Trace Event Format, the JSON object form): a process a boot, microseconds
 * from the first moment that is known. The events of a thread never overlap unless one holds the
 * other, as readers of the format ask; so what goes on at once lies in several lanes. Arrows follow
 * the critical chain.
 */
final class TimingTrace implements Report {
  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonText.generator(out)) {
      json.writeStartObject();
      json.writeStringField("displayTimeUnit", "ms");
      json.writeArrayFieldStart("traceEvents");
      int process = 0;
      for (Run run : runs) {
        for (int i = 0; i < run.timings().size(); i++) {
          process++;
          Timing timing = run.timings().get(i);
          new BootTrace(json, process, timing).write(run.name(), run.boots().get(i));
        }
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /** A stretch of time with a name. */
  private record Slice(
      String category, String name, long from, long to, Certainty certainty, int line) {}

  /** A thread, and until when it is taken. */
  private record Lane(int thread, long end) {}

  /** One boot. */
  private static final class BootTrace {
    private final JsonGenerator json;
    private final int process;
    private final Timing timing;
    private final List<Slice> figures = new ArrayList<>();
    private final List<Slice> stalls = new ArrayList<>();
    private final List<List<Slice>> spans = new ArrayList<>();
    private final List<Slice> units = new ArrayList<>();
    private final Map<String, Integer> threadOf = new HashMap<>();
    private long zero = Long.MAX_VALUE;
    private int threads;

    BootTrace(JsonGenerator json, int process, Timing timing) {
      this.json = json;
      this.process = process;
      this.timing = timing;
      for (Figure f : timing.figures()) {
        add(figures, "phase", f.name(), f.start(), f.end(), f.firstLine());
      }
      for (Stall s : timing.stalls()) {
        add(stalls, s.kind().word(), s.waitingFor(), s.start(), s.end(), s.firstLine());
      }
      for (Span.Kind kind : Span.Kind.values()) {
        List<Slice> some = new ArrayList<>();
        timing.spans().stream()
            .filter(s -> s.kind() == kind)
            .forEach(s -> add(some, kind.word(), s.name(), s.start(), s.end(), s.firstLine()));
        spans.add(some);
      }
      for (UnitTime u : timing.units()) {
        Instant start = u.started().isKnown() ? u.started() : u.finished();
        add(units, u.result().word(), u.name(), start, u.finished(), u.lastLine());
      }
    }

    private void add(
        List<Slice> to, String category, String name, Instant start, Instant end, int line) {
      if (start.isKnown() && end.isKnown()) {
        long from = start.micros();
        zero = Math.min(zero, from);
        to.add(
            new Slice(category, name, from, Math.max(from, end.micros()), end.certainty(), line));
      }
    }

    void write(String run, Boot boot) throws IOException {
      name("process_name", 0, run + " boot " + timing.boot());
      lanes("phases", figures);
      milestones(boot);
      lanes("stalls", stalls);
      for (int i = 0; i < spans.size(); i++) {
        lanes(Span.Kind.values()[i].word(), spans.get(i));
      }
      lanes("units", units);
      chain();
    }

    /** Writes {@code slices} in as few threads as hold them without overlap. */
    private void lanes(String name, List<Slice> slices) throws IOException {
      List<Slice> sorted = new ArrayList<>(slices);
      sorted.sort(Comparator.comparingLong(Slice::from).thenComparingLong(s -> -s.to()));
      PriorityQueue<Lane> lanes =
          new PriorityQueue<>(Comparator.comparingLong(Lane::end).thenComparingInt(Lane::thread));
      int first = threads + 1;
      for (Slice slice : sorted) {
        int thread;
        if (!lanes.isEmpty() && lanes.peek().end() <= slice.from()) {
          thread = lanes.remove().thread();
        } else {
          thread = ++threads;
          String number = thread == first ? "" : " " + (thread - first + 1);
          name("thread_name", thread, name + number);
          sortIndex(thread);
        }
        lanes.add(new Lane(thread, Math.max(slice.to(), slice.from() + 1)));
        threadOf.putIfAbsent(slice.name(), thread);
        slice(thread, slice);
      }
    }

    private void slice(int thread, Slice slice) throws IOException {
      begin("X", slice.category(), slice.name(), thread, slice.from());
      json.writeNumberField("dur", slice.to() - slice.from());
      json.writeObjectFieldStart("args");
      json.writeStringField("certainty", slice.certainty().word());
      if (slice.line() > 0) {
        json.writeNumberField("line", slice.line());
      }
      json.writeEndObject();
      json.writeEndObject();
    }

    private void milestones(Boot boot) throws IOException {
      for (Milestone milestone : boot.milestones()) {
        if (milestone.micros() != Entry.NO_TIME && milestone.micros() >= zero && threads > 0) {
          begin("i", "milestone", milestone.name(), 1, milestone.micros());
          json.writeStringField("s", "p");
          json.writeEndObject();
        }
      }
    }

    /** An arrow from the end of each step of the critical chain to the start of the next. */
    private void chain() throws IOException {
      Map<String, Slice> byName = new HashMap<>();
      units.forEach(u -> byName.putIfAbsent(u.name(), u));
      Slice next = null;
      int arrow = 0;
      for (Step step : timing.chain()) {
        Slice slice = byName.get(step.name());
        if (slice != null && next != null && slice.to() <= next.from()) {
          arrow++;
          flow("s", arrow, slice, slice.to());
          flow("f", arrow, next, next.from());
        }
        next = slice == null ? next : slice;
      }
    }

    private void flow(String phase, int arrow, Slice slice, long at) throws IOException {
      begin(phase, "chain", "critical chain", threadOf.get(slice.name()), at);
      json.writeNumberField("id", process * 10_000L + arrow);
      if (phase.equals("f")) {
        json.writeStringField("bp", "e");
      }
      json.writeEndObject();
    }

    private void begin(String phase, String category, String name, int thread, long at)
        throws IOException {
      json.writeStartObject();
      json.writeStringField("name", Printable.text(name));
      json.writeStringField("cat", category);
      json.writeStringField("ph", phase);
      json.writeNumberField("ts", at - zero);
      json.writeNumberField("pid", process);
      json.writeNumberField("tid", thread);
    }

    private void name(String what, int thread, String name) throws IOException {
      meta(what, thread);
      json.writeStringField("name", Printable.text(name));
      json.writeEndObject();
      json.writeEndObject();
    }

    private void sortIndex(int thread) throws IOException {
      meta("thread_sort_index", thread);
      json.writeNumberField("sort_index", thread);
      json.writeEndObject();
      json.writeEndObject();
    }

    private void meta(String what, int thread) throws IOException {
      json.writeStartObject();
      json.writeStringField("name", what);
      json.writeStringField("ph", "M");
      json.writeNumberField("pid", process);
      json.writeNumberField("tid", thread);
      json.writeObjectFieldStart("args");
    }
  }
}
