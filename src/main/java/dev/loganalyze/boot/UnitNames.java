package dev.loganalyze.boot;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.resource.ProgramFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The full names of units whose names the console shortened.
 *
 * <p>A status line is cut to the width of the console (systemd's show-status.c) by an ellipsis
 * somewhere in {@code name - description}. The names stand in full in PID 1's messages in the
 * kernel log, in {@code See 'systemctl status …'}, and in job sentences that were short enough;
 * what is printed before and after the ellipsis picks one of them. A unit that the log never shows
 * in full may be one that systemd ships.
 */
public final class UnitNames {
  private static final String ELLIPSIS = "\u2026";

  /** The types of units: systemd, src/basic/unit-def.c. */
  private static final Set<String> TYPES =
      Set.of(
          "service",
          "socket",
          "device",
          "mount",
          "automount",
          "swap",
          "target",
          "path",
          "timer",
          "slice",
          "scope");

  /** A log that names more units than this is hostile; the rest are taken as printed. */
  private static final int MAX_KNOWN = 20_000;

  /** How many names that begin alike are compared for one shortened one. */
  private static final int MAX_CANDIDATES = 256;

  /** Name to description of the units that systemd ships. */
  private static final NavigableMap<String, String> SHIPPED = shipped();

  /** Description to name of the same; where two share one, neither. */
  private static final Map<String, String> SHIPPED_AS = byDescription(SHIPPED);

  private static final String CHECK = "systemd-fsck@";
  private static final String DEVICE = ".device";

  /** What PID 1 says of a unit before it says that its job failed: unit_log_failure(). */
  private static final String FAILED_WITH = ": Failed with result '";

  /** What a systemd before 240 says in between, which tells the result after the job. */
  private static final String ENTERED = ": Unit entered failed state.";

  /** Name to description (empty while unknown), sorted, so that a prefix is a range. */
  private final TreeMap<String, String> known = new TreeMap<>();

  /**
   * Description to name, where a message with the name stands before or after a sentence with the
   * description; empty where two units have one description.
   */
  private final Map<String, String> described = new HashMap<>();

  private final Map<String, Name> resolved = new HashMap<>();

  private UnitNames() {}

  /**
   * A unit as far as the log tells it.
   *
   * @param name the unit's name; or what was printed where the log never shows it
   * @param description or empty
   * @param ambiguous whether {@code name} is not certain
   */
  public record Name(String name, String description, boolean ambiguous) {
    /** Whether both may be shortened forms of one text: their heads agree, and their tails. */
    boolean mayBe(Name other) {
      String mine = printed();
      String theirs = other.printed();
      int cut = ellipsis(mine);
      int theirCut = ellipsis(theirs);
      if (cut < 0 || theirCut < 0) {
        return false;
      }
      String head = mine.substring(0, cut);
      String theirHead = theirs.substring(0, theirCut);
      String tail = mine.substring(cut + 1);
      String theirTail = theirs.substring(theirCut + 1);
      return (head.startsWith(theirHead) || theirHead.startsWith(head))
          && (tail.endsWith(theirTail) || theirTail.endsWith(tail));
    }

    private String printed() {
      return description.isEmpty() ? name : name + " - " + description;
    }
  }

  private static NavigableMap<String, String> shipped() {
    NavigableMap<String, String> shipped = new TreeMap<>();
    for (String line : ProgramFile.lines("units.tsv")) {
      int tab = line.indexOf('\t');
      shipped.put(line.substring(0, tab), line.substring(tab + 1));
    }
    return shipped;
  }

  private static Map<String, String> byDescription(Map<String, String> names) {
    Map<String, String> byDescription = new HashMap<>();
    names.forEach((name, description) -> byDescription.merge(description, name, (a, b) -> ""));
    byDescription.values().removeIf(String::isEmpty);
    return byDescription;
  }

  /** The names of all units that the entries {@code [first, last]} mention in full. */
  public static UnitNames of(Entries entries, int first, int last) {
    UnitNames names = new UnitNames();
    String told = "";
    String entered = "";
    String failed = "";
    for (int i = first; i <= last && names.known.size() < MAX_KNOWN; i++) {
      Shape shape = entries.shape(i);
      boolean mentions =
          switch (shape) {
            case JOB_STARTING,
                JOB_DONE,
                JOB_FAILED,
                JOB_TIMEOUT,
                DEVICE_TIMEOUT,
                JOB_DEPENDENCY,
                JOB_STOPPING,
                JOB_SKIPPED,
                UNIT_MESSAGE,
                SEE_STATUS,
                DEFAULT_TARGET ->
                entries.origin(i) == Origin.MANAGER;
            default -> false;
          };
      if (mentions) {
        String unit = entries.get(i).unit();
        names.learn(unit);
        if (shape == Shape.JOB_FAILED && !told.isEmpty()) {
          names.describe(unit, told);
        } else if (shape == Shape.SEE_STATUS && isUnitName(unit)) {
          names.describe(failed, unit);
        }
        boolean tells = shape == Shape.UNIT_MESSAGE && isUnitName(unit);
        String message = tells ? entries.get(i).message() : "";
        told = message.contains(FAILED_WITH) && !unit.equals(entered) ? unit : "";
        entered = message.endsWith(ENTERED) ? unit : "";
        failed = shape == Shape.JOB_FAILED ? unit : "";
      }
    }
    return names;
  }

  /**
   * Takes it that {@code printed} is the description of {@code name}, unless it tells a name
   * itself. PID 1 says nothing between unit_enter_failed() and job_finish_and_invalidate(), nor
   * between a failure and the {@code See 'systemctl status …'} that follows it
   * (job_print_done_message()).
   */
  private void describe(String printed, String name) {
    if (!printed.isEmpty() && ellipsis(printed) < 0 && !isUnitName(nameIn(printed))) {
      described.merge(printed, name, (a, b) -> a.equals(b) ? a : "");
    }
  }

  /** The part before {@code " - "}, or all. */
  private static String nameIn(String printed) {
    int dash = printed.indexOf(" - ");
    return dash < 0 ? printed : printed.substring(0, dash);
  }

  private void learn(String printed) {
    if (ellipsis(printed) >= 0) {
      return;
    }
    int dash = printed.indexOf(" - ");
    String name = nameIn(printed);
    if (isUnitName(name)) {
      known.merge(name, dash < 0 ? "" : printed.substring(dash + 3), (a, b) -> a.isEmpty() ? b : a);
    }
  }

  /**
   * What {@code printed} names: {@code name}, {@code description} or {@code name - description}.
   */
  public Name resolve(String printed) {
    return resolved.computeIfAbsent(printed, this::find);
  }

  private Name find(String printed) {
    String described = this.described.getOrDefault(printed, "");
    if (!described.isEmpty()) {
      return new Name(described, printed, false);
    }
    int cut = ellipsis(printed);
    if (cut < 0) {
      int dash = printed.indexOf(" - ");
      String name = nameIn(printed);
      if (SHIPPED_AS.containsKey(printed)) {
        return new Name(SHIPPED_AS.get(printed), printed, false);
      }
      if (printed.startsWith("/") && !printed.startsWith("/dev/")) {
        return new Name(mountAt(printed), printed, false); // mount.c: described by its place
      }
      String description = dash < 0 ? known.getOrDefault(name, "") : printed.substring(dash + 3);
      return new Name(name, description, false);
    }
    String prefix = printed.substring(0, cut);
    String suffix = printed.substring(cut + (printed.startsWith("...", cut) ? 3 : 1));
    List<Name> fits = fitting(known, prefix, suffix);
    if (fits.isEmpty()) {
      fits = fitting(SHIPPED, prefix, suffix);
    }
    return fits.size() == 1 ? fits.get(0) : guess(printed, prefix, suffix);
  }

  /** The mount unit of {@code path}. */
  private static String mountAt(String path) {
    String name = escaped(path);
    return (name.isEmpty() ? "-" : name) + ".mount";
  }

  /** {@code path} in the name of a unit: systemd's unit_name_path_escape() (unit-name.c). */
  private static String escaped(String path) {
    String parts =
        String.join("/", Arrays.stream(path.split("/")).filter(p -> !p.isEmpty()).toList());
    StringBuilder name = new StringBuilder();
    for (byte b : parts.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = Character.isLetterOrDigit(b) || b == ':' || b == '_' || b == '.';
      if (b == '/') {
        name.append('-');
      } else if (plain && !(b == '.' && name.isEmpty())) {
        name.append((char) b);
      } else {
        name.append(String.format(Locale.ROOT, "\\x%02x", b));
      }
    }
    return name.toString();
  }

  private static List<Name> fitting(
      NavigableMap<String, String> units, String prefix, String suffix) {
    List<Name> fits = new ArrayList<>();
    int looked = 0;
    for (Map.Entry<String, String> unit : units.tailMap(firstWord(prefix), true).entrySet()) {
      if (!unit.getKey().startsWith(firstWord(prefix)) || looked++ == MAX_CANDIDATES) {
        break;
      }
      if (fits(unit.getKey(), unit.getValue(), prefix, suffix)) {
        fits.add(new Name(unit.getKey(), unit.getValue(), false));
      }
    }
    return fits;
  }

  private static boolean fits(String name, String description, String prefix, String suffix) {
    int dash = suffix.indexOf(" - ");
    if (dash >= 0 && !description.isEmpty() && !description.equals(suffix.substring(dash + 3))) {
      return false;
    }
    if (dash >= 0) {
      return name.startsWith(prefix)
          && name.length() > prefix.length() + dash
          && name.endsWith(suffix.substring(0, dash));
    }
    String full = name + " - " + description;
    return description.isEmpty()
        ? firstWord(prefix).length() > 3 && name.startsWith(firstWord(prefix))
        : full.startsWith(prefix)
            && full.endsWith(suffix)
            && full.length() > prefix.length() + suffix.length();
  }

  /**
   * A name that the log never shows in full. Where the description begins with the word that the
   * name begins with, and what is left of the type is that of a service, the name is put together
   * from both and marked as uncertain. So is the check of the one device whose path ends as printed
   * ({@code systemd-fsck@.service.in}: {@code File System Check on %f}).
   */
  private Name guess(String printed, String prefix, String suffix) {
    int dash = suffix.indexOf(" - ");
    if (dash < 0) {
      int own = prefix.indexOf(" - ");
      String whole = own < 0 ? typed(prefix) : "";
      if (!whole.isEmpty()) {
        return new Name(whole, "", false);
      }
      return own < 0
          ? new Name(checked(printed, prefix, suffix), "", true)
          : new Name(prefix.substring(0, own), printed.substring(own + 3), false);
    }
    String description = suffix.substring(dash + 3);
    String word = firstWord(description).toLowerCase(Locale.ROOT);
    String tail = suffix.substring(0, dash);
    if (prefix.length() > 2
        && word.startsWith(prefix.toLowerCase(Locale.ROOT))
        && ".service".endsWith(tail)) {
      return new Name(prefix + word.substring(prefix.length()) + ".service", description, true);
    }
    return new Name(prefix + ELLIPSIS + tail, description, true);
  }

  private String checked(String printed, String prefix, String suffix) {
    if (prefix.length() < 4 || !CHECK.startsWith(prefix)) {
      return printed;
    }
    String tail = escaped(suffix) + DEVICE;
    List<String> devices = known.keySet().stream().filter(name -> name.endsWith(tail)).toList();
    return devices.size() == 1 ? CHECK + devices.get(0).replace(DEVICE, ".service") : printed;
  }

  /** The name of which {@code prefix} ends within the type, or empty. */
  private static String typed(String prefix) {
    int dot = prefix.lastIndexOf('.');
    // One letter tells a type only where no other dot is: dbus-org.a
    int least = prefix.indexOf('.') == dot ? 1 : 2;
    if (dot < 1 || prefix.length() - dot <= least || prefix.indexOf(' ') >= 0) {
      return "";
    }
    List<String> fits =
        TYPES.stream().filter(type -> type.startsWith(prefix.substring(dot + 1))).toList();
    return fits.size() == 1 ? prefix.substring(0, dot + 1) + fits.get(0) : "";
  }

  /** Where the ellipsis is: U+2026, or three dots where the locale has none; -1 without one. */
  private static int ellipsis(String printed) {
    int cut = printed.indexOf(ELLIPSIS);
    return cut >= 0 ? cut : printed.indexOf("...");
  }

  private static String firstWord(String text) {
    int blank = text.indexOf(' ');
    return blank < 0 ? text : text.substring(0, blank);
  }

  /** Whether {@code name} ends in one of systemd's unit types. */
  static boolean isUnitName(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && name.indexOf(' ') < 0 && TYPES.contains(name.substring(dot + 1));
  }
}
