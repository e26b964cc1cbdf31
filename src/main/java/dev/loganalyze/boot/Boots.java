package dev.loganalyze.boot;

import dev.loganalyze.bytes.Utf8;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.PhaseParser;
import dev.loganalyze.parse.PhaseParser.Stretch;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.pattern.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Splits a log into its boots. */
public final class Boots {
  private Boots() {}

  /** One of these occurs in every line of text that tells of a session of the booted system. */
  public static List<Expression> sessions() {
    return Stream.of(BootTokens.NEW_SESSION, BootTokens.SESSION_OPENED)
        .map(Expression::literal)
        .toList();
  }

  /** The boots of {@code entries}, in order; none when no line tells of a boot. */
  public static List<Boot> of(Entries entries) {
    BootTokens tokens = BootTokens.of(entries);
    if (tokens.arePrompts() && isNoText(entries)) {
      return List.of();
    }
    List<Boot> boots = new ArrayList<>();
    List<List<Stretch>> parsed = PhaseParser.parse(tokens.kinds());
    for (int b = 0; b < parsed.size(); b++) {
      int first = b == 0 ? 0 : tokens.entry(parsed.get(b).get(0).first());
      int last =
          b + 1 < parsed.size()
              ? tokens.entry(parsed.get(b + 1).get(0).first()) - 1
              : entries.size() - 1;
      boolean isLast = b + 1 == parsed.size();
      boots.add(new BootBuilder(entries, b + 1, first, last, isLast).build(parsed.get(b), tokens));
    }
    return Resets.observed(entries, boots);
  }

  /** The one of a log's {@code boots} that an entry lies in; null when there is none. */
  public static Boot at(List<Boot> boots, int entry) {
    int at = 0;
    int end = boots.size();
    while (at < end) {
      int middle = (at + end) >>> 1;
      if (boots.get(middle).lastEntry() < entry) {
        at = middle + 1;
      } else {
        end = middle;
      }
    }
    return at < boots.size() ? boots.get(at) : null;
  }

  /** Whether the log is of bytes that are no text: among many of them, some look like a prompt. */
  private static boolean isNoText(Entries entries) {
    byte[] text = entries.buffer();
    return Utf8.damaged(text, 0, text.length) > text.length / Utf8.MOSTLY_TEXT;
  }

  /** The first entry in {@code [from, to]} of {@code shape}, or -1. */
  static int find(Entries entries, int from, int to, Shape shape) {
    for (int i = from; i <= to; i++) {
      if (entries.shape(i) == shape && !entries.repeated(i)) {
        return i;
      }
    }
    return -1;
  }

  /** The last entry in {@code [from, to]} that is a word of the machine's, or -1. */
  static int lastSaid(Entries entries, int from, int to) {
    for (int i = to; i >= from; i--) {
      if (entries.shape(i).isSaid()) {
        return i;
      }
    }
    return -1;
  }

  /** Whether {@code entries} are the kernel's ring buffer, each line with a stamp: no console. */
  public static boolean isKernelLog(Entries entries) {
    return isKernelLog(entries, 0, entries.size() - 1);
  }

  static boolean isKernelLog(Entries entries, int from, int to) {
    if (entries.isJournal() || entries.isDmesg()) {
      return entries.isDmesg();
    }
    for (int i = from; i <= to; i++) {
      if (entries.shape(i) != Shape.BLANK && !isTime(entries.micros(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code micros} is a time. */
  static boolean isTime(long micros) {
    return micros != Entry.NO_TIME;
  }
}
