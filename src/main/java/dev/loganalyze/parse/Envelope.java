package dev.loganalyze.parse;

import dev.loganalyze.stamp.StampFormat;
import dev.loganalyze.stamp.StampFormat.Kind;
import dev.loganalyze.stamp.StampReader;
import dev.loganalyze.terminal.ConsoleText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands before every line of one log: prefixes of programs that recorded it, then the stamp
 * of a journal, a syslog daemon or dmesg. A console's own lines have neither.
 *
 * <p>Told by the first lines, since one line proves nothing: {@code [ 9.6] vm systemd[1]: x} is a
 * line of a journal where most lines are, and a kernel's elsewhere. More than half of them must
 * have a recorder's prefix, more than three quarters the stamp of the log itself.
 */
final class Envelope {
  private static final byte[] KERNEL = "kernel:".getBytes(StandardCharsets.US_ASCII);

  /** So many lines tell. */
  private static final int SAMPLE = 200;

  /** Prefixes inside prefixes; a CI job that records a recorder. */
  private static final int MAX_NESTED = 4;

  /** A count of seconds as large as this is a kernel's stamp, not a capture's. */
  private static final long MAX_CAPTURE = 10_000_000_000L;

  /** The prefixes, outermost first; each has the formats that go by one name. */
  private final List<List<StampReader>> captures;

  /** What stands before each line behind the prefixes; null where nothing does. */
  private final Label label;

  /** The stamps of the log itself; empty for a console. */
  private final List<StampReader> own;

  /** No host stands after the stamp: {@code journalctl --no-hostname}. */
  private final boolean hostless;

  private Envelope(
      List<List<StampReader>> captures, Label label, List<StampReader> own, boolean hostless) {
    this.captures = captures;
    this.label = label;
    this.own = own;
    this.hostless = hostless;
  }

  /** What journalctl prints by default. */
  static Envelope journal() {
    return new Envelope(List.of(), null, readers(StampFormat.named(Kind.JOURNAL, "short")), false);
  }

  /** What stands before the lines of {@code console}. */
  static Envelope of(ConsoleText console) {
    return of(console, true);
  }

  /** The same for what a harness wrote, whose own words before those of a machine are no label. */
  static Envelope ofHarness(ConsoleText console) {
    return of(console, false);
  }

  private static Envelope of(ConsoleText console, boolean labelled) {
    int[] starts = sample(console);
    List<List<StampReader>> captures = new ArrayList<>();
    while (captures.size() < MAX_NESTED) {
      Candidate best = mostCommon(console, starts);
      if (best == null) {
        break;
      }
      peel(console, starts, best.readers);
      if (best.kind() != Kind.CAPTURE) {
        Label recorder = best.kind() == Kind.JOURNAL ? Label.ofRecorder(console, starts) : null;
        if (recorder == null) {
          return new Envelope(captures, null, best.readers, best.hostless);
        }
        captures.add(best.readers);
        return new Envelope(captures, recorder, List.of(), false);
      }
      captures.add(best.readers);
    }
    Label label = labelled ? Label.of(console, starts) : null;
    return new Envelope(captures, label, List.of(), false);
  }

