package dev.loganalyze.session;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.session.Session.Place;
import dev.loganalyze.terminal.Mark;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the conversations in a log. */
public final class Sessions {
  private final Entries entries;
  private final Boot boot;
  private final List<Session> sessions = new ArrayList<>();

  /** Prompts of the session that is being read. */
  private final List<Integer> prompts = new ArrayList<>();

  private Place place;
  private String user = "";

  private Sessions(Entries entries, Boot boot) {
    this.entries = entries;
    this.boot = boot;
  }

  /**
   * The sessions of all boots, in order. They do not overlap; a journal has none.
   *
   * @param boots the boots of {@code entries}
   */
  public static List<Session> of(Entries entries, List<Boot> boots) {
    List<Session> sessions = new ArrayList<>();
    if (!entries.isJournal()) {
      for (Boot boot : boots) {
        sessions.addAll(new Sessions(entries, boot).read());
      }
    }
    return List.copyOf(sessions);
  }

  private List<Session> read() {
    for (int i = boot.firstEntry(); i <= boot.lastEntry(); i++) {
      Shape shape = entries.shape(i);
      switch (shape) {
        case LOADER_PROMPT -> prompt(i, Place.LOADER);
        case INITRD_PROMPT -> prompt(i, Place.INITRAMFS);
        case SHELL_PROMPT -> prompt(i, Place.SHELL);
        case LOGIN_PROMPT, SESSION_OPENED -> {
          close(i - 1);
          user = Names.loggedIn(entries.get(i));
        }
        case KERNEL_BANNER -> {
          if (place == Place.LOADER) {
            close(i - 1);
          }
        }
        default -> {
          // Belongs to whatever goes on.
        }
      }
    }
    close(end());
    return sessions;
  }

  /** The shutdown is no answer; but what looks like one may be, when more is typed after it. */
  private int end() {
    int asked = 0;
    for (int prompt : prompts) {
      asked = Turn.typed(entries.get(prompt)).isEmpty() ? asked : prompt;
    }
    Phase last = boot.phases().get(boot.phases().size() - 1);
    int end = boot.lastEntry();
    if (last.kind() == Phase.Kind.SHUTDOWN && last.firstLine() > entries.line(asked)) {
      while (end > asked && entries.line(end) >= last.firstLine()) {
        end--;
      }
      int cut = end;
      prompts.removeIf(prompt -> prompt > cut);
    }
    return end;
  }

  private void prompt(int i, Place where) {
    if (place != null && place != where) {
      close(i - 1);
    }
    place = where;
    prompts.add(i);
  }

  private void close(int last) {
    if (!prompts.isEmpty()) {
      sessions.add(session(last));
    }
    prompts.clear();
    place = null;
  }

  private Session session(int last) {
    Set<String> typed = new HashSet<>();
    for (int prompt : prompts) {
      typed.add(Turn.typed(entries.get(prompt)));
    }
    typed.remove("");
    List<Turn> turns = new ArrayList<>();
    for (int p = 0; p < prompts.size(); p++) {
      boolean isLast = p + 1 == prompts.size();
      int to = isLast ? last : prompts.get(p + 1) - 1;
      turns.add(Turn.of(entries, prompts.get(p), to, isLast, typed));
    }
    Conversation conversation = new Conversation(entries, turns, typed);
    List<Exchange> exchanges = conversation.exchanges();
    int first = prompts.get(0);
    String sign = entries.get(first).message();
    String who = user.isEmpty() ? Names.user(sign) : user;
    return new Session(
        boot.index(),
        place,
        who,
        Names.host(sign),
        Names.isRoot(turns.get(0).sign()) || who.equals("root"),
        first,
        last,
        entries.line(first),
        entries.line(last),
        exchanges,
        Escalations.of(exchanges),
        decorated(),
        conversation.neverRun(exchanges));
  }

  private int decorated() {
    for (int prompt : prompts) {
      Entry entry = entries.get(prompt);
      if (entry.has(Mark.COLOUR) || entry.has(Mark.TITLE) || entry.has(Mark.PASTE_ON)) {
        return prompt;
      }
    }
    return -1;
  }
}
