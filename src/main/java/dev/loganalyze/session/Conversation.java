package dev.loganalyze.session;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.session.Exchange.Said;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes exchanges of the turns of one session. */
final class Conversation {
  /** Programs whose answers hold lines of the kernel and of units. */
  private static final Pattern PRINTS_LOGS =
      Pattern.compile(
          "\\b(?:journalctl|dmesg|systemctl|networkctl|loginctl|cat|tail|head|less|more|grep)\\b");

  /** The frame of a harness, as in {@code __EXIT__=1} or {@code rc=0}. */
  private static final Pattern STATUS =
      Pattern.compile("(?i)^_*(?:exit(?:_?(?:code|status))?|rc|status|ret)_*[=:](\\d{1,3})_*$");

  private static final Pattern NUMBER = Pattern.compile("^\\d{1,3}$");

  private static final int MAX_STATUS = 255;

  /** A line that is longer is put together no further. */
  private static final int MAX_TORN = 4096;

  /** Typed lines shorter than this lose no character that would be noticed. */
  private static final int MIN_TYPED = 4;

  private final Entries entries;
  private final List<Turn> turns;
  private final Set<String> typed;

  /** Lines of commands that some shell took. */
  private final Set<String> taken = new HashSet<>();

  Conversation(Entries entries, List<Turn> turns, Set<String> typed) {
    this.entries = entries;
    this.turns = turns;
    this.typed = typed;
    turns.forEach(turn -> taken.add(turn.command()));
  }

  List<Exchange> exchanges() {
    List<Exchange> exchanges = new ArrayList<>();
    for (int t = 0; t < turns.size(); t++) {
      Turn turn = turns.get(t);
      int begin = t;
      StringBuilder command = new StringBuilder(turn.command());
      while (t + 1 < turns.size() && turns.get(t + 1).isFurther()) {
        command.append('\n').append(turns.get(++t).command());
      }
      Exchange exchange = exchange(turns.get(begin), turns.get(t), command.toString());
      if (exchange.command().isEmpty() && exchange.answer().isEmpty()) {
        continue;
      }
      add(exchanges, exchange);
    }
    return List.copyOf(exchanges);
  }

  private static void add(List<Exchange> exchanges, Exchange exchange) {
    int before = exchanges.size() - 1;
    Exchange last = before < 0 ? null : exchanges.get(before);
    if (last != null
        && last.command().equals(exchange.command())
        && last.answer().equals(exchange.answer())) {
      exchanges.set(before, last.again(exchange));
      return;
    }
    int status = last == null ? Exchange.UNKNOWN : askedStatus(exchange);
    if (status != Exchange.UNKNOWN) {
      exchanges.set(before, last.exited(status));
    }
    exchanges.add(exchange);
  }

  private static int askedStatus(Exchange exchange) {
    List<String> answer = exchange.answer();
    boolean asks = exchange.command().equals("echo $?") && answer.size() == 1;
    return asks && NUMBER.matcher(answer.get(0)).find() ? status(answer.get(0)) : Exchange.UNKNOWN;
  }

  private Exchange exchange(Turn first, Turn turn, String command) {
    List<Said> output = new ArrayList<>();
    int echoes = Math.max(0, turn.answer() - turn.prompt() - 1);
    boolean logs = PRINTS_LOGS.matcher(command).find();
    int torn = -1;
    for (int i = turn.answer(); i <= turn.last(); i++) {
      Entry entry = entries.get(i);
      if (entry.shape() == Shape.BLANK || entry.repeated()) {
        continue;
      }
      String text = entry.interrupted() ? entry.text() : entry.text().stripTrailing();
      boolean other =
          entry.origin() == Origin.KERNEL
              || entry.origin() == Origin.MANAGER
              || entry.origin() == Origin.SERVICE;
      if (entry.origin() == Origin.CONSOLE && isEcho(text.strip())) {
        echoes++;
      } else if (torn >= 0 && !other) {
        Said begun = output.get(torn);
        output.set(torn, new Said(begun.entry(), begun.line(), begun.text() + text, false));
        torn = entry.interrupted() && begun.text().length() < MAX_TORN ? torn : -1;
      } else {
        torn = !other && entry.interrupted() ? output.size() : torn;
        output.add(new Said(i, entry.line(), text, other && !logs));
      }
    }
    Entry prompt = entries.get(first.prompt());
    return new Exchange(
        command,
        first.sign(),
        first.prompt(),
        turn.last(),
        prompt.line(),
        entries.line(turn.last()),
        List.copyOf(output),
        framedStatus(command, output),
        duration(turn),
        asked(turn),
        duration(turn),
        1,
        echoes,
        lost(first.typed(), command));
  }

  private boolean isEcho(String text) {
    return typed.contains(text) || taken.contains(text);
  }

  private static int framedStatus(String command, List<Said> output) {
    for (int o = output.size() - 1; o >= 0 && command.contains("$?"); o--) {
      int status = framed(output.get(o).text());
      if (status != Exchange.UNKNOWN) {
        return status;
      }
    }
    return Exchange.UNKNOWN;
  }

  /** The exit status that {@code line} frames, as in {@code __EXIT__=1}, or unknown. */
  static int framed(String line) {
    Matcher frame = STATUS.matcher(line);
    return frame.find() ? status(frame.group(1)) : Exchange.UNKNOWN;
  }

  private static int status(String digits) {
    int status = Integer.parseInt(digits);
    return status <= MAX_STATUS ? status : Exchange.UNKNOWN;
  }

  /** When the command's line arrived. */
  private long asked(Turn turn) {
    return entries.arrival(Math.max(turn.prompt(), turn.answer() - 1));
  }

  /** From the arrival of the command's line to that of the next prompt. */
  private long duration(Turn turn) {
    int next = turn.last() + 1;
    long from = asked(turn);
    long to = next < entries.size() ? entries.get(next).arrival() : Entry.NO_TIME;
    return from == Entry.NO_TIME || to < from ? Exchange.UNKNOWN : to - from;
  }

  /** How many characters of {@code sent} are not in {@code command}, which has no others. */
  private static int lost(String sent, String command) {
    int missing = sent.length() - command.length();
    if (command.length() < MIN_TYPED || missing <= 0 || missing > sent.length() / 4) {
      return 0;
    }
    int at = 0;
    for (int i = 0; i < sent.length() && at < command.length(); i++) {
      at += sent.charAt(i) == command.charAt(at) ? 1 : 0;
    }
    return at == command.length() ? missing : 0;
  }

  /** What stood at a prompt, and no shell took in the end. */
  List<String> neverRun(List<Exchange> exchanges) {
    Set<String> ran = new HashSet<>();
    exchanges.forEach(exchange -> Collections.addAll(ran, exchange.command().split("\n", -1)));
    Set<String> never = new LinkedHashSet<>();
    for (Turn turn : turns) {
      String sent = turn.typed().strip();
      if (!sent.isEmpty() && !ran.contains(sent) && lost(sent, turn.command()) == 0) {
        never.add(sent);
      }
    }
    return List.copyOf(never);
  }
}