  private static List<StampReader> readers(List<StampFormat> formats) {
    return formats.stream().map(StampReader::new).toList();
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

  /** The formats of the name that most lines have, if enough have it; else null. */
  private static Candidate mostCommon(ConsoleText console, int[] starts) {
    boolean[] additions = new boolean[starts.length];
    int[] beginnings = new int[starts.length];
    int lines = 0;
    int added = 0;
    for (int i = 0; i < starts.length; i++) {
      additions[i] = starts[i] >= 0 && isAddition(console.buffer(), starts[i], console.to(i));
      added += additions[i] ? 1 : 0;
      if (starts[i] >= 0 && !additions[i]) {
        beginnings[lines++] = beginning(console.buffer(), starts[i], console.to(i));
      }
    }
    // So that those that are alike are asked once.
    Arrays.sort(beginnings, 0, lines);
    // With so many misses, half of the lines cannot be reached.
    int mostMisses = (lines + 1) / 2 + added;
    Candidate best = null;
    for (List<StampFormat> formats : StampFormat.families()) {
      if (lines - mostOf(formats, beginnings, lines) < mostMisses) {
        Candidate candidate = new Candidate(readers(formats));
        candidate.count(console, starts, additions, mostMisses);
        if (best == null || candidate.count > best.count) {
          best = candidate;
        }
      }
    }
    if (best == null) {
      return null;
    }
    // A recorder's prefix may stand before every second line only, where others write into its log.
    // A journal is a journal throughout: a console on which one was printed is none.
    boolean most =
        best.kind() == Kind.CAPTURE ? 2 * best.count > lines : 4 * best.count > 3 * lines;
    return best.count > 0 && most ? best : null;
  }

  /** The first two bytes of a line that is not empty. */
  private static int beginning(byte[] buffer, int from, int to) {
    return buffer[from] << 16 | (to - from > 1 ? buffer[from + 1] & 0xff : 0xffff);
  }

  /** How many of {@code lines} lines, in the order of their beginnings, may have such a stamp. */
  private static int mostOf(List<StampFormat> formats, int[] beginnings, int lines) {
    int most = 0;
    boolean may = false;
    for (int i = 0; i < lines; i++) {
      if (i == 0 || beginnings[i] != beginnings[i - 1]) {
        may = mayBegin(formats, (byte) (beginnings[i] >> 16), (short) beginnings[i]);
      }
      most += may ? 1 : 0;
    }
    return most;
  }

  private static boolean mayBegin(List<StampFormat> formats, byte first, int second) {
    for (StampFormat format : formats) {
      if (format.mayBegin(first, second)) {
        return true;
      }
    }
    return false;
  }

  /** Formats of one name, and how many of the first lines they fit. */
  private static final class Candidate {
    final List<StampReader> readers;
    boolean hostless;
    int count;

    Candidate(List<StampReader> readers) {
      this.readers = readers;
    }

    Kind kind() {
      return readers.get(0).format().kind();
    }

    /** Counts, but not on after so many misses. */
    void count(ConsoleText console, int[] starts, boolean[] additions, int mostMisses) {
      Speakers speakers = new Speakers();
      int misses = 0;
      for (int i = 0; i < starts.length && misses < mostMisses; i++) {
        StampReader hit =
            starts[i] < 0 ? null : first(readers, console.buffer(), starts[i], console.to(i));
        if (hit == null) {
          misses += starts[i] >= 0 && !additions[i] ? 1 : 0;
          continue;
        }
        if (kind() == Kind.JOURNAL) {
          speakers.add(console.buffer(), hit.end(), console.to(i));
        } else if (kind() != Kind.CAPTURE
            || hit.format().hasHours()
            || hit.micros() < MAX_CAPTURE) {
          count++;
        }
      }
      if (kind() == Kind.JOURNAL) {
        // A kernel's own stamp looks like that of short-monotonic.
        boolean ambiguous = readers.get(0).format().isBootClock();
        int named = speakers.named(ambiguous);
        int bare = speakers.bare(ambiguous);
        hostless = bare > named;
        count = Math.max(named, bare);
      }
    }
  }

  /**
   * Who speaks after a journal's stamp: {@code host ident[pid]: text}, or the same without a host.
   * A journal is that of one machine, while the second word of a console's lines changes; and of
   * those who speak in a journal, most have a process id or are the kernel.
   */
  private static final class Speakers {
    private final Map<String, Integer> hosts = new HashMap<>();
    private boolean processes;
    private int bare;
    private int bareProcesses;
    private boolean bareKernel;

    void add(byte[] buffer, int from, int to) {
      int first = wordEnd(buffer, from, to);
      if (isProcess(buffer, from, first)) {
        bareProcesses++;
        bareKernel |= isKernel(buffer, from, first);
      } else if (first < to) {
        int speaker = first + 1;
        int end = wordEnd(buffer, speaker, to);
        if (isSelector(buffer, speaker, end)) {
          speaker = Math.min(to, end + 1);
          end = wordEnd(buffer, speaker, to);
        }
        if (isSpeaker(buffer, speaker, end)) {
          String host = new String(buffer, from, first - from, StandardCharsets.UTF_8);
          hosts.merge(host, 1, Integer::sum);
          processes |= isProcess(buffer, speaker, end);
        }
      }
      bare += isSpeaker(buffer, from, first) ? 1 : 0;
    }

    /** How many lines name the host that most name. */
    int named(boolean ambiguous) {
      int most = 0;
      for (Map.Entry<String, Integer> host : hosts.entrySet()) {
        // What speaks in a kernel's line ends with a colon, such as `usb 1-1:`.
        if (!ambiguous || (processes && !host.getKey().endsWith(":"))) {
          most = Math.max(most, host.getValue());
        }
      }
      return most;
    }

    /** How many lines begin with who speaks. */
    int bare(boolean ambiguous) {
      // A kernel prints what processes write to /dev/kmsg, but does not say that it is the kernel.
      return 2 * bareProcesses > bare && (!ambiguous || bareKernel) ? bare : 0;
    }

    private static int wordEnd(byte[] buffer, int from, int to) {
      int end = from;
      while (end < to && buffer[end] != ' ') {
        end++;
      }
      return end;
    }

    /** {@code daemon.info}: BusyBox says between host and speaker what a line weighs. */
    private static boolean isSelector(byte[] buffer, int from, int to) {
      String word = new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
      return word.indexOf('.') > 0
          && Level.called(word.substring(word.lastIndexOf('.') + 1)) != null;
    }

    private static boolean isSpeaker(byte[] buffer, int from, int to) {
      return to - from > 1 && to - from < 256 && buffer[to - 1] == ':';
    }

    private static boolean isProcess(byte[] buffer, int from, int to) {
      return isSpeaker(buffer, from, to) && (buffer[to - 2] == ']' || isKernel(buffer, from, to));
    }

    private static boolean isKernel(byte[] buffer, int from, int to) {
      return Arrays.equals(buffer, from, to, KERNEL, 0, KERNEL.length);
    }
  }

  private static StampReader first(List<StampReader> readers, byte[] buffer, int from, int to) {
    for (StampReader reader : readers) {
      if (reader.read(buffer, from, to)) {
        return reader;
      }
    }
    return null;
  }

  /** A further line of a message, or what journalctl adds to explain one. */
  private static boolean isAddition(byte[] buffer, int from, int to) {
    return LineParser.startsWith(buffer, from, to, LineParser.FURTHER)
        || LineParser.startsWith(buffer, from, to, LineParser.EXPLAINED)
        || LineParser.startsWith(buffer, from, to, LineParser.REMARK)
        || isProperty(buffer, from, to);
  }

  /** {@code SUBSYSTEM=pci}: what stands below a record of {@code /dev/kmsg}. */
  static boolean isProperty(byte[] buffer, int from, int to) {
    int at = from + 1;
    while (at < to && ((buffer[at] >= 'A' && buffer[at] <= 'Z') || buffer[at] == '_')) {
      at++;
    }
    return at > from + 1 && at < to && buffer[from] == ' ' && buffer[at] == '=';
  }

  /** Who stamped the lines of the log itself; null where nobody did. */
  Kind kind() {
    return own.isEmpty() ? null : own.get(0).format().kind();
  }

  /** Whether the lines are those of a journal or a syslog file. */
  boolean isJournal() {
    return kind() != null && kind() != Kind.KERNEL;
  }

  /** Whether no host stands after the stamp. */
  boolean isHostless() {
    return hostless;
  }

  /** Whether the lines are records of {@code /dev/kmsg}. */
  boolean isKmsg() {
    return !own.isEmpty() && own.get(0).format().name().equals("kmsg");
  }

  /** Whether the stamps tell the time since the line before. */
  boolean countsUp() {
    return !own.isEmpty() && own.stream().anyMatch(reader -> reader.format().isDelta());
  }

  /** Whether the lines have a stamp of their own. */
  boolean hasStamps() {
    return !own.isEmpty();
  }

  /** Whether the lines have a stamp of their own, and nobody's prefix before it. */
  boolean isOwn() {
    return captures.isEmpty() && label == null && !own.isEmpty();
  }

  /** The name of the formats, outermost first, as in {@code ts, short-iso}; empty for a console. */
  String name() {
    List<String> names = new ArrayList<>();
    captures.forEach(c -> names.add(c.get(0).format().name()));
    if (label != null) {
      names.add("label");
    }
    if (!own.isEmpty()) {
      names.add(own.get(0).format().name());
    }
    return String.join(", ", names);
  }

  // ---- reading one line -------------------------------------------------------------------------

  /** Where the line itself begins, without the prefixes of those who recorded it. */
  int begin;

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
    if (label != null) {
      end = label.end(buffer, end, to);
    }
    begin = end;
    if (!own.isEmpty()) {
      stamp = first(own, buffer, end, to);
      end = stamp == null ? end : stamp.end();
    }
  }
}
