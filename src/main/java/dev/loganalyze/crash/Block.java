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

  /** The frame in each line, or null. */
  final List<Frame> frames = new ArrayList<>();

  final List<Integer> entries = new ArrayList<>();

  /** Index of the line at which a report of the kind that ends others begins, or -1. */
  int endedBy = -1;

  /** After so many such lines, more of the sort are another's. */
  private static final int MAX_GAP = 25;

  /** Index of the last line that belongs to a report by its look. */
  int lastOwn;

  /** The kernel dropped messages while it was printed. */
  boolean dropped;

  private int idle;

  /** Index of the entry that opens the report, perhaps before the first that says anything. */
  final int opened;

  /** It ends another report, in whose lines the rest is told. */
  final boolean ending;

  Block(ReportKind kind, String line, int opened, int entry, boolean ending) {
    this.kind = kind;
    this.opened = opened;
    this.ending = ending;
    lines.add(line);
    frames.add(null);
    entries.add(entry);
  }

  /**
   * Takes the next line.
   *
   * @param frame the frame in it, or null
   * @param own whether it looks like part of a report
   */
  void add(String line, Frame frame, int entry, boolean own) {
    if (lines.size() >= MAX_LINES) {
      idle = MAX_IDLE;
      return;
    }
    lines.add(line);
    frames.add(frame);
    entries.add(entry);
    if (own && lines.size() - lastOwn <= MAX_GAP) {
      lastOwn = lines.size() - 1;
    }
    idle = own ? 0 : idle + 1;
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
