package dev.loganalyze.pattern;

import java.util.Arrays;

/**
 * Walks many lines through the states of a {@link LazyDfa}, seven at a time: a step is a look into
 * a table, which takes several cycles, and the next of a line must wait for it; those of other
 * lines need not. With more lanes than seven, a processor of x86-64 has no register for each.
 *
 * <p>The table has a column for each byte, and a row only for a state that was come to, in the
 * order in which they were: so a step need not look for the class of its byte. The lines are copied
 * into lanes of one length, where all are at the same place, so that a step of all of them needs
 * one counter and no check. For one thread.
 */
final class Lanes {
  private static final int LANES = 7;

  /**
   * So many bytes are in a lane. Were it a power of two, all lanes would share lines of a cache.
   */
  private static final int LENGTH = 4096 + 64;

  /** After so many steps is looked whether a lane has come to a stop; goes into the length. */
  private static final int BLOCK = 32;

  private static final int COLUMNS = 256;

  /** The row that is never left: nobody came there before, or an expression matches. */
  private static final int STOP = 0;

  /** The row of lines that are known to be suspect, which goes on to the end of the line. */
  private static final int PASS = 1;

  /** The row of the state in which lines begin. */
  private static final int START = 2;

  private final LazyDfa dfa;

  /** The row after {@code row} on byte {@code b} stands at {@code row * COLUMNS + b}. */
  private char[] table = {};

  /** The state of each row, by number. */
  private int[] stateOf = {};

  /** By number of the state, its row; 0 for none. */
  private int[] rows = {};

  private int size;

  // ---- the lines that are walked ----------------------------------------------------------------

  /** Lane after lane, each line ended by LF. */
  private final byte[] joined = new byte[LANES * LENGTH];

  /** Where each line ends in it, at its LF; used again. */
  private int[] ends = {};

  // Of each lane: the line in which it is or an earlier one, that with which the next lane begins,
  // how many bytes are in it, its row before a block and behind it.

  private final int[] lineOf = new int[LANES];
  private final int[] lineTo = new int[LANES];
  private final int[] filled = new int[LANES];
  private final int[] before = new int[LANES];
  private final int[] after = new int[LANES];

  /** Lanes of {@code dfa}, for as long as its states keep their numbers. */
  Lanes(LazyDfa dfa) {
    this.dfa = dfa;
    add();
    add();
    Arrays.fill(table, PASS * COLUMNS, (PASS + 1) * COLUMNS, (char) PASS);
    table[PASS * COLUMNS + '\n'] = START;
    row(LazyDfa.START);
  }

  /** As {@link PatternSet.Scanner#suspect}. */
  void suspect(byte[] text, int[] from, int[] to, int count, boolean[] suspects) {
    Arrays.fill(suspects, 0, count, false);
    ends = ends.length < count ? new int[count + count / 4] : ends;
    long left = count;
    for (int i = 0; i < count; i++) {
      left += to[i] - from[i];
    }
    int line = 0;
    while (line < count) {
      // The last lines are spread over all lanes.
      int most = (int) Math.min(LENGTH, left / LANES + 1);
      int steps = 0;
      for (int lane = 0; lane < lineOf.length; lane++) {
        int first = lane * LENGTH;
        int at = first;
        lineOf[lane] = line;
        while (line < count && at < first + most) {
          int length = to[line] - from[line];
          if (length >= LENGTH) {
            suspects[line] = dfa.isSuspect(text, from[line], to[line]);
          } else if (at + length < first + LENGTH) {
            System.arraycopy(text, from[line], joined, at, length);
            at += length;
            joined[at++] = '\n';
          } else {
            break;
          }
          left -= length + 1;
          ends[line++] = at - 1;
        }
        lineTo[lane] = line;
        filled[lane] = at - first;
        steps = Math.max(steps, at - first);
      }
      walk((steps + BLOCK - 1) / BLOCK * BLOCK, suspects);
    }
  }

