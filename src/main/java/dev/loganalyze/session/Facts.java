package dev.loganalyze.session;

import dev.loganalyze.session.Fact.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the answers in sessions say. */
public final class Facts {
  private final Session session;
  private final List<Fact> facts = new ArrayList<>();

  /** Index of the try to become root that comes next. */
  private int next;

  private Facts(Session session) {
    this.session = session;
  }

  /** What all answers say, each session's in the order of the log. */
  public static List<Fact> of(List<Session> sessions) {
    List<Fact> all = new ArrayList<>();
    for (Session session : sessions) {
      Facts facts = new Facts(session);
      List<List<Fact>> answers = new ArrayList<>();
      for (Exchange exchange : session.exchanges()) {
        answers.add(Outputs.read(exchange, session.boot()));
        facts.read(exchange);
      }
      answers.forEach(facts.facts::addAll);
      facts.facts.addAll(Deadlocks.in(answers));
      facts.facts.sort(Comparator.comparingInt(fact -> fact.entries().get(0)));
      all.addAll(facts.facts);
    }
    return List.copyOf(all);
  }

  private void read(Exchange exchange) {
    if (exchange.exitStatus() != Exchange.UNKNOWN) {
      status(exchange);
    }
    if (next < session.escalations().size()
        && session.escalations().get(next).line() == exchange.firstLine()) {
      Session.Escalation escalation = session.escalations().get(next++);
      String reached = escalation.reached() ? "yes" : "no";
      add(Kind.ESCALATION, exchange, Map.of("command", escalation.command(), "reached", reached));
    }
  }

  private void status(Exchange exchange) {
    String answer = "";
    for (String line : exchange.answer()) {
      boolean frame = Conversation.framed(line) != Exchange.UNKNOWN;
      answer = frame || line.isBlank() ? answer : line.strip();
    }
    add(
        Kind.COMMAND,
        exchange,
        Map.of(
            "command",
            exchange.command().replace('\n', ' '),
            "status",
            Integer.toString(exchange.exitStatus()),
            "answer",
            answer));
  }

  private void add(Kind kind, Exchange exchange, Map<String, String> fields) {
    List<Integer> entries =
        List.copyOf(new TreeSet<>(Arrays.asList(exchange.firstEntry(), exchange.lastEntry())));
    facts.add(new Fact(kind, session.boot(), exchange.firstLine(), entries, fields));
  }
}
