package dev.loganalyze.boot;

import dev.loganalyze.boot.Observation.Kind;
import dev.loganalyze.journal.Damage;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.parse.Timespan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What follows from many lines of one boot, or from the lack of one. */
final class Observations {
  /** So many units are named of those that wait. */
  private static final int MAX_NAMED = 5;

  /** What {@code log_begin_msg} of initramfs-tools puts after a step that has begun. */
  private static final String STEP = " ... ";

  /** What systemd-boot puts last into its menu ({@code boot.c, config_load_all_entries()}). */
  private static final String SETUP = "Reboot Into Firmware Interface";

  /** For so many microseconds no other job goes on: the boot is not merely slow. */
  private static final long STUCK = 15_000_000;

  private final Entries entries;
  private final int first;
  private final int last;
  private final boolean isLast;
  private final List<Observation> found = new ArrayList<>();

  Observations(Entries entries, int first, int last, boolean isLast) {
    this.entries = entries;
    this.first = first;
    this.last = last;
    this.isLast = isLast;
  }

  List<Observation> of(Reached reached, Ended ended, List<Unit> units, String commandLine) {
    commandLine(commandLine);
    emptyMenu();
    statusSilenced(units);
    entriesLost();
    receiveTimes();
    if (isLast) {
      end(reached, ended, units);
    }
    return List.copyOf(found);
  }

  private void add(Kind kind, int from, int to, Map<String, String> fields) {
    found.add(new Observation(kind, from, to, Map.copyOf(fields)));
  }

  private void commandLine(String commandLine) {
    int line = Boots.find(entries, first, last, Shape.KERNEL_COMMAND_LINE);
    if (line >= 0) {
      String console = "";
      for (String word : commandLine.split(" ", -1)) {
        if (word.startsWith("console=")) {
          console = word.substring(8);
        }
      }
      add(Kind.COMMAND_LINE, line, line, Map.of("commandline", commandLine, "console", console));
    }
  }

  /** A loader's menu, drawn right after the firmware started it, whose first line is its last. */
  private void emptyMenu() {
    Shape before = Shape.FIRMWARE_HANDOVER;
    for (int i = first; i <= last && entries.origin(i) != Origin.KERNEL; i++) {
      if (before == Shape.FIRMWARE_HANDOVER && entries.get(i).message().strip().equals(SETUP)) {
        add(Kind.EMPTY_MENU, i, i, Map.of());
        return;
      }
      before = entries.shape(i) == Shape.BLANK ? before : entries.shape(i);
    }
  }

  // ---- how the log ends -------------------------------------------------------------------------

  private void end(Reached reached, Ended ended, List<Unit> units) {
    int said = lastButKernel();
    if (said < 0) {
      return;
    }
    Entry entry = entries.get(said);
    boolean open = ended == Ended.CUT_OFF || ended == Ended.RUNNING;
    switch (entry.shape()) {
      case JOB_RUNNING -> {
        if (open) {
          jobNeverEnded(said, units);
        }
      }
      case PASSWORD_PROMPT -> {
        // What is typed at such a prompt is not echoed: an answer shows by the lines after it.
        if (open && reached.compareTo(Reached.LOGIN) < 0) {
          add(Kind.QUESTION_UNANSWERED, said, said, Map.of("waiting", question(entry.message())));
        }
      }
      case FIRMWARE_HANDOVER, HANDOVER, LOADER -> {
        if (reached.compareTo(Reached.BOOTLOADER) <= 0) {
          add(Kind.SILENT_AFTER_LOADER, said, said, Map.of("loader", loader()));
        }
      }
      default -> {
        // Nothing is left open by any other last word.
      }
    }
    boolean stops = ended == Ended.CUT_OFF || (open && entries.isDmesg());
    if (stops && reached == Reached.USERSPACE) {
      // An excerpt of a journal that holds no beginning of a boot tells nothing of its end.
      if (!entries.isJournal() || Boots.find(entries, first, last, Shape.KERNEL_BANNER) >= 0) {
        Kind kind =
            Boots.isKernelLog(entries, first, last) ? Kind.KERNEL_LOG_ONLY : Kind.NO_LOGIN_PROMPT;
        add(kind, said, said, Map.of("last", entry.text().strip()));
      }
    }
  }

