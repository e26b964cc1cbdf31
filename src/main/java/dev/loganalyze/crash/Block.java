package dev.loganalyze.crash;

import java.util.ArrayList;
import java.util.List;

/** The lines of one report while it is read. */
final class Block {
  /** A report has no more lines than this; what follows is not kept. */
  static final int MAX_LINES = 1000;

  /** So many lines without a frame, register or heading are no part of a report any more. */
  private static final int MAX_IDLE = 60;

  final ReportKind kind;
  final List<String> lines = new ArrayList<>();
  final List<Integer> entries = new ArrayList<>();

  /** Index of the line at which a report of the kind that ends others begins, or -1. */
  int endedBy = -1;

  /** Index of the last line that belongs to a report by its look. */
  int lastOwn;

  private int idle;

  /** The kernel printed its end marker. */
  boolean marked;

  Block(ReportKind kind, String line, int entry) {
    this.kind = kind;
    lines.add(line);
    entries.add(entry);
  }

  /** Takes the next line; {@code own} says whether it looks like part of a report. */
  void add(String line, int entry, boolean own) {
    if (lines.size() >= MAX_LINES) {
      idle = MAX_IDLE;
      return;
    }
    lines.add(line);
    entries.add(entry);
    idle = own ? 0 : idle + 1;
    if (own) {
      lastOwn = lines.size() - 1;
    }
  }

  /** Whether nothing of it has come for so long that it must be over. */
  boolean isOver() {
    return idle >= MAX_IDLE;
  }

  int firstEntry() {
    return entries.get(0);
  }

  int lastEntry() {
    return entries.get(lastOwn);
  }
}
