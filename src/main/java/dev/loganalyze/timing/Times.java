package dev.loganalyze.timing;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.timing.Clocks.ClockStep;
import dev.loganalyze.timing.Clocks.Zero;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * When each entry of a boot happened, by the best clock there is.
 *
 * <p>printk's stamp and a journal's fields are exact. A line without one is placed by its arrival,
 * moved by the offset that the stamped lines show, or between its stamped neighbours. A stamp that
 * lies behind the clock is somebody's quotation ({@code dmesg}) and tells nothing.
 */
final class Times {
  /** Microseconds by which the stamps of two CPUs may be out of order. */
  private static final long CPU_SKEW = 100_000;

  /** By so much printk may go back from one CPU to the next without a word. */
  private static final long UNSTEADY = 1_000;

  /**
   * How far a byte's arrival may lie from when it was written: the recorder and the wire; measured
   * on 63 lines of two boots, p90 52 to 57 ms.
   */
  private static final long WIRE = 57_000;

  /** So many lines suffice to lay the calendar to the boot's clock. */
  private static final int MOST_WALLS = 20_000;

  /** So many steps are told. */
  private static final int MOST_STEPS = 20;

  private final Entries entries;
  private final int first;
  private final int last;
  private final BitSet exact = new BitSet();
  private final Alignment arrivals = new Alignment();
  private final Alignment walls = new Alignment();
  private final List<ClockStep> steps = new ArrayList<>();
  private final int[] before;
  private final int[] after;
  private Zero zero = Zero.NONE;
  private long base;

  /**
   * @param quoted the entries that somebody printed out of a log, whose stamps are of another time
   */
  Times(Entries entries, Boot boot, BitSet quoted) {
    this.entries = entries;
    this.first = boot.firstEntry();
    this.last = boot.lastEntry();
    this.before = new int[last - first + 1];
    this.after = new int[last - first + 1];
    stamps(firstOf(boot, Phase.Kind.SESSION), quoted);
    align();
    neighbours();
  }

  /** The first entry of the first phase of {@code kind}, or -1. */
  int firstOf(Boot boot, Phase.Kind kind) {
    for (Phase phase : boot.phases()) {
      if (phase.kind() == kind) {
        return entryAt(phase.firstLine());
      }
    }
    return -1;
  }

  /** The first entry of this boot at or after raw line {@code line}. */
  int entryAt(int line) {
    int low = first;
    int high = last;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.line(middle) < line) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void stamps(int session, BitSet printed) {
    long clock = Entry.NO_TIME;
    long previous = Entry.NO_TIME;
    for (int i = first; i <= last; i++) {
      long micros = entries.micros(i);
      boolean quoted = printed.get(i) || (session >= 0 && i >= session && clock == Entry.NO_TIME);
      if (micros == Entry.NO_TIME || quoted) {
        continue;
      }
      // A journal is in the order of arrival, and its senders' clocks may lie behind.
      if (entries.isJournal() || micros >= clock - CPU_SKEW) {
        exact.set(i);
        if (!entries.isJournal() && previous - micros > UNSTEADY && steps.size() < MOST_STEPS) {
          steps.add(new ClockStep("printk", entries.line(i), micros - previous));
        }
        previous = micros;
        clock = Math.max(clock, micros);
      }
    }
  }

  private void align() {
    int live = live();
    int stride = 1 + (last - first) / MOST_WALLS;
    for (int i = first; i <= last; i++) {
      if (exact.get(i)) {
        if (i > live && entries.arrival(i) != Entry.NO_TIME && !entries.get(i).further()) {
          arrivals.add(i, entries.arrival(i), entries.micros(i));
        }
        if (entries.wall(i) != Entry.NO_TIME && (i - first) % stride == 0) {
          walls.add(i, entries.wall(i), entries.micros(i));
        }
      }
    }
    arrivals.settle();
    walls.settle();
    arrivals.steps().forEach(s -> steps.add(step("arrival", s)));
    walls.steps().forEach(s -> steps.add(step("wall", s)));
    steps.sort(Comparator.comparingInt(ClockStep::line));
    if (!exact.isEmpty()) {
      zero = Zero.KERNEL;
      return;
    }
    for (int i = first; i <= last && zero == Zero.NONE; i++) {
      if (entries.arrival(i) != Entry.NO_TIME) {
        zero = Zero.ARRIVAL;
        base = entries.arrival(i);
      } else if (entries.wall(i) != Entry.NO_TIME) {
        zero = Zero.WALL;
        base = entries.wall(i);
      }
    }
  }

  private ClockStep step(String clock, long[] step) {
    return new ClockStep(clock, entries.line((int) step[0]), step[1]);
  }

  /**
   * The last entry that came in the burst with which a console begins: what was said before it
   * registered ({@code printk: console [ttyS0] enabled}) arrived late. The first entry's index less
   * one when there is no such line.
   */
  private int live() {
    long enabled = Entry.NO_TIME;
    int live = first - 1;
    for (int i = first; i <= last; i++) {
      if (entries.origin(i) == Origin.KERNEL && exact.get(i)) {
        if (entries.micros(i) <= enabled) {
          live = i;
        } else if (entries.micros(i) < 60_000_000 && registers(entries.get(i).message())) {
          enabled = entries.micros(i);
          live = i;
        }
      }
    }
    return live;
  }

