package dev.loganalyze.timing;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Certainty;
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
  private final BitSet quoted;
  private final BitSet exact = new BitSet();
  private final Alignment arrivals = new Alignment();
  private final Alignment walls = new Alignment();
  private final List<ClockStep> steps = new ArrayList<>();
  private final int[] before;
  private final int[] after;
  private Zero zero = Zero.NONE;

  /** How long the surest anchor may have waited for who recorded it. */
  private long waited = Long.MAX_VALUE;

  private long base;

  /**
   * @param quoted the entries that somebody printed out of a log, whose stamps are of another time
   */
  Times(Entries entries, Boot boot, BitSet quoted) {
    this.entries = entries;
    this.first = boot.firstEntry();
    this.last = boot.lastEntry();
    this.quoted = quoted;
    this.before = new int[last - first + 1];
    this.after = new int[last - first + 1];
    stamps(firstOf(boot, Phase.Kind.SESSION));
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

  private void stamps(int session) {
    long clock = Entry.NO_TIME;
    long previous = Entry.NO_TIME;
    for (int i = first; i <= last; i++) {
      long micros = entries.micros(i);
      boolean late = session >= 0 && i >= session && clock == Entry.NO_TIME;
      if (micros == Entry.NO_TIME || quoted.get(i) || late) {
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
    for (int i = live + 1; i <= last; i++) {
      waited = anchors(i) ? Math.min(waited, waited(i)) : waited;
    }
    for (int i = first; i <= last; i++) {
      if (exact.get(i)) {
        if (i > live && anchors(i) && waited(i) <= Math.max(WIRE, waited)) {
          arrivals.add(i, entries.arrival(i) - waited(i) / 2, entries.micros(i));
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

  /** Whether the stamp of entry {@code i} and its arrival tell of one moment. */
  private boolean anchors(int i) {
    return exact.get(i) && entries.arrival(i) != Entry.NO_TIME && !entries.get(i).further();
  }

  /** How long entry {@code i} may have waited for who recorded it. */
  private long waited(int i) {
    return entries.arrival(i) - entries.earliest(i);
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
      Instant arrived = arrived(i, entries.arrival(i));
      return !arrived.isKnown() || waited(i) <= WIRE
          ? arrived
          : Instant.between(arrived.low() - waited(i), arrived.high());
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

  /**
   * When the kernel's clock began, among times of arrival: all of those may be off by as much as
   * their anchor waited for who recorded it.
   */
  Instant clockStart() {
    return waited <= WIRE || arrivals.size() == 0
        ? Instant.exact(0)
        : Instant.between(-waited / 2, waited / 2);
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

  /** The last entry up to {@code i} that is not blank. */
  int lastSaid(int i) {
    int at = i;
    while (at > first && entries.shape(at) == Shape.BLANK) {
      at--;
    }
    return at;
  }

  /** When the byte at {@code offset} of the message of entry {@code i} was written. */
  Instant at(int i, int offset) {
    boolean recorded = !exact.get(i) && entries.arrival(i) != Entry.NO_TIME;
    return recorded && offset > 0 ? arrived(i, entries.get(i).arrival(offset)) : at(i);
  }

  /** Whether entry {@code i} tells of its moment: it neither says again nor is quoted. */
  boolean isNew(int i) {
    return !entries.repeated(i) && !quoted.get(i);
  }

  /** Whether entry {@code i} has a time of its own. */
  boolean isTimed(int i) {
    return own(i).isKnown();
  }

  /**
   * How long it was at least between two entries that have a time of their own, microseconds: a
   * recorder that was elsewhere makes no pause of the machine's.
   */
  long pause(int from, int to) {
    long between = at(to).micros() - at(from).micros();
    return Math.max(0, between - lateness(from) - lateness(to));
  }

  private long lateness(int i) {
    boolean late = !exact.get(i) && entries.arrival(i) != Entry.NO_TIME && waited(i) > WIRE;
    return late ? waited(i) / 2 : 0;
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
        aligned && waited > WIRE ? arrivals.error() + waited / 2 : arrivals.error(),
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
        int audit = message.startsWith("audit: type=2000") ? message.indexOf("audit(") : -1;
        if (audit > 0) {
          long at = seconds(message, audit + 6, ':');
          if (at > 0) {
            return new long[] {at - entries.micros(i), 1_000, 2};
          }
        }
        if (message.endsWith(")") && message.contains("setting system clock to")) {
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
      Shape shape = entries.shape(i);
      if (isNew(i) && (shape == Shape.HANDOVER || shape == Shape.KERNEL_BANNER)) {
        boolean stub = i > first && entries.line(i - 1) == entries.line(i);
        return stub ? i - 1 : i;
      }
    }
    return -1;
  }
}
