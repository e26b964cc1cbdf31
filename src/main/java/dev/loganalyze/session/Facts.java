package dev.loganalyze.session;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.session.Exchange.Said;
import dev.loganalyze.session.Fact.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads answers by what the command was. */
public final class Facts {
  private static final Pattern SYSTEMCTL = Pattern.compile("\\bsystemctl\\b");

  /**
   * {@code systemctl --no-pager is-active getty@tty1.service 2>/dev/null}: the unit asked about.
   */
  private static final Pattern ASKS_STATE =
      Pattern.compile("\\bsystemctl (?:-\\S+ )*is-(?:active|failed) (?:-\\S+ )*([\\w@.:\\\\-]+)");

  /** {@code ● x.service - What it is}: systemd's {@code systemctl-show.c, print_status_info()}. */
  private static final Pattern STATUS_HEAD =
      Pattern.compile("^[●*○×↻] ([\\w@.:\\\\-]+\\.[a-z]+)(?: - .*)?$");

  /** {@code Active: failed (Result: exit-code) since …}. */
  private static final Pattern ACTIVE =
      Pattern.compile("^\\s*Active: ([a-z-]+)(?: \\(Result: ([a-z-]+)\\))?");

  /** {@code ● x.service loaded failed failed What it is}: {@code systemctl-list-units.c}. */
  private static final Pattern ROW =
      Pattern.compile(
          "^(?:[●*] )?\\s*([\\w@.:\\\\-]+\\.[a-z]+)\\s+[a-z-]+\\s+"
              + "(active|reloading|inactive|failed|activating|deactivating|maintenance)\\s+[a-z-]+");

  private static final Pattern STATE =
      Pattern.compile("^(active|reloading|inactive|failed|activating|deactivating)$");

  private final Session session;
  private final List<Fact> facts = new ArrayList<>();

  /** Index of the try to become root that comes next. */
  private int next;

  private Facts(Session session) {
    this.session = session;
  }

  /** What all answers say, in the order of {@code sessions}. */
  public static List<Fact> of(List<Session> sessions) {
    List<Fact> all = new ArrayList<>();
    for (Session session : sessions) {
      Facts facts = new Facts(session);
      session.exchanges().forEach(facts::read);
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
      Map<String, String> fields = Map.of("command", escalation.command(), "reached", reached);
      add(Kind.ESCALATION, exchange.firstEntry(), exchange.lastEntry(), fields);
    }
    if (SYSTEMCTL.matcher(exchange.command()).find()) {
      units(exchange);
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
        exchange.firstEntry(),
        exchange.lastEntry(),
        Map.of(
            "command",
            exchange.command().replace('\n', ' '),
            "status",
            Integer.toString(exchange.exitStatus()),
            "answer",
            answer));
  }

  private void units(Exchange exchange) {
    Matcher asks = ASKS_STATE.matcher(exchange.command());
    String asked = asks.find() ? asks.group(1) : "";
    String head = "";
    for (Said said : exchange.output()) {
      Matcher first = STATUS_HEAD.matcher(said.text());
      Matcher active = ACTIVE.matcher(said.text());
      Matcher row = ROW.matcher(said.text());
      if (said.spliced()) {
        continue;
      }
      if (first.find()) {
        head = first.group(1);
      } else if (active.find() && !head.isEmpty()) {
        unit(said, head, active.group(1), active.group(2));
        head = "";
      } else if (row.find()) {
        unit(said, row.group(1), row.group(2), null);
      } else if (!asked.isEmpty() && STATE.matcher(said.text().strip()).find()) {
        unit(said, asked.contains(".") ? asked : asked + ".service", said.text().strip(), null);
      }
    }
  }

  private void unit(Said said, String unit, String state, String result) {
    Map<String, String> fields =
        Map.of("unit", unit, "state", state, "result", result == null ? "" : result);
    add(Kind.UNIT, said.entry(), said.entry(), fields);
  }

  private void add(Kind kind, int first, int last, Map<String, String> fields) {
    facts.add(new Fact(kind, session.boot(), first, last, fields));
  }
}
