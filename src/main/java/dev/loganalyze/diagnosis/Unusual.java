package dev.loganalyze.diagnosis;

import com.google.re2j.Pattern;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of a log that stand out, where no rule says why a boot went wrong: those that a healthy
 * machine does not say, or, without one to compare with, those that complain and come but once.
 *
 * @param like the name of the healthy log; empty when there was none
 * @param progress 1-based line of the last step that the boot took; 0 when it took none
 * @param lines the most telling first
 */
public record Unusual(String like, int progress, List<Line> lines) {
  /** So many lines are shown. */
  private static final int MOST = 10;

  /** A line that weighs less does not complain. */
  private static final int COMPLAINT = 30;

  private static final Pattern COMPLAINS =
      Pattern.compile(
          "(?i)\\b(?:fail(?:ed|ure|ing|s)?|errors?|fatal|panic|timed out|time-?out|cannot|can't"
              + "|unable|denied|refused|rejected|not found|no such|missing|invalid|corrupt(?:ed)?"
              + "|abort(?:ed|ing)?|killed|segfault|exited|unexpected|giving up|gave up|unknown)\\b");

  /**
   * A line that stands out.
   *
   * @param line 1-based
   * @param text the line without escape sequences
   * @param why in a few words
   */
  public record Line(int line, String text, String why) {}

  /** Nothing stands out. */
  static final Unusual NOTHING = new Unusual("", 0, List.of());

  private record Weighed(int weight, Line line) {}

  /** What of {@code entries} stands out; {@code usual} is null without a healthy log. */
  static Unusual of(Entries entries, Usual usual) {
    Map<String, Integer> times = new HashMap<>();
    List<String> shapes = new ArrayList<>(entries.size());
    int progress = 0;
    for (Entry entry : entries) {
      String shape = LineShapes.of(entry.message().strip());
      shapes.add(shape);
      times.merge(shape, 1, Integer::sum);
      progress = isProgress(entry.shape()) ? entry.line() : progress;
    }
    List<Weighed> weighed = new ArrayList<>();
    for (Entry entry : entries) {
      String shape = shapes.get(entry.index());
      if (!isSaid(entry.shape()) || shape.isEmpty() || (usual != null && usual.says(shape))) {
        continue;
      }
      int complaint = complaint(entry);
      if (usual == null && complaint < COMPLAINT) {
        continue;
      }
      boolean strange = usual != null && !usual.knows(entry);
      int seen = times.get(shape);
      int rare = seen == 1 ? 10 : seen < 4 ? 5 : 0;
      int late = 10 * entry.index() / entries.size();
      weighed.add(
          new Weighed(
              complaint + rare + late + (strange ? 20 : 0),
              new Line(entry.line(), entry.text().strip(), why(complaint, strange, seen))));
    }
    weighed.sort(
        Comparator.comparing((Weighed w) -> -w.weight).thenComparing(w -> w.line().line()));
    return new Unusual(
        usual == null ? "" : usual.name(),
        progress,
        weighed.stream().limit(MOST).map(Weighed::line).toList());
  }

  /** The command line asks for things, as panic=5, and complains of none. */
  private static boolean isSaid(Shape shape) {
    return shape.isSaid() && shape != Shape.KERNEL_COMMAND_LINE;
  }

  /** How loudly the line complains. */
  private static int complaint(Entry entry) {
    int words = COMPLAINS.matcher(entry.message()).find() ? COMPLAINT : 0;
    int shape =
        switch (entry.shape()) {
          case PANIC -> 80;
          case JOB_FAILED, JOB_TIMEOUT, DEVICE_TIMEOUT, EMERGENCY -> 60;
          case JOB_DEPENDENCY, SEE_STATUS, JOB_REFUSED -> 50;
          case UNIT_MESSAGE -> words;
          default -> 0;
        };
    // Loaders probe for many things that are not there.
    boolean early = entry.origin() == Origin.FIRMWARE || entry.origin() == Origin.LOADER;
    return early ? words / 3 : words + shape;
  }

  private static String why(int complaint, boolean strange, int seen) {
    List<String> why = new ArrayList<>();
    if (complaint >= COMPLAINT) {
      why.add("complains");
    }
    if (strange) {
      why.add("the healthy log does not know who this is about");
    }
    why.add(seen == 1 ? "said once" : "said " + seen + " times");
    return String.join(", ", why);
  }

  private static boolean isProgress(Shape shape) {
    return switch (shape) {
      case FIRMWARE_BANNER,
          LOADER_BANNER,
          HANDOVER,
          KERNEL_BANNER,
          KERNEL_INIT,
          INITRD,
          MANAGER_BANNER,
          WELCOME,
          JOB_DONE,
          LOGIN_PROMPT,
          SESSION_OPENED ->
          true;
      default -> false;
    };
  }
}
