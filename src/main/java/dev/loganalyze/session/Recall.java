package dev.loganalyze.session;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.session.Exchange.Said;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A log that somebody printed in a session: what {@code journalctl} or {@code dmesg} answered. It
 * tells of what happened before, and in which form is for its lines to say.
 *
 * @param boot 1-based index of the boot in whose session it was printed
 * @param past whether an earlier boot was asked for ({@code journalctl -b -1})
 * @param lines in the order in which things happened; blank ones too
 */
public record Recall(int boot, boolean past, List<Said> lines) {
  private static final Set<String> PRINTERS = Set.of("journalctl", "dmesg");

  /** Options of journalctl that make it print something else. */
  private static final Set<String> OTHERS =
      Set.of(
          "--list-boots",
          "--disk-usage",
          "--header",
          "--verify",
          "--fields",
          "-N",
          "--version",
          "--help",
          "-h",
          "--rotate",
          "--flush",
          "--sync",
          "--list-catalog",
          "--field",
          "-F",
          "--setup-keys",
          "--update-catalog");

  private static final Set<String> FILES =
      Set.of("/var/log/syslog", "/var/log/messages", "/var/log/kern.log", "/var/log/dmesg");

  private static final Set<String> READERS = Set.of("cat", "head", "tail", "less", "more", "grep");

  /** So many printed logs are read; the lines of further ones are lines like any other. */
  private static final int MAX_LOGS = 500;

  /** The logs that were printed in {@code sessions}, in order. */
  public static List<Recall> of(Entries entries, List<Session> sessions) {
    List<Recall> recalls = new ArrayList<>();
    for (Session session : sessions) {
      for (Exchange exchange : session.exchanges()) {
        if (recalls.size() < MAX_LOGS && isLog(exchange)) {
          recalls.add(of(entries, session.boot(), exchange));
        }
      }
    }
    return List.copyOf(recalls);
  }

  /** The indices of the entries that are lines of such logs, and so not of when they were said. */
  public static BitSet entries(List<Session> sessions) {
    BitSet recalled = new BitSet();
    int logs = 0;
    for (Session session : sessions) {
      for (Exchange exchange : session.exchanges()) {
        if (logs < MAX_LOGS && isLog(exchange)) {
          logs++;
          exchange.output().forEach(said -> recalled.set(said.entry()));
        }
      }
    }
    return recalled;
  }

  private static Recall of(Entries entries, int boot, Exchange exchange) {
    List<Said> lines = new ArrayList<>();
    int before = -1;
    for (Said said : exchange.output()) {
      if (before >= 0 && said.entry() > before + 1 && entries.shape(before + 1) == Shape.BLANK) {
        lines.add(new Said(before + 1, entries.line(before + 1), "", false));
      }
      lines.add(said);
      before = said.entry();
    }
    boolean past = false;
    for (Command command : Command.of(exchange.command())) {
      boolean journal = command.program().equals("journalctl");
      past |= journal && isPast(command);
      if (journal && (command.has("--reverse") || command.hasLetter('r'))) {
        Collections.reverse(lines);
      }
    }
    return new Recall(boot, past, List.copyOf(lines));
  }

  /** Whether the answer is a log and nothing else. */
  private static boolean isLog(Exchange exchange) {
    boolean prints = false;
    boolean other = exchange.output().isEmpty() || !mayPrint(exchange.command());
    for (Command command : other ? List.<Command>of() : Command.of(exchange.command())) {
      boolean log = isLog(command);
      prints |= log;
      other |= !log && !Outputs.isQuiet(command);
    }
    return prints && !other;
  }

  private static boolean mayPrint(String command) {
    return command.contains("journalctl")
        || command.contains("dmesg")
        || command.contains("/var/log/");
  }

  private static boolean isLog(Command command) {
    if (PRINTERS.contains(command.program())) {
      // What follows a log prints lines when they are said.
      boolean follows =
          command.hasLetter(command.program().equals("dmesg") ? 'w' : 'f')
              || command.has("--follow", "--follow-new");
      return !command.silent()
          && !follows
          && command.arguments().stream().noneMatch(a -> OTHERS.contains(option(a)));
    }
    return READERS.contains(command.program())
        && !command.silent()
        && command.arguments().stream().anyMatch(FILES::contains);
  }

  private static String option(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }

  private static boolean isPast(Command command) {
    List<String> arguments = command.arguments();
    for (int a = 0; a < arguments.size(); a++) {
      String argument = arguments.get(a);
      String next = a + 1 < arguments.size() ? arguments.get(a + 1) : "";
      boolean separate = argument.equals("-b") || argument.equals("--boot");
      if (argument.startsWith("-b-")
          || argument.startsWith("--boot=-")
          || (separate && next.length() > 1 && next.charAt(0) == '-' && isDigit(next.charAt(1)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
