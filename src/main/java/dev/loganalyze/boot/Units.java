package dev.loganalyze.boot;

import dev.loganalyze.boot.Unit.Result;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the job sentences of a boot say of each unit. */
final class Units {
  /** How many units with shortened names are compared with each other. */
  private static final int MAX_SHORTENED = 256;

  private static final String GETTY = "getty@";
  private static final String SERVICE = ".service";

  private final Map<String, Builder> units = new LinkedHashMap<>();
  private final List<Builder> shortened = new ArrayList<>();
  private final UnitNames names;

  private Units(UnitNames names) {
    this.names = names;
  }

  /** The units of the entries {@code [first, last]}, in the order of their first mention. */
  static List<Unit> of(Entries entries, int first, int last) {
    Units units = new Units(UnitNames.of(entries, first, last));
    // What goes on beside a prompt is not told, so that a stop after it says nothing of the start.
    int prompt = Boots.find(entries, first, last, Shape.LOGIN_PROMPT);
    int told = prompt < 0 ? last + 1 : prompt;
    for (int i = first; i <= last; i++) {
      Result result = result(entries.shape(i));
      if (result != null && !entries.repeated(i)) {
        units.take(entries.get(i), result);
      } else if (i < told && entries.shape(i) == Shape.JOB_STOPPING && !entries.repeated(i)) {
        units.stop(entries.get(i));
      }
    }
    List<Unit> list = new ArrayList<>();
    for (Builder unit : units.units.values()) {
      list.add(unit.build());
    }
    return list;
  }

  private static Result result(Shape shape) {
    return switch (shape) {
      case JOB_STARTING -> Result.STARTING;
      case JOB_DONE -> Result.DONE;
      case JOB_FAILED -> Result.FAILED;
      case JOB_TIMEOUT, DEVICE_TIMEOUT -> Result.TIMEOUT;
      case JOB_DEPENDENCY -> Result.DEPENDENCY;
      case JOB_SKIPPED, ORDERING_CYCLE -> Result.SKIPPED;
      case JOB_REFUSED -> Result.REFUSED;
      default -> null;
    };
  }

  private void take(Entry entry, Result result) {
    UnitNames.Name name = names.resolve(entry.unit());
    if (name.name().isEmpty()) {
      return;
    }
    Builder unit = units.get(name.name());
    if (unit == null && name.ambiguous()) {
      unit = sameShortened(name);
    }
    if (unit == null) {
      unit = new Builder(name, entry.line());
      units.put(name.name(), unit);
      if (name.ambiguous() && shortened.size() < MAX_SHORTENED) {
        shortened.add(unit);
      }
    }
    unit.take(entry, result, name.description());
    if (result == Result.DONE) {
      foundTerminalOf(name.name());
    }
  }

  /** A getty is bound to the device of its terminal and starts after it. */
  private void foundTerminalOf(String service) {
    int getty = service.indexOf(GETTY);
    if (getty < 0 || !service.endsWith(SERVICE)) {
      return;
    }
    String terminal =
        service.substring(getty + GETTY.length(), service.length() - SERVICE.length());
    Builder device = units.get("dev-" + terminal + ".device");
    if (device != null && device.result == Result.STARTING) {
      device.result = Result.DONE;
    }
  }

  /**
   * No start goes on past a stop. What is stopped with no process left to end, {@code Stopped X}
   * without a {@code Stopping X}, had done its work unseen, as what switches the root does.
   */
  private void stop(Entry entry) {
    UnitNames.Name name = names.resolve(entry.unit());
    Builder unit = units.get(name.name());
    unit = unit == null && name.ambiguous() ? sameShortened(name) : unit;
    if (unit != null && unit.result == Result.STARTING) {
      unit.result = entry.message().startsWith("Stopping ") ? Result.CANCELED : Result.DONE;
    }
  }

  /**
   * The verbs of two sentences about one unit are not equally long, so that the ellipsis eats more
   * of one than of the other: {@code systemd-journal-f…h Journal} and {@code systemd-journal-f…ush
   * Journal}. A unit that waits for its end is the one that a shortened name means, if its
   * beginning and end agree as far as both are printed, and no other's do.
   */
  private Builder sameShortened(UnitNames.Name name) {
    Builder same = null;
    for (Builder unit : shortened) {
      if (unit.result == Result.STARTING && unit.name.mayBe(name)) {
        if (same != null) {
          return null;
        }
        same = unit;
      }
    }
    return same;
  }

  private static final class Builder {
    private final UnitNames.Name name;
    private final int firstLine;
    private String description;
    private int lastLine;
    private Result result;
    private long started = Entry.NO_TIME;
    private long finished = Entry.NO_TIME;

    Builder(UnitNames.Name name, int firstLine) {
      this.name = name;
      this.firstLine = firstLine;
      this.description = name.description();
    }

    void take(Entry entry, Result next, String newDescription) {
      lastLine = entry.line();
      result = next;
      if (description.isEmpty()) {
        description = newDescription;
      }
      if (next == Result.STARTING) {
        started = Boots.isTime(entry.micros()) ? entry.micros() : started;
      } else {
        finished = Boots.isTime(entry.micros()) ? entry.micros() : finished;
      }
    }

    Unit build() {
      return new Unit(
          name.name(),
          description,
          name.ambiguous(),
          result,
          firstLine,
          lastLine,
          started,
          finished);
    }
  }
}
