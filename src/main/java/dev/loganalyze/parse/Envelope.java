package dev.loganalyze.parse;

import dev.loganalyze.stamp.StampFormat;
import dev.loganalyze.stamp.StampFormat.Kind;
import dev.loganalyze.stamp.StampReader;
import dev.loganalyze.terminal.ConsoleText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before every line of one log: prefixes of programs that recorded it, then the stamp
 * of a journal, a syslog daemon or dmesg. A console's own lines have neither.
 *
 * <p>Told by the majority of the first lines, since one line proves nothing: {@code [ 9.6] vm
 * systemd[1]: x} is a line of a journal where most lines are, and a kernel's elsewhere.
 */
final class Envelope {
  private static final byte[] KERNEL = " kernel: ".getBytes(StandardCharsets.US_ASCII);

  /** So many lines tell. */
  private static final int SAMPLE = 200;

  /** Prefixes inside prefixes; a CI job that records a recorder. */
  private static final int MAX_NESTED = 4;

  /** A count of seconds as large as this is a kernel's stamp, not a capture's. */
  private static final long MAX_CAPTURE = 10_000_000_000L;

  /** The prefixes, outermost first; each has the formats that go by one name. */
  private final List<List<StampReader>> captures;

  /** The stamps of the log itself; empty for a console. */
  private final List<StampReader> own;

  private Envelope(List<List<StampReader>> captures, List<StampReader> own) {
    this.captures = captures;
    this.own = own;
  }

  /** What journalctl prints by default. */
  static Envelope journal() {
    return new Envelope(List.of(), readers(Kind.JOURNAL, "short"));
  }

  /** What stands before the lines of {@code console}. */
  static Envelope of(ConsoleText console) {
    int[] starts = sample(console);
    List<List<StampReader>> captures = new ArrayList<>();
    List<StampReader> own = List.of();
    while (own.isEmpty() && captures.size() < MAX_NESTED) {
      List<StampReader> readers = mostCommon(console, starts);
      if (readers.isEmpty()) {
        break;
      }
      if (readers.get(0).format().kind() == Kind.CAPTURE) {
        captures.add(readers);
        peel(console, starts, readers);
      } else {
        own = readers;
      }
    }
    return new Envelope(captures, own);
  }

  private static List<StampReader> readers(Kind kind, String name) {
    return StampFormat.all().stream()
        .filter(f -> f.kind() == kind && f.name().equals(name))
        .map(StampReader::new)
        .toList();
  }

  /** Where the first lines begin, by number of the plain line; -1 for those that do not count. */
  private static int[] sample(ConsoleText console) {
    int[] starts = new int[Math.min(console.size(), 4 * SAMPLE)];
    int taken = 0;
    for (int i = 0; i < starts.length; i++) {
      boolean counts = taken < SAMPLE && console.to(i) > console.from(i) && isFirst(console, i);
      starts[i] = counts ? console.from(i) : -1;
      taken += counts ? 1 : 0;
    }
    return starts;
  }

  private static boolean isFirst(ConsoleText console, int i) {
    return i == 0 || console.rawLine(i) != console.rawLine(i - 1);
  }

  private static void peel(ConsoleText console, int[] starts, List<StampReader> readers) {
    for (int i = 0; i < starts.length; i++) {
      StampReader hit =
          starts[i] < 0 ? null : first(readers, console.buffer(), starts[i], console.to(i));
      starts[i] = hit == null || hit.end() >= console.to(i) ? -1 : hit.end();
    }
  }

  /** The formats of the name that most lines have, if more than half have it. */
  private static List<StampReader> mostCommon(ConsoleText console, int[] starts) {
    Map<String, List<StampReader>> byName = new LinkedHashMap<>();
    for (StampFormat format : StampFormat.all()) {
      byName
          .computeIfAbsent(format.kind() + format.name(), n -> new ArrayList<>())
          .add(new StampReader(format));
    }
    List<StampReader> best = List.of();
    int most = 0;
    for (List<StampReader> readers : byName.values()) {
      int count = count(console, starts, readers);
      if (count > most) {
        most = count;
        best = readers;
      }
    }
    int lines = 0;
    for (int i = 0; i < starts.length; i++) {
      lines += starts[i] >= 0 && !isAddition(console.buffer(), starts[i], console.to(i)) ? 1 : 0;
    }
    return 2 * most > lines ? best : List.of();
  }

