package dev.loganalyze.boot;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.PhaseParser.Stretch;
import dev.loganalyze.parse.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts one boot together from its entries. */
final class BootBuilder {
  private final Entries entries;
  private final int index;
  private final int first;
  private final int last;
  private final boolean isLast;

  BootBuilder(Entries entries, int index, int first, int last, boolean isLast) {
    this.entries = entries;
    this.index = index;
    this.first = first;
    this.last = last;
    this.isLast = isLast;
  }

  Boot build(List<Stretch> stretches, BootTokens tokens) {
    List<Phase> phases = phases(stretches, tokens);
    Reached reached = reached(phases);
    Ended ended = ended(phases);
    List<Unit> units = Units.of(entries, first, last);
    return new Boot(
        index,
        first,
        last,
        entries.line(first),
        entries.line(last),
        reached,
        ended,
        kernelVersion(),
        commandLine(),
        os(),
        phases,
        milestones(),
        units,
        new Observations(entries, first, last, isLast).of(reached, ended, units, commandLine()));
  }

  private List<Phase> phases(List<Stretch> stretches, BootTokens tokens) {
    List<Phase> phases = new ArrayList<>();
    for (int s = 0; s < stretches.size(); s++) {
      int from = s == 0 ? first : tokens.entry(stretches.get(s).first());
      int to = s + 1 < stretches.size() ? tokens.entry(stretches.get(s + 1).first()) - 1 : last;
      Phase.Kind kind = Phase.Kind.valueOf(stretches.get(s).kind().name());
      int firstLine = entries.line(from);
      phases.add(new Phase(kind, firstLine, Math.max(firstLine, entries.line(to))));
    }
    return List.copyOf(phases);
  }

  private static Reached reached(List<Phase> phases) {
    Reached reached = Reached.FIRMWARE;
    for (Phase phase : phases) {
      reached =
          switch (phase.kind()) {
            case FIRMWARE -> Reached.FIRMWARE;
            case LOADER -> Reached.BOOTLOADER;
            case KERNEL -> Reached.KERNEL;
            case INITRD -> Reached.INITRD;
            case USERSPACE -> Reached.USERSPACE;
            case LOGIN -> Reached.LOGIN;
            case SESSION -> Reached.SHELL;
            case SHUTDOWN -> phases.size() == 1 ? Reached.USERSPACE : reached;
          };
    }
    return reached;
  }

  private Ended ended(List<Phase> phases) {
    Ended ended = null;
    for (int i = first; i <= last; i++) {
      ended =
          switch (entries.shape(i)) {
            case PANIC -> Ended.PANIC;
            case POWER_OFF -> Ended.POWEROFF;
            case REBOOT -> ended == Ended.PANIC ? Ended.PANIC : Ended.REBOOT;
            case JOB_DONE -> entries.isJournal() ? ended(entries.get(i).unit(), ended) : ended;
            default -> ended;
          };
    }
    if (ended != null) {
      return ended;
    }
    Phase.Kind lastPhase = phases.get(phases.size() - 1).kind();
    if (!isLast) {
      return lastPhase == Phase.Kind.SHUTDOWN ? Ended.REBOOT : Ended.RESET;
    }
    return switch (lastPhase) {
      case SHUTDOWN -> Ended.CUT_OFF;
      case LOGIN, SESSION -> Ended.RUNNING;
      // Whoever asked dmesg had a machine that ran.
      default -> entries.isDmesg() || waits() ? Ended.RUNNING : Ended.CUT_OFF;
    };
  }

  /** A journal stops before the kernel says the last word. */
  private static Ended ended(String unit, Ended before) {
    return unit.startsWith("reboot.target") || unit.startsWith("kexec.target")
        ? Ended.REBOOT
        : unit.startsWith("poweroff.target") || unit.startsWith("halt.target")
            ? Ended.POWEROFF
            : before;
  }

  /**
   * Whether the log ends at a prompt that came before any login, or with an emergency shell: that
   * one is silent until somebody answers, also where sulogin finds the root account locked.
   */
  private boolean waits() {
    for (int i = last; i >= first; i--) {
      switch (entries.shape(i)) {
        case LOGIN_PROMPT,
            PASSWORD_PROMPT,
            SHELL_PROMPT,
            INITRD_PROMPT,
            LOADER_PROMPT,
            EMERGENCY,
            SESSION_OPENED -> {
          return true;
        }
        case JOB_STARTING, JOB_DONE, JOB_RUNNING, KERNEL_BANNER, HANDOVER -> {
          return false;
        }
        default -> {
          // Output of a command, kernel chatter: look further back.
        }
      }
    }
    return false;
  }

  private String kernelVersion() {
    int banner = Boots.find(entries, first, last, Shape.KERNEL_BANNER);
    if (banner < 0) {
      return "";
    }
    String[] words = entries.get(banner).message().split(" ", 4);
    return words.length > 2 ? words[2] : "";
  }

  private String commandLine() {
    int line = Boots.find(entries, first, last, Shape.KERNEL_COMMAND_LINE);
    if (line < 0) {
      return "";
    }
    String message = entries.get(line).message();
    return message.substring(message.indexOf(": ") + 2).strip();
  }

  private String os() {
    String os = "";
    for (int i = first; i <= last; i++) {
      if (entries.shape(i) == Shape.WELCOME) {
        String message = entries.get(i).message();
        int start = message.indexOf("Welcome to ");
        if (start >= 0) {
          int end = message.length();
          while (end > 0 && "!> ".indexOf(message.charAt(end - 1)) >= 0) {
            end--;
          }
          os = message.substring(Math.min(start + 11, end), end);
        }
      }
    }
    return os;
  }

  private List<Milestone> milestones() {
    Map<String, Milestone> milestones = new LinkedHashMap<>();
    for (int i = first; i <= last; i++) {
      if (entries.repeated(i)) {
        continue;
      }
      String name =
          switch (entries.shape(i)) {
            case KERNEL_BANNER -> "kernel";
            case KERNEL_INIT -> "init";
            case PANIC -> "panic";
            case MANAGER_BANNER -> "manager";
            case EMERGENCY -> "emergency";
            case LOGIN_PROMPT -> "login";
            case SESSION_OPENED -> "session";
            case POWER_OFF -> "power-off";
            case JOB_DONE -> target(entries.get(i));
            default -> null;
          };
      if (name != null) {
        milestones.putIfAbsent(name, new Milestone(name, entries.line(i), entries.micros(i)));
      }
    }
    return List.copyOf(milestones.values());
  }

  private static String target(Entry entry) {
    String unit = entry.unit();
    int end = unit.indexOf(".target");
    boolean named = end > 0 && unit.indexOf(' ') != 0 && unit.lastIndexOf(' ', end) < 0;
    return entry.origin() == Origin.MANAGER && named ? unit.substring(0, end + 7) : null;
  }
}
