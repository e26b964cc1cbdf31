package dev.loganalyze.excerpt;

import java.util.Arrays;

/** The records of the lines of a chunk whose words have not been looked at, in columns. */
final class Records {
  int count;

  /** Where the words of each begin and end in the chunk. */
  int[] from = new int[1024];

  int[] to = new int[1024];

  /** Which line of the chunk each is of, from 0, and where that begins and ends. */
  int[] line = new int[1024];

  int[] lineFrom = new int[1024];
  int[] lineTo = new int[1024];

  /** Where the line begins that it goes on with, and which one that is; -1 when it is its own. */
  int[] headFrom = new int[1024];

  int[] head = new int[1024];

  /** What is known of each without its words; may be null. */
  Telling[] telling = new Telling[1024];

  /** {@link dev.loganalyze.parse.Shape}, {@link dev.loganalyze.parse.Origin} and level. */
  byte[] shape = new byte[1024];

  byte[] origin = new byte[1024];

  /** -1 where the line tells none. */
  byte[] level = new byte[1024];

  /** Whether something may occur in the words of each. */
  boolean[] suspects = new boolean[1024];

  void clear() {
    count = 0;
  }

  /** Makes room for one more and gives its number. */
  int add() {
    if (count == from.length) {
      int n = 2 * count;
      from = Arrays.copyOf(from, n);
      to = Arrays.copyOf(to, n);
      line = Arrays.copyOf(line, n);
      lineFrom = Arrays.copyOf(lineFrom, n);
      lineTo = Arrays.copyOf(lineTo, n);
      headFrom = Arrays.copyOf(headFrom, n);
      head = Arrays.copyOf(head, n);
      telling = Arrays.copyOf(telling, n);
      shape = Arrays.copyOf(shape, n);
      origin = Arrays.copyOf(origin, n);
      level = Arrays.copyOf(level, n);
      suspects = Arrays.copyOf(suspects, n);
    }
    return count++;
  }
}
