package dev.loganalyze.stamp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One way to write a time before a line; the table is {@code stamps.tsv}.
 *
 * @param kind who writes it
 * @param name what it is called, such as {@code short-iso}; formats of one name may stand in one
 *     file together
 * @param pattern directives as in strptime(3); those of its own are explained in {@code stamps.tsv}
 */
public record StampFormat(Kind kind, String name, String pattern) {

  /** Who writes a stamp, and what follows it. */
  public enum Kind {
    /** A program that recorded the line when it arrived; the line follows. */
    CAPTURE,
    /** journald or a syslog daemon; host, speaker and message follow. */
    JOURNAL,
    /** A syslog daemon after RFC 5424; its header follows. */
    SYSLOG,
    /** dmesg and its kin; a kernel message follows. */
    KERNEL
  }

  /**
   * Whether it tells a time of day; else it counts from the beginning of the boot or the capture.
   */
  public boolean isWall() {
    boolean date = pattern.contains("%d") || pattern.contains("%e");
    return (date && pattern.contains("%H")) || pattern.contains("%s");
  }

  /** Whether it tells hours, of a day or since the beginning. */
  public boolean hasHours() {
    return pattern.contains("%H") || pattern.contains("%s");
  }

  /** Whether the count is the kernel's own clock: seconds or microseconds since the boot began. */
  public boolean isBootClock() {
    return pattern.contains("%k") || pattern.contains("%u");
  }

  /** Whether it tells only the time since the line before. */
  public boolean isDelta() {
    return pattern.contains("<%_%i>");
  }

  /** All formats, in the order of the table. */
  public static List<StampFormat> all() {
    return ALL;
  }

  private static final List<StampFormat> ALL = table();

  /** Lower-case month names of many languages to 1..12. */
  static final Map<String, Integer> MONTHS = months();

  private static List<StampFormat> table() {
    List<StampFormat> formats = new ArrayList<>();
    for (String line : lines("/stamps.tsv")) {
      String[] cells = line.split("\t", -1);
      formats.add(
          new StampFormat(Kind.valueOf(cells[0].toUpperCase(Locale.ROOT)), cells[1], cells[2]));
    }
    return List.copyOf(formats);
  }

  private static Map<String, Integer> months() {
    Map<String, Integer> months = new HashMap<>();
    for (String line : lines("/months.tsv")) {
      String[] names = line.substring(line.indexOf('\t') + 1).split(" ", -1);
      for (int month = 1; month <= 12; month++) {
        months.merge(names[month - 1], month, (a, b) -> a.equals(b) ? a : 0);
      }
    }
    return Map.copyOf(months);
  }

  private static List<String> lines(String resource) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                StampFormat.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      return reader.lines().filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " is part of the program", e);
    }
  }
}