  private void walk(int steps, boolean[] suspects) {
    for (int lane = 0; lane < filled.length; lane++) {
      int first = lane * LENGTH;
      Arrays.fill(joined, first + filled[lane], first + steps, (byte) ' ');
      before[lane] = START;
    }
    int at = 0;
    while (at < steps) {
      at = walk(table, joined, before, after, at, steps);
      if (at < steps) {
        for (int lane = 0; lane < after.length; lane++) {
          before[lane] = after[lane] == STOP ? again(lane, at, suspects) : after[lane];
        }
        at += BLOCK;
      }
    }
  }

  /**
   * Walks all lanes from place {@code from} to {@code to}, or until one comes to a stop: a method
   * of its own without calls, so that the compiler keeps all of it in registers.
   *
   * @param before the rows of the lanes, and then those before the block that holds the place
   * @param after is given the rows behind it
   * @return where that block begins, or {@code to}
   */
  private static int walk(char[] table, byte[] text, int[] before, int[] after, int from, int to) {
    int row0 = before[0];
    int row1 = before[1];
    int row2 = before[2];
    int row3 = before[3];
    int row4 = before[4];
    int row5 = before[5];
    int row6 = before[6];
    for (int block = from; block < to; block += BLOCK) {
      for (int at = block; at < block + BLOCK; at++) {
        row0 = table[row0 * COLUMNS | (text[at] & 0xff)];
        row1 = table[row1 * COLUMNS | (text[LENGTH + at] & 0xff)];
        row2 = table[row2 * COLUMNS | (text[2 * LENGTH + at] & 0xff)];
        row3 = table[row3 * COLUMNS | (text[3 * LENGTH + at] & 0xff)];
        row4 = table[row4 * COLUMNS | (text[4 * LENGTH + at] & 0xff)];
        row5 = table[row5 * COLUMNS | (text[5 * LENGTH + at] & 0xff)];
        row6 = table[row6 * COLUMNS | (text[6 * LENGTH + at] & 0xff)];
      }
      boolean stopped =
          row0 == STOP
              || row1 == STOP
              || row2 == STOP
              || row3 == STOP
              || row4 == STOP
              || row5 == STOP
              || row6 == STOP;
      int[] rows = stopped ? after : before;
      rows[0] = row0;
      rows[1] = row1;
      rows[2] = row2;
      rows[3] = row3;
      rows[4] = row4;
      rows[5] = row5;
      rows[6] = row6;
      if (stopped) {
        return block;
      }
    }
    return to;
  }

  /** Walks a lane through a block in which it stopped; its row behind it. */
  private int again(int lane, int block, boolean[] suspects) {
    int row = before[lane];
    int from = lane * LENGTH + block;
    for (int at = from; at < from + BLOCK; at++) {
      int next = table[row * COLUMNS + (joined[at] & 0xff)];
      row = next == STOP ? goOn(lane, row, at, suspects) : next;
    }
    return row;
  }

  /** The row that comes after {@code row}, where a lane had to stop. */
  private int goOn(int lane, int row, int at, boolean[] suspects) {
    int b = joined[at] & 0xff;
    int next = dfa.next(stateOf[row], b);
    if (next > 0) {
      // Asked first, since it may make another table.
      int after = row(next);
      table[row * COLUMNS + b] = (char) after;
      return after;
    }
    int line = lineOf[lane];
    while (line < lineTo[lane] && ends[line] < at) {
      line++;
    }
    if (line < lineTo[lane]) {
      suspects[line] = true;
    }
    lineOf[lane] = line;
    return b == '\n' ? START : PASS;
  }

  // ---- the table --------------------------------------------------------------------------------

  /** The row of state {@code number}. */
  private int row(int number) {
    if (number >= rows.length) {
      rows = Arrays.copyOf(rows, number + number / 2 + 1);
    }
    if (rows[number] == 0) {
      rows[number] = size;
      add();
      stateOf[rows[number]] = number;
    }
    return rows[number];
  }

  /** Adds a row of stops. */
  private void add() {
    if (size == stateOf.length) {
      stateOf = Arrays.copyOf(stateOf, size + size / 2 + 64);
      table = Arrays.copyOf(table, stateOf.length * COLUMNS);
    }
    size++;
  }
}
