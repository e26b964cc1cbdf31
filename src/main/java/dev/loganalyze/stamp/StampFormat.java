package dev.loganalyze.stamp;

import dev.loganalyze.resource.ProgramFile;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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

  /**
   * Whether a stamp may begin with those two bytes; false only if none does.
   *
   * @param second -1 where the line ends
   */
  public boolean mayBegin(byte first, int second) {
    if (pattern.charAt(0) == '%') {
      return mayBegin(pattern.charAt(1), first);
    }
    if (first != pattern.charAt(0) || pattern.length() == 1 || second < 0) {
      return first == pattern.charAt(0);
    }
    return pattern.charAt(1) == '%'
        ? mayBegin(pattern.charAt(2), second)
        : second == pattern.charAt(1);
  }

  private static boolean mayBegin(char directive, int b) {
    return switch (directive) {
      case 'Y', 'm', 'd', 'H', 'M', 'S', 's', 'u' -> isDigit(b);
      case 'e', 'k', 'N' -> isDigit(b) || b == ' ';
      case 'i' -> isDigit(b) || b == '-';
      // In some languages months begin with a number.
      case 'b' -> isLetter(b) || isDigit(b) || b == ' ';
      case 'a', 'P' -> isLetter(b);
      default -> true;
    };
  }

  /** Also what is of a letter beyond ASCII. */
  static boolean isLetter(int b) {
    return b < 0 || b >= 0x80 || Character.isLetter(b);
  }

  static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }

  /** All formats, in the order of the table. */
  public static List<StampFormat> all() {
    return ALL;
  }

  /** Those of one kind and name together, in the order of the table. */
  public static List<List<StampFormat>> families() {
    return FAMILIES;
  }

  /** Those of that kind and name; there are some. */
  public static List<StampFormat> named(Kind kind, String name) {
    return ALL.stream().filter(f -> f.kind() == kind && f.name().equals(name)).toList();
  }

  private static final List<StampFormat> ALL =
      ProgramFile.lines("stamps.tsv").stream().map(StampFormat::of).toList();

  private static final List<List<StampFormat>> FAMILIES =
      List.copyOf(
          ALL.stream()
              .collect(
                  Collectors.groupingBy(
                      format -> format.kind() + format.name(),
                      LinkedHashMap::new,
                      Collectors.toUnmodifiableList()))
              .values());

  private static StampFormat of(String line) {
    String[] cells = line.split("\t", -1);
    return new StampFormat(Kind.valueOf(cells[0].toUpperCase(Locale.ROOT)), cells[1], cells[2]);
  }

  /**
   * 1 to 12 for the name of a month, in lower case, in one of many languages; 0 for other words.
   */
  static int month(String name) {
    return Months.NUMBERS.getOrDefault(name, 0);
  }

  /** Read when they are first asked for: most consoles name no month. */
  private static final class Months {
    static final Map<String, Integer> NUMBERS = numbers();

    private static Map<String, Integer> numbers() {
      Map<String, Integer> numbers = new HashMap<>();
      for (String line : ProgramFile.lines("months.tsv")) {
        String[] names = line.substring(line.indexOf('\t') + 1).split(" ", -1);
        for (int month = 1; month <= 12; month++) {
          // A name that two languages give to two months is none.
          numbers.merge(names[month - 1], month, (a, b) -> a.equals(b) ? a : 0);
        }
      }
      return Map.copyOf(numbers);
    }
  }
}