  private static boolean registers(String message) {
    return message.contains("console [") && message.endsWith("] enabled");
  }

  private void neighbours() {
    int known = -1;
    for (int i = first; i <= last; i++) {
      known = own(i).isKnown() ? i : known;
      before[i - first] = known;
    }
    known = -1;
    for (int i = last; i >= first; i--) {
      known = own(i).isKnown() ? i : known;
      after[i - first] = known;
    }
  }

  /** What entry {@code i} says of itself. */
  private Instant own(int i) {
    if (exact.get(i)) {
      return Instant.exact(entries.micros(i));
    }
    if (entries.arrival(i) != Entry.NO_TIME) {
      return arrived(i, entries.arrival(i));
    }
    if (entries.wall(i) != Entry.NO_TIME && (zero == Zero.WALL || walls.size() > 0)) {
      long at = zero == Zero.WALL ? base : walls.offset(i);
      long resolution = entries.wall(i) % 1_000_000 == 0 ? 1_000_000 : 0;
      long micros = entries.wall(i) - at;
      return resolution == 0
          ? Instant.exact(micros)
          : new Instant(micros, micros, micros + resolution, Certainty.BRACKET);
    }
    return Instant.UNKNOWN;
  }

  /** When a byte about entry {@code i} was written that arrived at {@code arrival}. */
  private Instant arrived(int i, long arrival) {
    if (zero == Zero.ARRIVAL) {
      return Instant.host(arrival - base, WIRE);
    }
    return zero == Zero.KERNEL && arrivals.size() > 0
        ? Instant.host(arrival - arrivals.offset(i), WIRE + arrivals.error())
        : Instant.UNKNOWN;
  }

  /** When entry {@code i} was said. */
  Instant at(int i) {
    Instant own = own(i);
    if (own.isKnown()) {
      return own;
    }
    int earlier = before[i - first];
    int later = after[i - first];
    return earlier < 0 || later < 0
        ? Instant.UNKNOWN
        : Instant.between(
            Math.min(own(earlier).micros(), own(later).micros()),
            Math.max(own(earlier).micros(), own(later).micros()));
  }

  /** When the byte at {@code offset} of the message of entry {@code i} was written. */
  Instant at(int i, int offset) {
    boolean recorded = !exact.get(i) && entries.arrival(i) != Entry.NO_TIME;
    return recorded && offset > 0 ? arrived(i, entries.get(i).arrival(offset)) : at(i);
  }

  /** Whether entry {@code i} has a time of its own. */
  boolean isTimed(int i) {
    return own(i).isKnown();
  }

  /** What times are counted from. */
  Zero zero() {
    return zero;
  }

  /** The clocks of this boot. */
  Clocks clocks() {
    boolean aligned = arrivals.size() > 0;
    long[] epoch = epoch();
    return new Clocks(
        zero,
        aligned ? arrivals.offset(last) : 0,
        arrivals.error(),
        arrivals.size(),
        arrivals.drift(),
        aligned ? hidden() : -1,
        epoch[0],
        epoch[1],
        EPOCH_BY[(int) epoch[2]],
        List.copyOf(steps));
  }

  private static final String[] EPOCH_BY = {"", "journal", "audit", "rtc", "capture"};

  /** When the boot began by the calendar, how sure that is, and an index in EPOCH_BY. */
  private long[] epoch() {
    if (walls.size() > 0) {
      return new long[] {walls.offset(first), walls.error(), 1};
    }
    for (int i = first; i <= last; i++) {
      if (exact.get(i) && entries.origin(i) == Origin.KERNEL) {
        String message = entries.get(i).message();
        int audit = message.indexOf("audit(");
        if (message.startsWith("audit: type=2000") && audit > 0) {
          long at = seconds(message, audit + 6, ':');
          if (at > 0) {
            return new long[] {at - entries.micros(i), 1_000, 2};
          }
        }
        if (message.contains("setting system clock to") && message.endsWith(")")) {
          long at = seconds(message, message.lastIndexOf('(') + 1, ')');
          if (at > 0) {
            return new long[] {at - entries.micros(i), 1_000_000, 3};
          }
        }
      }
    }
    // A recorder that counts from its own start is no calendar.
    boolean calendar = arrivals.size() > 0 && arrivals.offset(last) > 31_536_000_000_000L;
    return calendar
        ? new long[] {arrivals.offset(last), WIRE + arrivals.error(), 4}
        : new long[] {-1, 0, 0};
  }

  private static long seconds(String text, int from, char end) {
    int to = text.indexOf(end, from);
    try {
      return to < 0 || to - from > 20
          ? -1
          : new java.math.BigDecimal(text.substring(from, to)).movePointRight(6).longValue();
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** From the kernel's first sign (its boot stub, else its banner) to the start of its clock. */
  private long hidden() {
    int sign = kernelSign();
    return sign < 0 || entries.arrival(sign) == Entry.NO_TIME
        ? -1
        : Math.max(0, arrivals.offset(sign) - entries.arrival(sign));
  }

  /** The entry in which the kernel, or the stub before it, first shows itself; or -1. */
  int kernelSign() {
    for (int i = first; i <= last; i++) {
      if (entries.shape(i) == Shape.HANDOVER || entries.shape(i) == Shape.KERNEL_BANNER) {
        boolean stub = i > first && entries.line(i - 1) == entries.line(i);
        return stub ? i - 1 : i;
      }
    }
    return -1;
  }
}
