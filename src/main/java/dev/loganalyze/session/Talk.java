package dev.loganalyze.session;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Observation.Kind;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What sessions show about their boot as a whole. */
public final class Talk {
  /** A command asked this often in a row, with one and the same answer, is a probe that gave up. */
  private static final int PROBE = 5;

  /** An answer longer than this is no yes or no; no line more is shown. */
  private static final int MAX_ANSWER = 2000;

  private Talk() {}

  /** {@code boots}, each with what its sessions show. */
  public static List<Boot> observed(Entries entries, List<Boot> boots, List<Session> sessions) {
    List<Boot> observed = new ArrayList<>();
    int next = 0;
    for (Boot boot : boots) {
      List<Observation> shown = new ArrayList<>();
      boolean decorated = false;
      while (next < sessions.size() && sessions.get(next).boot() == boot.index()) {
        Session session = sessions.get(next++);
        if (session.place() == Session.Place.SHELL) {
          if (session.decorated() >= 0 && !decorated) {
            shown.add(decorated(entries.get(session.decorated())));
            decorated = true;
          }
          gaveUp(session.exchanges(), shown);
          neverRun(entries, session, shown);
          shortened(entries, session, shown);
          spliced(session.exchanges(), shown);
        }
      }
      observed.add(boot.with(shown));
    }
    return List.copyOf(observed);
  }

  private static Observation decorated(Entry entry) {
    String text = entry.message();
    String sign = text.substring(0, text.length() - entry.unit().length()).strip();
    int i = entry.index();
    return new Observation(
        Kind.DECORATED_PROMPT, i, i, Map.of("prompt", sign.isEmpty() ? text.strip() : sign));
  }

  private static void neverRun(Entries entries, Session session, List<Observation> shown) {
    Set<String> never = new LinkedHashSet<>(session.neverRun());
    for (int i = session.firstEntry(); i <= session.lastEntry() && !never.isEmpty(); i++) {
      String typed =
          entries.shape(i) == Shape.SHELL_PROMPT ? Turn.typed(entries.get(i)).strip() : "";
      if (!typed.isEmpty() && never.remove(typed)) {
        shown.add(new Observation(Kind.COMMAND_NEVER_RUN, i, i, Map.of("command", typed)));
      }
    }
  }

  private static void shortened(Entries entries, Session session, List<Observation> shown) {
    for (Exchange exchange : session.exchanges()) {
      if (exchange.lost() > 0) {
        int i = exchange.firstEntry();
        shown.add(
            new Observation(
                Kind.COMMAND_SHORTENED,
                i,
                i,
                Map.of(
                    "sent",
                    Turn.typed(entries.get(i)).strip(),
                    "command",
                    exchange.command(),
                    "lost",
                    Integer.toString(exchange.lost()))));
      }
    }
  }

  /** What others print where there is an answer makes the answer hard to tell from it. */
  private static void spliced(List<Exchange> exchanges, List<Observation> shown) {
    Exchange first = null;
    int times = 0;
    int lines = 0;
    for (Exchange exchange : exchanges) {
      long others = exchange.output().stream().filter(Exchange.Said::spliced).count();
      if (others > 0 && others < exchange.output().size()) {
        first = first == null ? exchange : first;
        times++;
        lines += (int) others;
      }
    }
    if (first != null) {
      List<Exchange.Said> output = first.output();
      int line = output.stream().filter(Exchange.Said::spliced).findFirst().orElseThrow().entry();
      shown.add(
          new Observation(
              Kind.OUTPUT_SPLICED,
              line,
              line,
              Map.of(
                  "command",
                  first.command().replace('\n', ' '),
                  "times",
                  Integer.toString(times),
                  "lines",
                  Integer.toString(lines))));
    }
  }

  private static void gaveUp(List<Exchange> exchanges, List<Observation> shown) {
    int first = 0;
    int times = 0;
    for (int e = 0; e < exchanges.size(); e++) {
      Exchange exchange = exchanges.get(e);
      if (!exchanges.get(first).command().equals(exchange.command())) {
        first = e;
        times = 0;
      }
      times += exchange.asked();
      boolean goesOn =
          e + 1 < exchanges.size() && exchanges.get(e + 1).command().equals(exchange.command());
      if (!goesOn && exchange.asked() >= PROBE) {
        shown.add(repeated(exchanges.get(first), exchange, times));
      }
    }
  }

  private static Observation repeated(Exchange first, Exchange last, int times) {
    StringBuilder shown = new StringBuilder();
    for (String line : last.answer()) {
      if (shown.length() < MAX_ANSWER) {
        shown.append(shown.length() == 0 ? "" : " ").append(line.strip());
      }
    }
    return new Observation(
        Kind.COMMAND_REPEATED,
        first.firstEntry(),
        last.lastEntry(),
        Map.of(
            "command",
            first.command(),
            "times",
            Integer.toString(times),
            "answer",
            shown.length() == 0 ? "nothing" : shown.toString()));
  }
}
