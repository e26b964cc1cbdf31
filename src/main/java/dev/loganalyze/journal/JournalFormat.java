package dev.loganalyze.journal;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The formats of {@code journalctl -o}. */
public enum JournalFormat {
  SHORT,
  SHORT_PRECISE,
  SHORT_ISO,
  SHORT_ISO_PRECISE,
  SHORT_FULL,
  SHORT_UNIX,
  SHORT_MONOTONIC,
  WITH_UNIT,
  VERBOSE,
  CAT,
  EXPORT,
  JSON,
  JSON_PRETTY,
  JSON_SSE,
  JSON_SEQ;

  /** The fields that are read to print an entry as {@link #SHORT}. */
  public static final Set<String> SHORT_FIELDS =
      Set.of(
          "__REALTIME_TIMESTAMP",
          "__MONOTONIC_TIMESTAMP",
          "_BOOT_ID",
          "_COMM",
          "_HOSTNAME",
          "_PID",
          "_SOURCE_REALTIME_TIMESTAMP",
          "MESSAGE",
          "SYSLOG_IDENTIFIER",
          "SYSLOG_PID");

  /** The name as given to {@code -o}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All names, with commas between. */
  public static String words() {
    return Arrays.stream(values()).map(JournalFormat::word).collect(Collectors.joining(", "));
  }

  /** The format called {@code word}, or null. */
  public static JournalFormat of(String word) {
    for (JournalFormat format : values()) {
      if (format.word().equals(word)) {
        return format;
      }
    }
    return null;
  }

  /** Whether it is read by people: journalctl puts lines such as {@code -- Boot … --} in these. */
  public boolean isForPeople() {
    return compareTo(VERBOSE) <= 0;
  }

  /**
   * Prints entries in this format.
   *
   * @param zone for local times
   * @param seqnums whether export and JSON tell {@code __SEQNUM} and {@code __SEQNUM_ID}, as
   *     journalctl does from version 254 on; the cursor tells both in any case
   */
  public JournalWriter writer(ZoneId zone, boolean seqnums) {
    return switch (this) {
      case SHORT -> new ShortWriter(Stamp.plain(zone), false);
      case SHORT_PRECISE -> new ShortWriter(Stamp.precise(zone), false);
      case SHORT_ISO -> new ShortWriter(Stamp.iso(zone), false);
      case SHORT_ISO_PRECISE -> new ShortWriter(Stamp.isoPrecise(zone), false);
      case SHORT_FULL -> new ShortWriter(Stamp.full(zone), false);
      case SHORT_UNIX -> new ShortWriter(Stamp.unix(), false);
      case SHORT_MONOTONIC -> new ShortWriter(Stamp.monotonic(), false);
      case WITH_UNIT -> new ShortWriter(Stamp.full(zone), true);
      case VERBOSE -> new VerboseWriter(zone);
      case CAT -> new CatWriter();
      case EXPORT -> new ExportWriter(seqnums);
      case JSON -> new JsonWriter(JsonWriter.Style.LINES, seqnums);
      case JSON_PRETTY -> new JsonWriter(JsonWriter.Style.PRETTY, seqnums);
      case JSON_SSE -> new JsonWriter(JsonWriter.Style.EVENTS, seqnums);
      case JSON_SEQ -> new JsonWriter(JsonWriter.Style.SEQUENCE, seqnums);
    };
  }
}
