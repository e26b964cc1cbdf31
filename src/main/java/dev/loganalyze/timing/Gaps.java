package dev.loganalyze.timing;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Ended;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds every stretch without progress longer than a second and four times the 95th percentile of
 * the gaps of its phase. A counter, a blank line and a poll that is repeated are no progress.
 */
final class Gaps {
  /** So many of a boot are told, the longest. */
  static final int MOST = 200;

  private static final long SHORTEST = 1_000_000;

  /** So many gaps of a phase tell what is usual in it. */
  private static final int ENOUGH = 20;

  private final Entries entries;
  private final Boot boot;
  private final Times times;
  private final UnitTimes units;

  /**
   * Two things that happened with nothing between them.
   *
   * @param from entry of the one
   * @param to entry of the other
   * @param micros how long it was between them; -1 when that is not known
   * @param open whether the log ends with it
   * @param phase in which it lies
   */
  record Gap(int from, int to, long micros, boolean open, Phase.Kind phase) {}

  private Gaps(Entries entries, Boot boot, Times times, UnitTimes units) {
    this.entries = entries;
    this.boot = boot;
    this.times = times;
    this.units = units;
  }

  /** The gaps of {@code boot}, the longest first. */
  static List<Gap> of(Entries entries, Boot boot, Times times, UnitTimes units) {
    return new Gaps(entries, boot, times, units).find();
  }

  private List<Gap> find() {
    List<Gap> all = new ArrayList<>();
    int phase = 0;
    int before = -1;
    int spun = -1;
    // How many lie before the first lines that were left out: those after it were chosen, and tell
    // no habit.
    int habit = -1;
    for (int i = boot.firstEntry(); i <= boot.lastEntry(); i++) {
      while (phase + 1 < boot.phases().size()
          && boot.phases().get(phase + 1).firstLine() <= entries.line(i)) {
        phase++;
      }
      if (entries.followsOmission(i)) {
        before = -1;
        habit = habit < 0 && i > boot.firstEntry() ? all.size() : habit;
      }
      if (entries.shape(i) == Shape.JOB_RUNNING) {
        spun = i;
      } else if (isProgress(i)) {
        if (before >= 0) {
          all.add(gap(before, i, spun > before, false, phase));
        }
        before = i;
      }
    }
    boolean ends = boot.ended() == Ended.CUT_OFF || boot.ended() == Ended.RUNNING;
    if (before >= 0 && spun > before && ends) {
      all.add(gap(before, spun, true, true, phase));
    }
    long[] least = thresholds(all, habit < 0 ? all.size() : habit);
    all.removeIf(g -> g.micros() >= 0 && g.micros() < least[g.phase().ordinal()] && !g.open());
    // Without a clock only a counter shows that time went by.
    all.removeIf(g -> g.micros() < 0 && !hasSpinner(g));
    all.sort(Comparator.comparingLong((Gap g) -> -g.micros()));
    return all.subList(0, Math.min(MOST, all.size()));
  }

  private Gap gap(int from, int to, boolean spun, boolean open, int phase) {
    boolean timed = times.isTimed(from) && times.isTimed(to);
    long micros = timed ? times.pause(from, to) : -1;
    Phase.Kind kind =
        boot.phases().isEmpty() ? Phase.Kind.USERSPACE : boot.phases().get(phase).kind();
    return new Gap(from, to, spun || timed ? micros : 0, open, kind);
  }

  private boolean isProgress(int i) {
    if (entries.repeated(i)) {
      return false;
    }
    return switch (entries.shape(i)) {
      case BLANK, REMARK, JOB_RUNNING -> false;
      case LOADER, FIRMWARE, FIRMWARE_HANDOVER, LOADER_BANNER ->
          !Waits.counts(entries.get(i).message());
      case INITRD -> !entries.get(i).message().contains("/scripts/local-block ");
      // Between its stamped neighbours nobody knows when a line without a clock came.
      default -> times.isTimed(i) || times.zero() == Clocks.Zero.NONE || unclocked(i);
    };
  }

  /** A job's end is progress even where only the order is known. */
  private boolean unclocked(int i) {
    return units.isEnd(i);
  }

  private boolean hasSpinner(Gap gap) {
    for (int i = gap.from() + 1; i <= gap.to(); i++) {
      if (entries.shape(i) == Shape.JOB_RUNNING) {
        return true;
      }
    }
    return false;
  }

  /**
   * By phase, how long a gap is that counts.
   *
   * @param habit so many of all come first and tell what is usual, where they are enough
   */
  private static long[] thresholds(List<Gap> all, int habit) {
    Lengths[] lengths = new Lengths[Phase.Kind.values().length];
    Arrays.setAll(lengths, i -> new Lengths());
    for (int i = 0; i < all.size(); i++) {
      Gap gap = all.get(i);
      Lengths of = lengths[gap.phase().ordinal()];
      // Where the habit tells enough, the rest does not count.
      if (gap.micros() >= 0 && (i < habit || of.habit < ENOUGH)) {
        of.add(gap.micros(), i < habit);
      }
    }
    long[] least = new long[lengths.length];
    for (int i = 0; i < least.length; i++) {
      least[i] = Math.max(SHORTEST, 4 * lengths[i].usual());
    }
    return least;
  }

  /** How long the gaps of a phase are. */
  private static final class Lengths {
    private long[] micros = new long[64];
    private int count;

    /** So many of them tell the habit. */
    private int habit;

    void add(long length, boolean isHabit) {
      micros = count == micros.length ? Arrays.copyOf(micros, 2 * count) : micros;
      micros[count++] = length;
      habit += isHabit ? 1 : 0;
    }

    long usual() {
      Arrays.sort(micros, 0, count);
      // Few lines tell no habit: their one gap would be its own measure.
      return count < ENOUGH ? 0 : micros[count * 95 / 100];
    }
  }
}
