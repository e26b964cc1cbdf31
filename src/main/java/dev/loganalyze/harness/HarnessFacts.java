package dev.loganalyze.harness;

import dev.loganalyze.harness.Await.Outcome;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Timespan;
import dev.loganalyze.session.Exchange;
import dev.loganalyze.session.Fact;
import dev.loganalyze.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a harness log says, held against what the console shows. */
public final class HarnessFacts {
  /** So many bytes of a line are looked at. */
  private static final int MAX_LINE = 2000;

  private final HarnessLog log;
  private final Entries console;
  private final List<Exchange> exchanges = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();

  private HarnessFacts(HarnessLog log, Entries console, List<Session> sessions) {
    this.log = log;
    this.console = console;
    sessions.forEach(session -> exchanges.addAll(session.exchanges()));
  }

  /**
   * The waits that brought nothing, and the answers that were taken for others; by entries of the
   * harness log.
   *
   * @param console what the machine printed
   * @param sessions the conversations in it
   */
  public static List<Fact> of(HarnessLog log, Entries console, List<Session> sessions) {
    HarnessFacts facts = new HarnessFacts(log, console, sessions);
    List<Await> awaits = log.awaits();
    for (int a = 0; a < awaits.size(); a++) {
      Await await = awaits.get(a);
      boolean gaveUp = await.outcome() == Outcome.TIMED_OUT || await.outcome() == Outcome.EOF;
      if (gaveUp || (await.outcome() == Outcome.OPEN && a == awaits.size() - 1)) {
        facts.await(await);
      }
    }
    log.replies().forEach(facts::reply);
    return List.copyOf(facts.facts);
  }

  private void await(Await await) {
    byte[] seen =
        await.seen().isEmpty() ? console.raw() : await.seen().getBytes(StandardCharsets.UTF_8);
    Shown shown = Shown.of(await.patterns(), seen);
    String all =
        await.patterns().isEmpty()
            ? await.what()
            : "`" + String.join("`, `", await.patterns()) + "`";
    add(
        Fact.Kind.AWAIT,
        await.entry() == await.lastEntry()
            ? List.of(await.entry())
            : List.of(await.entry(), await.lastEntry()),
        Map.of(
            "subject",
            shown.pattern().isEmpty() ? all : shown.pattern(),
            "all",
            all.isEmpty() ? "what it does not name" : all,
            "what",
            unseen(shown),
            "outcome",
            await.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "took",
            await.tookMicros() < 0 ? "" : Timespan.format(await.tookMicros()),
            "limit",
            await.limitSeconds() < 0 ? "" : Timespan.format(Math.round(await.limitSeconds() * 1e6)),
            "why",
            shown.why().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "shown",
            shown.text().isEmpty() ? "nothing" : shown.text(),
            "broken",
            shown.broken()));
  }

  /** A reply is looked for behind what was done before; else among all answers to the command. */
  private void reply(Reply reply) {
    int from = 0;
    for (int e = 0; e < exchanges.size(); e++) {
      if (!reply.after().isEmpty() && exchanges.get(e).command().strip().equals(reply.after())) {
        from = e + 1;
      }
    }
    Exchange asked = null;
    for (int e = exchanges.size() - 1; e >= from; e--) {
      if (exchanges.get(e).command().strip().equals(reply.command())) {
        asked = exchanges.get(e);
      }
    }
    if (asked == null || asked.output().isEmpty()) {
      return;
    }
    String answer = String.join(" ", asked.answer()).strip();
    if (answer.equals(reply.returned().strip())) {
      return;
    }
    Entry line = console.get(asked.output().get(0).entry());
    add(
        Fact.Kind.REPLY,
        List.of(reply.entry()),
        Map.of(
            "subject",
            reply.command(),
            "after",
            reply.after(),
            "returned",
            reply.returned(),
            "answer",
            answer,
            "what",
            misread(reply, answer, line),
            "broken",
            Shown.sequences(rawLine(line))));
  }

  /** What kept a pattern from seeing what is there. */
  private static String unseen(Shown shown) {
    String what = "`" + shown.pattern() + "` does not match '" + shown.text() + "'";
    return shown.why() == Shown.Why.SPLICED
        ? what + ", which the kernel broke with '" + shown.broken() + "'"
        : what + " for the " + shown.broken() + " in it";
  }

  private String misread(Reply reply, String answer, Entry line) {
    String sequences = Shown.sequences(rawLine(line));
    return "'"
        + reply.returned()
        + "' is no answer to `"
        + reply.command()
        + "`"
        + (reply.after().isEmpty() ? "" : " after `" + reply.after() + "`")
        + "; line "
        + line.line()
        + " of the console says '"
        + answer
        + "'"
        + (sequences.isEmpty() ? "" : " behind " + sequences);
  }

  /** The whole line of the console that {@code entry} lies in, with all that it carries. */
  private String rawLine(Entry entry) {
    byte[] raw = console.raw();
    int from = entry.rawStart();
    int to = entry.rawStart();
    while (from > 0 && raw[from - 1] != '\n') {
      from--;
    }
    while (to < raw.length && raw[to] != '\n') {
      to++;
    }
    return new String(raw, from, Math.min(to - from, MAX_LINE), StandardCharsets.UTF_8);
  }

  private void add(Fact.Kind kind, List<Integer> entries, Map<String, String> fields) {
    facts.add(new Fact(kind, 0, log.words().line(entries.get(0)), entries, fields));
  }
}