  private int lastButKernel() {
    for (int i = last; i >= first; i--) {
      if (entries.shape(i).isSaid() && entries.origin(i) != Origin.KERNEL) {
        return i;
      }
    }
    return Boots.lastSaid(entries, first, last);
  }

  /** What was asked, without the steps of initramfs-tools that go on in the same line. */
  private static String question(String message) {
    int step = message.lastIndexOf(STEP);
    return (step < 0 ? message : message.substring(step + STEP.length())).strip();
  }

  /**
   * The job that the last whole line of the spinner names, if for a while no other job went on: a
   * log may be cut at any time, also while all is well.
   */
  private void jobNeverEnded(int said, List<Unit> units) {
    Entry latest = null;
    SpinnerTimes waited = null;
    long before = 0;
    for (int i = said; i >= first && !isStatus(entries.shape(i)); i--) {
      SpinnerTimes times =
          entries.shape(i) == Shape.JOB_RUNNING ? SpinnerTimes.in(entries.get(i).message()) : null;
      if (times != null && latest == null) {
        latest = entries.get(i);
        waited = times;
      } else if (times != null && latest.unit().equals(entries.get(i).unit())) {
        before = Timespan.parse(times.elapsed());
      }
    }
    if (latest == null || Timespan.parse(waited.elapsed()) - before < STUCK) {
      return;
    }
    String unit = unitOf(latest.unit(), units);
    add(
        Kind.JOB_NEVER_ENDED,
        latest.index(),
        latest.index(),
        Map.of(
            "waiting", unit, "unit", unit, "elapsed", waited.elapsed(), "limit", waited.limit()));
  }

  /** Whether a line of this shape shows that some job began or ended. */
  private static boolean isStatus(Shape shape) {
    return switch (shape) {
      case JOB_STARTING, JOB_DONE, JOB_FAILED, JOB_TIMEOUT, JOB_DEPENDENCY, JOB_SKIPPED -> true;
      default -> false;
    };
  }

  /** A spinner shortens more than other lines do, so only the part before the ellipsis counts. */
  private static String unitOf(String printed, List<Unit> units) {
    int cut = printed.indexOf('\u2026');
    String prefix = cut < 0 ? printed : printed.substring(0, cut);
    String name = null;
    for (Unit unit : units) {
      if (unit.name().startsWith(prefix) || unit.description().startsWith(prefix)) {
        if (name != null) {
          return printed;
        }
        name = unit.name();
      }
    }
    return name == null ? printed : name;
  }

  private String loader() {
    int banner = Boots.find(entries, first, last, Shape.LOADER_BANNER);
    return banner < 0 ? "" : entries.get(banner).message().strip();
  }

  // ---- what the log cannot tell -----------------------------------------------------------------

  private void statusSilenced(List<Unit> units) {
    int prompt = Boots.find(entries, first, last, Shape.LOGIN_PROMPT);
    if (prompt < 0 || entries.isJournal()) {
      return;
    }
    String waiting =
        units.stream()
            .filter(u -> u.result() == Unit.Result.STARTING && u.lastLine() < entries.line(prompt))
            .map(Unit::name)
            .limit(MAX_NAMED)
            .collect(Collectors.joining(", "));
    if (!waiting.isEmpty()) {
      add(Kind.STATUS_SILENCED, prompt, prompt, Map.of("units", waiting));
    }
  }

  private void entriesLost() {
    for (Damage damage : entries.damage()) {
      add(
          Kind.ENTRIES_LOST,
          last,
          last,
          Map.of(
              "lost", Long.toString(damage.entriesLost()),
              "fields", Long.toString(damage.fieldsLost()),
              "reason", damage.reason()));
    }
  }

  private void receiveTimes() {
    int banner = Boots.find(entries, first, last, Shape.KERNEL_BANNER);
    if (entries.hasReceiveTimes() && banner >= 0) {
      add(Kind.RECEIVE_TIMES, banner, banner, Map.of());
    }
  }
}
