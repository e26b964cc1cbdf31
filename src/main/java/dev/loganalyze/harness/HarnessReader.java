package dev.loganalyze.harness;

import dev.loganalyze.harness.Await.Outcome;
import dev.loganalyze.harness.HarnessFormat.Kind;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.transcript.Transcript;
import dev.loganalyze.transcript.TranscriptLines;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Goes once over the lines of a harness log. */
final class HarnessReader {
  /** More than a harness can wait for in a run. */
  private static final int MAX_AWAITS = 20_000;

  /** Microseconds that a harness takes to write a line down. */
  private static final long AT_ONCE = 20_000;

  private static final String MATCH_SEPARATOR = ", ";

  private final Entries words;
  private final List<HarnessFormat> formats;
  private final Map<String, TranscriptLines> consoles = new LinkedHashMap<>();
  private final List<Piece> pieces = new ArrayList<>();
  private long since;
  private long last;
  private final List<Await> awaits = new ArrayList<>();
  private final List<Reply> replies = new ArrayList<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  HarnessReader(Entries words, List<HarnessFormat> formats) {
    this.words = words;
    this.formats = formats;
  }

  HarnessLog read() {
    for (int i = 0; i < words.size(); i++) {
      String message = words.get(i).message().strip();
      for (HarnessFormat format : formats) {
        String line = message;
        if (format.prefix() != null && format.prefix().indexIn(message) == 0) {
          line = message.substring(message.indexOf(' ') + 1);
        }
        if (read(format, line, i)) {
          break;
        }
      }
    }
    if (!words.isEmpty() && words.arrival(0) > 0) {
      values.put("started", Instant.EPOCH.plus(words.arrival(0), ChronoUnit.MICROS).toString());
    }
    Map<String, Transcript> said = new LinkedHashMap<>();
    consoles.forEach((machine, lines) -> said.put(machine, lines.transcript("console", true)));
    return new HarnessLog(
        words,
        said,
        List.copyOf(pieces),
        List.copyOf(awaits),
        List.copyOf(replies),
        Map.copyOf(values));
  }

  /** Whether {@code format} knows the line. */
  private boolean read(HarnessFormat format, String line, int i) {
    for (var kind : format.lines().entrySet()) {
      Map<String, String> names = new HashMap<>();
      if (kind.getValue().bind(line, names)) {
        take(kind.getKey(), names, i);
        return true;
      }
    }
    boolean told = false;
    for (var value : format.values().entrySet()) {
      Map<String, String> names = new HashMap<>();
      if (value.getValue().bind(line, names)) {
        values.putIfAbsent(value.getKey(), names.getOrDefault("value", ""));
        told = true;
      }
    }
    return told;
  }

  private void take(Kind kind, Map<String, String> names, int i) {
    switch (kind) {
      case CONSOLE -> {
        String machine = names.getOrDefault("machine", "");
        String text = names.getOrDefault("text", "");
        consoles
            .computeIfAbsent(machine, m -> new TranscriptLines())
            .add(text, words.line(i), arrival(i));
        if (machine.equals(consoles.keySet().iterator().next())) {
          piece(text, arrival(i), false);
        }
      }
      case COMMAND -> piece(names.get("command"), arrival(i), true);
      case AWAIT -> await(names, i);
      case MATCHED -> end(Outcome.MATCHED, i);
      case FINISHED -> finish(names.getOrDefault("what", ""), i);
      case TIMED_OUT -> gaveUp(Outcome.TIMED_OUT, names.getOrDefault("what", ""), i);
      case ENDED -> gaveUp(Outcome.EOF, "", i);
      case SEEN -> quoted(PythonLiteral.of(names.get("seen")), null);
      case SEARCHED -> quoted(null, PythonLiteral.of(names.get("pattern")));
      case REPLY ->
          replies.add(
              new Reply(
                  names.get("command"),
                  names.getOrDefault("after", ""),
                  names.getOrDefault("returned", ""),
                  i));
    }
  }

  /** What is read at once may have waited as long as the first of it. */
  private void piece(String text, long at, boolean typed) {
    if (typed) {
      since = at;
    } else if (at - last > AT_ONCE) {
      since = last == 0 ? at : last;
    }
    last = at;
    if (!text.isEmpty() && at > 0) {
      pieces.add(new Piece(text.getBytes(StandardCharsets.UTF_8), at, since));
    }
  }

  private long arrival(int i) {
    long arrival = words.arrival(i);
    return arrival == Entry.NO_TIME ? 0 : arrival;
  }

  private void await(Map<String, String> names, int i) {
    if (awaits.size() < MAX_AWAITS) {
      String limit = names.getOrDefault("limit", "");
      List<String> patterns =
          names.containsKey("patterns")
              ? List.of(names.get("patterns").split(MATCH_SEPARATOR, -1))
              : List.of();
      awaits.add(
          new Await(
              names.getOrDefault("what", ""),
              patterns,
              limit.isEmpty() ? -1 : Double.parseDouble(limit),
              i,
              i,
              -1,
              Outcome.OPEN,
              ""));
    }
  }

  private void end(Outcome outcome, int i) {
    int last = awaits.size() - 1;
    if (last >= 0 && awaits.get(last).outcome() == Outcome.OPEN) {
      awaits.set(last, ended(awaits.get(last), outcome, i));
    }
  }

  /** Waits nest; the innermost of this name is over. */
  private void finish(String what, int i) {
    for (int a = awaits.size() - 1; a >= 0 && a >= awaits.size() - 50; a--) {
      Await await = awaits.get(a);
      if (await.outcome() == Outcome.OPEN && await.what().endsWith(what)) {
        awaits.set(a, ended(await, Outcome.MATCHED, i));
        return;
      }
    }
  }

  /** A harness says more than once that it gave up, and may not say before that it waits. */
  private void gaveUp(Outcome outcome, String what, int i) {
    int last = awaits.size() - 1;
    if (last >= 0 && awaits.get(last).outcome() == Outcome.OPEN) {
      end(outcome, i);
    } else if ((last < 0
            || awaits.get(last).outcome() != outcome
            || !awaits.get(last).seen().isEmpty())
        && awaits.size() < MAX_AWAITS) {
      awaits.add(new Await(what, List.of(), -1, i, i, -1, outcome, ""));
    }
  }

  private Await ended(Await await, Outcome outcome, int i) {
    long from = words.arrival(await.entry());
    long to = words.arrival(i);
    return new Await(
        await.what(),
        await.patterns(),
        await.limitSeconds(),
        await.entry(),
        i,
        from == Entry.NO_TIME || to == Entry.NO_TIME ? -1 : to - from,
        outcome,
        await.seen());
  }

  /** What is quoted of the wait that was given up last. */
  private void quoted(String seen, String pattern) {
    int last = awaits.size() - 1;
    if (last < 0 || awaits.get(last).outcome() == Outcome.MATCHED) {
      return;
    }
    Await await = awaits.get(last);
    List<String> patterns = new ArrayList<>(await.patterns());
    if (pattern != null && !patterns.contains(pattern) && patterns.size() < 100) {
      patterns.add(pattern);
    }
    awaits.set(
        last,
        new Await(
            await.what(),
            List.copyOf(patterns),
            await.limitSeconds(),
            await.entry(),
            await.lastEntry(),
            await.tookMicros(),
            await.outcome(),
            seen == null ? await.seen() : seen));
  }
}
