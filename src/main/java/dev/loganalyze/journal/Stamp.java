package dev.loganalyze.journal;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How a format tells the time of an entry. For one thread. */
interface Stamp {
  /** The time as ASCII text. */
  String of(JournalEntry entry);

  /** {@code Nov 18 11:06:41}. */
  static Stamp plain(ZoneId zone) {
    return ofMinutes(zone, month().appendPattern(" dd HH:mm:ss"));
  }

  /** {@code Nov 18 11:06:41.500000}. */
  static Stamp precise(ZoneId zone) {
    return formatted(zone, month().appendPattern(" dd HH:mm:ss.SSSSSS"));
  }

  /** {@code 2026-11-18T11:06:41+0000}, as journalctl 252 has it; 255 prints {@code +00:00}. */
  static Stamp iso(ZoneId zone) {
    return ofSeconds(zone, new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd'T'HH:mm:ssxx"));
  }

  /** {@code 2026-11-18T11:06:41.500000+0000}. */
  static Stamp isoPrecise(ZoneId zone) {
    return formatted(
        zone, new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxx"));
  }

  /** {@code Wed 2026-11-18 11:06:41 UTC}. */
  static Stamp full(ZoneId zone) {
    return ofSeconds(zone, zoneName(day().appendPattern(" uuuu-MM-dd HH:mm:ss ")));
  }

  /** {@code Wed 2026-11-18 11:06:41.500000 UTC}. */
  static Stamp fullPrecise(ZoneId zone) {
    return formatted(zone, zoneName(day().appendPattern(" uuuu-MM-dd HH:mm:ss.SSSSSS ")));
  }

  /** {@code 1795000001.500000}: seconds since 1970 UTC. */
  static Stamp unix() {
    return entry -> seconds(entry.sourceRealtime(), 1);
  }

  /**
   * {@code [ 9.600000]}: seconds since the boot began, by the sender's own clock where it told (as
   * journalctl up to 255; later ones print when journald took the entry in).
   */
  static Stamp monotonic() {
    return entry -> {
      Field source = entry.last("_SOURCE_MONOTONIC_TIMESTAMP");
      long micros = source == null ? -1 : source.number();
      return "["
          + seconds(micros >= 0 && micros < JournalEntry.TIME_LIMIT ? micros : entry.monotonic(), 5)
          + "]";
    };
  }

  private static String seconds(long micros, int width) {
    String whole = Long.toString(micros / 1_000_000);
    String parts = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
    return " ".repeat(Math.max(0, width - whole.length())) + whole + "." + parts;
  }

  private static Stamp formatted(ZoneId zone, DateTimeFormatterBuilder builder) {
    DateTimeFormatter formatter = builder.toFormatter(Locale.ROOT).withZone(zone);
    return entry -> {
      long micros = entry.sourceRealtime();
      long second = Math.floorDiv(micros, 1_000_000L);
      return formatter.format(Instant.ofEpochSecond(second, (micros - second * 1_000_000) * 1000));
    };
  }

  /** A stamp that ends with the seconds; what is before them is made once for each minute. */
  private static Stamp ofMinutes(ZoneId zone, DateTimeFormatterBuilder builder) {
    DateTimeFormatter formatter = builder.toFormatter(Locale.ROOT).withZone(zone);
    return new Stamp() {
      private long from = 1;
      private long to;
      private String before;

      @Override
      public String of(JournalEntry entry) {
        long second = Math.floorDiv(entry.sourceRealtime(), 1_000_000L);
        if (second < from || second >= to) {
          String text = formatter.format(Instant.ofEpochSecond(second));
          before = text.substring(0, text.length() - 2);
          from = second - Integer.parseInt(text.substring(text.length() - 2));
          to = from + 60;
        }
        int seconds = (int) (second - from);
        return before + (char) ('0' + seconds / 10) + (char) ('0' + seconds % 10);
      }
    };
  }

  /** A stamp without parts of a second, made once for entries of the same one. */
  private static Stamp ofSeconds(ZoneId zone, DateTimeFormatterBuilder builder) {
    DateTimeFormatter formatter = builder.toFormatter(Locale.ROOT).withZone(zone);
    return new Stamp() {
      private long last = Long.MIN_VALUE;
      private String text;

      @Override
      public String of(JournalEntry entry) {
        long second = Math.floorDiv(entry.sourceRealtime(), 1_000_000L);
        if (second != last) {
          text = formatter.format(Instant.ofEpochSecond(second));
          last = second;
        }
        return text;
      }
    };
  }

  private static DateTimeFormatterBuilder month() {
    String[] names = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    return new DateTimeFormatterBuilder().appendText(ChronoField.MONTH_OF_YEAR, numbered(names));
  }

  private static DateTimeFormatterBuilder day() {
    String[] names = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return new DateTimeFormatterBuilder().appendText(ChronoField.DAY_OF_WEEK, numbered(names));
  }

  private static Map<Long, String> numbered(String[] names) {
    Map<Long, String> numbered = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      numbered.put(i + 1L, names[i]);
    }
    return numbered;
  }

  private static DateTimeFormatterBuilder zoneName(DateTimeFormatterBuilder builder) {
    return builder.appendZoneText(TextStyle.SHORT);
  }
}
