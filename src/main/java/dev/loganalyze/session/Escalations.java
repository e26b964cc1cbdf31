package dev.loganalyze.session;

import com.google.re2j.Pattern;
import dev.loganalyze.session.Session.Escalation;
import java.util.ArrayList;
import java.util.List;

/** Tries to become root, and whether they came through. */
final class Escalations {
  /** Of {@code su} those that name nobody or root: {@code su - mira} is the way down. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "^(?:sudo (?:-i|-s|bash|sh\\b)|doas -s"
              + "|(?:sudo )?su(?:\\s+(?:-l?|--login))?(?:\\s+root\\b.*|\\s+(?:-c|--command)\\b.*|\\s*[;&|].*)?$)");

  private Escalations() {}

  static List<Escalation> of(List<Exchange> exchanges) {
    List<Escalation> escalations = new ArrayList<>();
    for (int e = 0; e < exchanges.size(); e++) {
      Exchange exchange = exchanges.get(e);
      if (COMMAND.matcher(exchange.command()).find()) {
        escalations.add(
            new Escalation(exchange.command(), exchange.firstLine(), isRoot(exchanges, e + 1)));
      }
    }
    return List.copyOf(escalations);
  }

  /** What the next prompts and answers to {@code id -u} show, up to the next try. */
  private static boolean isRoot(List<Exchange> exchanges, int from) {
    for (int e = from; e < exchanges.size(); e++) {
      Exchange exchange = exchanges.get(e);
      if (Names.isRoot(exchange.prompt())
          || (exchange.command().equals("id -u") && exchange.answer().equals(List.of("0")))) {
        return true;
      }
      if (COMMAND.matcher(exchange.command()).find()) {
        return false;
      }
    }
    return false;
  }
}
