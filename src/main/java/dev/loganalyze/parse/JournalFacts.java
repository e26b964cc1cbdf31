package dev.loganalyze.parse;

import dev.loganalyze.journal.Field;
import dev.loganalyze.journal.Id128;
import dev.loganalyze.journal.JournalEntry;
import java.util.Map;
import java.util.Set;

/**
 * What the fields of a journal entry say of the line that was made of it: they are surer than the
 * words, which change from version to version.
 *
 * @see <a href="https://systemd.io/CATALOG/">Message catalogue</a>; the ids are those of systemd's
 *     {@code src/systemd/sd-messages.h}
 */
public final class JournalFacts {
  /** The fields that this room reads of an entry, besides its times and its boot. */
  public static final Set<String> FIELDS =
      Set.of(
          "JOB_RESULT",
          "MESSAGE_ID",
          "PRIORITY",
          "SYSLOG_FACILITY",
          "UNIT",
          "USER_UNIT",
          "_PID",
          "_SOURCE_BOOTTIME_TIMESTAMP",
          "_SOURCE_MONOTONIC_TIMESTAMP",
          "_SOURCE_REALTIME_TIMESTAMP",
          "_SYSTEMD_UNIT");

  /** SD_MESSAGE_UNIT_FAILED: the result of the job says how. */
  private static final String JOB_ENDED_BADLY = "be02cf6855d2428ba40df7e9d022f03d";

  private static final Map<String, Shape> SHAPES =
      Map.ofEntries(
          Map.entry("7d4958e842da4a758f6c1cdc7b36dcc5", Shape.JOB_STARTING),
          Map.entry("39f53479d3a045ac8e11786248231fbf", Shape.JOB_DONE),
          Map.entry("de5b426a63be47a7b6ac3eaac82e2f6f", Shape.JOB_STOPPING),
          Map.entry("9d1aaa27d60140bd96365438aad20286", Shape.JOB_STOPPING),
          Map.entry("98e322203f7a4ed290d09fe03c09fe15", Shape.UNIT_MESSAGE),
          Map.entry("d9b373ed55a64feb8242e02dbe79a49c", Shape.UNIT_MESSAGE),
          Map.entry("7ad2d189f7e94e70a38c781354912448", Shape.UNIT_MESSAGE),
          Map.entry("5eb03494b6584870a536b337290809b3", Shape.UNIT_MESSAGE),
          Map.entry("641257651c1b4ec9a8624d7a40a9e1e7", Shape.UNIT_MESSAGE),
          Map.entry("0e4284a0caca4bfc81c0bb6786972673", Shape.JOB_SKIPPED),
          Map.entry("b07a249cd024414a82dd00cd181378ff", Shape.STARTUP_FINISHED),
          Map.entry("98268866d1d54a499c4e98921d93bc40", Shape.SHUTDOWN),
          Map.entry("8d45620c1a4348dbb17410da57c60c66", Shape.SESSION_OPENED));

  private static final Map<String, Shape> RESULTS =
      Map.of(
          "failed", Shape.JOB_FAILED,
          "timeout", Shape.JOB_TIMEOUT,
          "dependency", Shape.JOB_DEPENDENCY,
          "assert", Shape.JOB_REFUSED,
          "unsupported", Shape.JOB_REFUSED,
          "once", Shape.JOB_REFUSED,
          "skipped", Shape.JOB_SKIPPED,
          "canceled", Shape.TEXT);

  private JournalFacts() {}

  /** Writes what the fields of its journal entry say into entry {@code i}, where it has one. */
  @SuppressWarnings("ReferenceEquality") // The lines of one entry share it; equal ones do not.
  static void apply(Entries entries, int i) {
    JournalEntry record = entries.record(i);
    if (record == null) {
      return;
    }
    entries.wall[i] = record.sourceRealtime();
    entries.micros[i] = bootTime(record);
    JournalEntry before = i == 0 ? null : entries.record(i - 1);
    if (before == record) {
      return;
    }
    if (beginsBoot(before, record)) {
      entries.flags[i] |= Entries.BEGINS_BOOT;
    }
    String unit = unit(record);
    if (!unit.isEmpty() && entries.origin(i) != Origin.KERNEL) {
      entries.name(i, unit);
    }
    Shape shape = surer(shape(record, unit), entries.shape(i));
    entries.shape[i] = (byte) shape.ordinal();
  }

  /** Whether another boot begins with {@code record}; {@code before} may be null. */
  public static boolean beginsBoot(JournalEntry before, JournalEntry record) {
    Id128 boot = record.bootId();
    return before != null && !boot.isNull() && !boot.equals(before.bootId());
  }

  /** What sort of sentence the fields of {@code record} say that it is; null when they do not. */
  public static Shape shape(JournalEntry record) {
    return record.last("MESSAGE_ID") == null ? null : shape(record, unit(record));
  }

  /**
   * What sort of sentence an entry is.
   *
   * @param fields what its fields say; null when they do not
   * @param words what its words are
   */
  public static Shape surer(Shape fields, Shape words) {
    // A job whose condition was not met is done, too; only the words say that nothing was started.
    boolean skipped = fields == Shape.JOB_DONE && words == Shape.JOB_SKIPPED;
    return fields == null || skipped ? words : fields;
  }

  private static Shape shape(JournalEntry record, String unit) {
    String id = text(record, "MESSAGE_ID");
    if (!id.equals(JOB_ENDED_BADLY)) {
      return SHAPES.get(id);
    }
    Shape shape = RESULTS.get(text(record, "JOB_RESULT"));
    return shape == Shape.JOB_TIMEOUT && unit.endsWith(".device") ? Shape.DEVICE_TIMEOUT : shape;
  }

  /** What PID 1 speaks of, else the unit of the process that spoke. */
  private static String unit(JournalEntry record) {
    String unit = text(record, "UNIT");
    if (unit.isEmpty()) {
      unit = text(record, "USER_UNIT");
    }
    boolean manager = text(record, "_PID").equals("1");
    return unit.isEmpty() && !manager ? text(record, "_SYSTEMD_UNIT") : unit;
  }

  /**
   * Microseconds since the boot began: the kernel's own stamp, in its field since systemd 256 and
   * in the older one before, else when the sender's or journald's clock read.
   */
  private static long bootTime(JournalEntry record) {
    for (String name : new String[] {"_SOURCE_BOOTTIME_TIMESTAMP", "_SOURCE_MONOTONIC_TIMESTAMP"}) {
      Field field = record.last(name);
      long micros = field == null ? -1 : field.number();
      if (micros >= 0 && micros < JournalEntry.TIME_LIMIT) {
        return micros;
      }
    }
    return record.monotonic();
  }

  private static String text(JournalEntry record, String name) {
    Field field = record.last(name);
    return field == null ? "" : field.text();
  }
}
