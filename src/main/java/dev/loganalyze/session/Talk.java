package dev.loganalyze.session;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Observation;
import dev.loganalyze.boot.Observation.Kind;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    for (Boot boot : boots) {
      Boot seen = boot;
      boolean decorated = false;
      for (Session session : sessions) {
        if (session.boot() == boot.index() && session.place() == Session.Place.SHELL) {
          if (session.decorated() >= 0 && !decorated) {
            seen = seen.with(decorated(entries.get(session.decorated())));
            decorated = true;
          }
          seen = gaveUp(seen, session.exchanges());
        }
      }
      observed.add(seen);
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

  private static Boot gaveUp(Boot boot, List<Exchange> exchanges) {
    Boot seen = boot;
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
        seen = seen.with(repeated(exchanges.get(first), exchange, times));
      }
    }
    return seen;
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
