package dev.loganalyze.crash;

import dev.loganalyze.crash.ReportKind.Form;
import dev.loganalyze.pattern.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the guilty function of a report. */
final class Culprit {
  private final Stacks stacks;
  private final List<String> lines;
  private final List<Frame> frames;

  /**
   * @param lines the lines of the report
   * @param frames the frame in each line, or null
   */
  Culprit(Stacks stacks, List<String> lines, List<Frame> frames) {
    this.stacks = stacks;
    this.lines = lines;
    this.frames = frames;
  }

  /**
   * The guilty function, or the empty string when no frame tells.
   *
   * @param head the function that the first line names, or empty
   */
  String find(Form form, String head) {
    for (List<String> alternative : form.look()) {
      String guilty = pick(form, candidates(form, alternative, head));
      if (!guilty.isEmpty()) {
        return guilty;
      }
    }
    return "";
  }

  private List<String> candidates(Form form, List<String> places, String head) {
    List<String> candidates = new ArrayList<>();
    int at = 1;
    for (String place : places) {
      switch (place) {
        case "head" -> add(form, candidates, head);
        case "frames" -> at = frames(form, candidates, at);
        case "trace" -> {
          int header = find(stacks.place("trace"), at, lines.size());
          at = header < 0 ? at : frames(form, candidates, header + 1);
        }
        default -> {
          boolean must = place.endsWith("!");
          String name = must ? place.substring(0, place.length() - 1) : place;
          int limit = must ? 0 : nextTrace(at);
          int found =
              must ? findAnywhere(stacks.place(name), at) : find(stacks.place(name), at, limit);
          if (found >= 0) {
            add(form, candidates, function(stacks.place(name), lines.get(found)));
            at = found + 1;
          } else if (must) {
            return candidates;
          }
        }
      }
    }
    return candidates;
  }

  /** What the first group that took part matched, or null. */
  private static String function(Expression place, String line) {
    int[] group = place.group(line);
    return group == null ? null : line.substring(group[0], group[1]);
  }

  private int nextTrace(int from) {
    int header = find(stacks.place("trace"), from, lines.size());
    return header < 0 ? lines.size() : header;
  }

  /** The first line in {@code [from, to)} with {@code pattern} that is no frame, or -1. */
  private int find(Expression pattern, int from, int to) {
    for (int i = from; i < to; i++) {
      if (frames.get(i) == null && pattern.occursIn(lines.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** As {@link #find}, to the end and among frames too. */
  private int findAnywhere(Expression pattern, int from) {
    int i = from;
    while (i < lines.size() && !pattern.occursIn(lines.get(i))) {
      i++;
    }
    return i < lines.size() ? i : -1;
  }

  /** Adds the frames from line {@code from} to the next heading of a stack; returns its index. */
  private int frames(Form form, List<String> candidates, int from) {
    boolean seen = false;
    String outermost = "";
    int i = from;
    for (; i < lines.size(); i++) {
      Frame frame = frames.get(i);
      if (frame != null) {
        seen = true;
        if (stacks.mixed().occursIn(frame.function())) {
          return lines.size();
        }
        if (frame.reliable() && !frame.inlined()) {
          // Compilers differ in what they inline, and a bug is to have one name.
          add(form, candidates, frame.function());
        }
        outermost = Frame.callerIn(lines.get(i));
      } else if (stacks.place("stack").occursIn(lines.get(i))
          && (seen || !stacks.place("trace").occursIn(lines.get(i)))) {
        break;
      }
    }
    add(form, candidates, outermost);
    return i;
  }

  private void add(Form form, List<String> candidates, String function) {
    if (function == null || function.isEmpty()) {
      return;
    }
    String name = Frame.plain(function);
    if (!stacks.isInnocent(name) && (form.skip() == null || !form.skip().occursIn(name))) {
      candidates.add(name);
    }
  }

  private String pick(Form form, List<String> candidates) {
    if (candidates.isEmpty()) {
      return "";
    }
    return switch (form.pick()) {
      case FIRST -> candidates.get(0);
      case ENTRY -> entry(candidates);
      case WAITER -> waiter(candidates);
    };
  }

  private String entry(List<String> candidates) {
    for (int i = 0; i < candidates.size(); i++) {
      String name = candidates.get(i);
      if (isBucket(name)) {
        return name;
      }
      if (i > 0 && stacks.entries().occursIn(name)) {
        return somebody(candidates.get(i - 1));
      }
    }
    return somebody(candidates.get(0));
  }

  private String somebody(String name) {
    return stacks.nobody().occursIn(name) ? "" : name;
  }

  private String waiter(List<String> candidates) {
    for (String name : candidates) {
      if (isBucket(name)) {
        return name;
      }
    }
    for (String name : candidates) {
      if (!stacks.waits().occursIn(name)) {
        return name;
      }
    }
    return "";
  }

  private boolean isBucket(String name) {
    for (Map.Entry<String, Expression> bucket : stacks.buckets().entrySet()) {
      if (bucket.getValue().occursIn(name)) {
        return true;
      }
    }
    return false;
  }
}