  private static int count(ConsoleText console, int[] starts, List<StampReader> readers) {
    byte[] buffer = console.buffer();
    Kind kind = readers.get(0).format().kind();
    Map<String, Integer> hosts = new HashMap<>();
    boolean ambiguous = readers.get(0).format().pattern().startsWith("[%k");
    boolean processes = !ambiguous;
    int count = 0;
    for (int i = 0; i < starts.length; i++) {
      StampReader hit = starts[i] < 0 ? null : first(readers, buffer, starts[i], console.to(i));
      if (hit == null) {
        continue;
      }
      if (kind == Kind.JOURNAL) {
        String host = host(buffer, hit.end(), console.to(i));
        // What speaks in a kernel line ends with a colon: `usb 1-1:`, `systemd[1]:`.
        host = ambiguous && host.endsWith(":") ? "" : host;
        hosts.merge(host, 1, Integer::sum);
        processes |= !host.isEmpty() && isProcess(buffer, hit.end() + host.length(), console.to(i));
      } else if (kind != Kind.CAPTURE || hit.format().isWall() || hit.micros() < MAX_CAPTURE) {
        count++;
      }
    }
    // A journal is that of one machine; the second word of a console's lines changes. A kernel's
    // own
    // stamp looks like that of short-monotonic, and a kernel has no processes.
    hosts.remove("");
    int most = hosts.values().stream().max(Integer::compare).orElse(count);
    return processes || kind != Kind.JOURNAL ? most : 0;
  }

  /** Whether {@code kernel: } or {@code ident[pid]: } stands at {@code from}. */
  private static boolean isProcess(byte[] buffer, int from, int to) {
    int end = from + 1;
    while (end < to && buffer[end] != ' ') {
      end++;
    }
    return buffer[end - 2] == ']' || LineParser.startsWith(buffer, from, to, KERNEL);
  }

  private static StampReader first(List<StampReader> readers, byte[] buffer, int from, int to) {
    for (StampReader reader : readers) {
      if (reader.read(buffer, from, to)) {
        return reader;
      }
    }
    return null;
  }

  /** The host of {@code host ident[pid]: text}, or empty. */
  private static String host(byte[] buffer, int from, int to) {
    int blank = from;
    while (blank < to && buffer[blank] != ' ') {
      blank++;
    }
    int colon = blank + 1;
    while (colon < to && colon - blank < 100 && buffer[colon] != ' ') {
      colon++;
    }
    boolean speaks = blank > from && colon > blank + 2 && colon <= to && buffer[colon - 1] == ':';
    return speaks ? new String(buffer, from, blank - from, StandardCharsets.UTF_8) : "";
  }

  /** A further line of a message, or what journalctl adds to explain one. */
  private static boolean isAddition(byte[] buffer, int from, int to) {
    return LineParser.startsWith(buffer, from, to, LineParser.FURTHER)
        || LineParser.startsWith(buffer, from, to, LineParser.EXPLAINED)
        || LineParser.startsWith(buffer, from, to, LineParser.REMARK);
  }

  /** Whether the lines are those of a journal or a syslog file. */
  boolean isJournal() {
    return !own.isEmpty() && own.get(0).format().kind() != Kind.KERNEL;
  }

  /** Whether the lines have a stamp of their own, and nobody's prefix before it. */
  boolean isOwn() {
    return captures.isEmpty() && !own.isEmpty();
  }

  /** The name of the formats, outermost first, as in {@code ts, short-iso}; empty for a console. */
  String name() {
    List<String> names = new ArrayList<>();
    captures.forEach(c -> names.add(c.get(0).format().name()));
    if (!own.isEmpty()) {
      names.add(own.get(0).format().name());
    }
    return String.join(", ", names);
  }

  // ---- reading one line -------------------------------------------------------------------------

  /** Where what the line says begins, after {@link #read}. */
  int end;

  /** The outermost prefix that was read and tells a time, or null. */
  StampReader arrival;

  /** The log's own stamp that was read, or null. */
  StampReader stamp;

  /** Reads what stands before the line {@code buffer[from, to)}. */
  void read(byte[] buffer, int from, int to) {
    end = from;
    arrival = null;
    stamp = null;
    for (List<StampReader> capture : captures) {
      StampReader hit = first(capture, buffer, end, to);
      if (hit != null) {
        arrival = arrival == null ? hit : arrival;
        end = hit.end();
      }
    }
    if (!own.isEmpty()) {
      stamp = first(own, buffer, end, to);
      end = stamp == null ? end : stamp.end();
    }
  }
}
