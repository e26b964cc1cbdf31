package dev.loganalyze.journal;

import java.util.List;

/**
 * One entry of a journal.
 *
 * @param seqnumId whose count {@code seqnum} is; {@link Id128#NULL} when not known
 * @param seqnum position in that count, from 1; 0 when not known
 * @param bootId the boot it was written in; {@link Id128#NULL} when not known
 * @param realtime when journald took it in, microseconds since 1970 UTC; 0 when not known
 * @param monotonic the same moment, microseconds since the boot began
 * @param xorHash of the fields, as stored; 0 when not known
 * @param fields in stored order; names may repeat
 */
public record JournalEntry(
    Id128 seqnumId,
    long seqnum,
    Id128 bootId,
    long realtime,
    long monotonic,
    long xorHash,
    List<Field> fields) {

  /** Times at or above this are not taken as times (systemd {@code VALID_REALTIME}). */
  public static final long TIME_LIMIT = 1L << 55;

  /** The position of this entry, as journalctl prints it and takes it as {@code --cursor}. */
  public String cursor() {
    return "s="
        + seqnumId
        + ";i="
        + Long.toHexString(seqnum)
        + ";b="
        + bootId
        + ";m="
        + Long.toHexString(monotonic)
        + ";t="
        + Long.toHexString(realtime)
        + ";x="
        + Long.toHexString(xorHash);
  }

  /** The first field called {@code name}, or null. */
  public Field first(String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  /** The last field called {@code name}, or null. */
  public Field last(String name) {
    for (int i = fields.size() - 1; i >= 0; i--) {
      if (fields.get(i).name().equals(name)) {
        return fields.get(i);
      }
    }
    return null;
  }

  /** Whether one of the fields called {@code name} has the value {@code text}. */
  public boolean has(String name, String text) {
    for (Field field : fields) {
      if (field.name().equals(name) && field.is(text)) {
        return true;
      }
    }
    return false;
  }

  /**
   * When it was said: what the sender tells in {@code _SOURCE_REALTIME_TIMESTAMP}, else {@link
   * #realtime}. This is the time journalctl prints.
   *
   * @return microseconds since 1970 UTC
   */
  public long sourceRealtime() {
    Field source = last("_SOURCE_REALTIME_TIMESTAMP");
    long micros = source == null ? -1 : source.number();
    return micros > 0 && micros < TIME_LIMIT ? micros : realtime;
  }
}
