package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineLexer;
import dev.loganalyze.terminal.ConsoleText;
import dev.loganalyze.terminal.Mark;
import dev.loganalyze.terminal.Terminal;
import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The door to the grammar {@code LogLine}: plain lines to entries.
 *
 * <p>The tree of a line is a function of its token types alone, so the parser runs once for each
 * sequence of types (a few hundred in a log of millions of lines) and its answer is kept as a
 * {@link Plan}.
 */
public final class LineParser {
  /** What journalctl puts before a further line of a message, at the least. */
  static final byte[] FURTHER = "          ".getBytes(StandardCharsets.US_ASCII);

  /** What journalctl -x puts before a line of the message catalogue. */
  static final byte[] EXPLAINED = "\u2591\u2591".getBytes(StandardCharsets.UTF_8);

  /** What journalctl puts before a remark of its own. */
  static final byte[] REMARK = "-- ".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] BOOT = "-- Boot ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NCFRAG = ",ncfrag=".getBytes(StandardCharsets.US_ASCII);

  /** The units that hold processes. */
  private static final List<byte[]> UNITS =
      Stream.of(".service", ".scope", ".slice", ".mount", ".socket", ".swap")
          .map(suffix -> suffix.getBytes(StandardCharsets.US_ASCII))
          .toList();

  private static final byte[] REBOOT = "-- Reboot --".getBytes(StandardCharsets.US_ASCII);

  private final Envelope envelope;

  /** The last entry that had a stamp of its own, or -1. */
  private int lastStamped = -1;

  /** Microseconds between the lines read so far, where nothing else tells a time. */
  private long deltas;

  /** Who a line is of that does not say it. */
  private enum Unsaid {
    /** Nobody knows. */
    NOBODY,
    /** The kernel speaks without stamps (printk.time=0, dmesg --notime), and userspace not yet. */
    KERNEL,
    /** Everybody does, PID 1 among them (journalctl -o cat): its sentences tell. */
    ANYBODY
  }

  private Unsaid unsaid = Unsaid.NOBODY;

  /** How many bytes stand before its message. */
  private int indent;

  private long lastArrival = Entry.NO_TIME;

  /** A remark said that another boot begins. */
  private boolean bootBegins;

  private final LineReader reader;

  /** What runs the grammar. */
  public enum Engine {
    /** A table of the lexer, and the parser's answers, each asked for once. */
    TABLE,
    /** ANTLR's own lexer and parser on every line: what the other is held against. */
    ANTLR
  }

  private LineParser(Envelope envelope, Engine engine) {
    this.envelope = envelope;
    reader = new LineReader(envelope, engine);
  }

  /** The entries of {@code transcript}, in its order. Never fails. */
  public static Entries parse(Transcript transcript) {
    return parse(transcript, Engine.TABLE);
  }

  /**
   * The entries of {@code spliced}, in its order, read by {@code engine}. Lines of a console into
   * which a kernel printed are put together first; see {@link Splices}. Never fails.
   */
  public static Entries parse(Transcript spliced, Engine engine) {
    ConsoleText cut = Terminal.read(spliced.text());
    Envelope envelope = envelope(spliced, cut);
    LineParser parser = new LineParser(envelope, engine);
    Transcript transcript =
        mayMend(spliced, envelope) ? Splices.mended(spliced, envelope, parser.reader) : spliced;
    ConsoleText console =
        transcript.text() == spliced.text() ? cut : Terminal.read(transcript.text());
    String stamps = transcript.isJournal() ? "" : envelope.name();
    boolean plain = transcript.format().equals("console") && envelope.isOwn();
    String format = plain ? stamps : transcript.format() + (stamps.isEmpty() ? "" : ", " + stamps);
    Entries entries = new Entries(console, transcript, format, envelope.kind());
    for (int line = 0; line < console.size(); line++) {
      parser.line(entries, line);
    }
    ReceiveTimes.dropped(entries);
    return entries;
  }

  /** Not where lines are missing, nor where the time of each byte is known by its place. */
  private static boolean mayMend(Transcript transcript, Envelope envelope) {
    return !envelope.hasStamps()
        && !transcript.isHarness()
        && transcript.alike() == null
        && transcript.chunks() == null;
  }

  private static Envelope envelope(Transcript transcript, ConsoleText console) {
    if (transcript.isJournal()) {
      return Envelope.journal();
    }
    return transcript.isHarness() ? Envelope.ofHarness(console) : Envelope.of(console);
  }

  private void line(Entries entries, int line) {
    ConsoleText console = entries.console();
    byte[] buffer = console.buffer();
    int to = console.to(line);
    boolean first = line == 0 || console.rawLine(line) != console.rawLine(line - 1);
    envelope.read(buffer, console.from(line), first ? to : console.from(line));
    int from = envelope.begin;
    int before = entries.size();
    if (entries.transcript.isHarness()) {
      int i = entries.add(line, from, to);
      entries.origin[i] = (byte) Origin.HARNESS.ordinal();
      entries.shape[i] = (byte) (isBlank(buffer, from, to) ? Shape.BLANK : Shape.TEXT).ordinal();
      entries.messageFrom[i] = from;
    } else if (isBlank(buffer, from, to)) {
      int i = entries.add(line, from, to);
      entries.origin[i] = (byte) Origin.CONSOLE.ordinal();
    } else if (envelope.stamp != null || !addition(entries, line, from)) {
      said(entries, line, from);
    }
    for (int i = before; i < entries.size(); i++) {
      times(entries, i, line, first);
      JournalFacts.apply(entries, i);
    }
  }

  /**
   * A line without a stamp where the others have one: a further line of a message, which journalctl
   * and dmesg put exactly below its beginning; an explanation out of the catalogue; a remark such
   * as {@code -- Boot … --}; a property of a record of {@code /dev/kmsg}.
   */
  private boolean addition(Entries entries, int line, int from) {
    byte[] buffer = entries.buffer();
    int to = entries.console().to(line);
    if (envelope.isKmsg() && lastStamped >= 0 && Envelope.isProperty(buffer, from, to)) {
      further(entries, line, from, from + 1, Shape.REMARK);
      return true;
    }
    if (envelope.isJournal() && isRemark(buffer, from, to)) {
      int i = entries.add(line, from, to);
      entries.origin[i] = (byte) Origin.CONSOLE.ordinal();
      entries.shape[i] = (byte) Shape.REMARK.ordinal();
      bootBegins |= startsWith(buffer, from, to, BOOT) || startsWith(buffer, from, to, REBOOT);
      return true;
    }
    boolean below = lastStamped >= 0 && indent >= FURTHER.length && to - from >= indent;
    // On a console others speak, too; there only what follows at once belongs to a kernel's line.
    below &= envelope.hasStamps() || follows(entries, lastStamped);
    for (int at = from; below && at < from + indent; at++) {
      below = buffer[at] == ' ';
    }
    if (below) {
      further(entries, line, from, from + indent, Shape.TEXT);
      entries.flags[entries.size() - 1] |= envelope.isJournal() ? Entries.LOGGED : 0;
    }
    return below;
  }

  /** Whether all that came after entry {@code stamped} are its further lines. */
  private static boolean follows(Entries entries, int stamped) {
    int before = entries.size() - 1;
    return before == stamped || (entries.flags[before] & Entries.FURTHER) != 0;
  }

  /** A catalogue's empty line may have lost the blank at its end. */
  static boolean isRemark(byte[] buffer, int from, int to) {
    return startsWith(buffer, from, to, REMARK)
        || startsWith(buffer, from, to, EXPLAINED)
        || (to - from == 2 && buffer[from] == '-' && buffer[from + 1] == '-');
  }

  private void further(Entries entries, int line, int from, int message, Shape shape) {
    int i = entries.add(line, from, entries.console().to(line));
    entries.origin[i] = entries.origin[lastStamped];
    entries.shape[i] = (byte) shape.ordinal();
    entries.messageFrom[i] = message;
    entries.identFrom[i] = entries.identFrom[lastStamped];
    entries.identTo[i] = entries.identTo[lastStamped];
    entries.pid[i] = entries.pid[lastStamped];
    entries.micros[i] = entries.micros[lastStamped];
    entries.wall[i] = entries.wall[lastStamped];
    entries.flags[i] |= Entries.FURTHER;
  }

  private void times(Entries entries, int i, int line, boolean first) {
    if (envelope.arrival != null) {
      lastArrival = envelope.arrival.micros();
    } else if (entries.transcript.chunks() != null) {
      lastArrival = entries.transcript.chunks().at(entries.get(i).printsFrom());
    } else if (entries.transcript.arrival() != null) {
      lastArrival = entries.transcript.arrival()[entries.console().rawLine(line) - 1];
    }
    entries.arrival[i] = lastArrival;
    if (envelope.stamp != null && first) {
      if (envelope.stamp.format().isWall()) {
        entries.wall[i] = envelope.stamp.micros();
      } else if (envelope.stamp.format().isDelta()) {
        // dmesg prints no time for the first lines before its clock moved: the sum may be short.
        deltas += envelope.stamp.micros();
        entries.micros[i] = Math.max(0, deltas);
      } else if (envelope.stamp.format().isBootClock()) {
        entries.micros[i] = envelope.stamp.micros();
      }
      if (bootBegins) {
        entries.flags[i] |= Entries.BEGINS_BOOT;
        bootBegins = false;
      }
      if (envelope.isKmsg() && isFragment(entries.buffer(), envelope.begin, envelope.end)) {
        entries.flags[i] |= Entries.FURTHER;
      }
      stamped(entries, i);
    } else if (entries.origin(i) == Origin.KERNEL
        && entries.micros[i] != Entry.NO_TIME
        && (entries.flags[i] & Entries.FURTHER) == 0) {
      stamped(entries, i);
    }
  }

  private void stamped(Entries entries, int i) {
    lastStamped = i;
    indent = entries.messageFrom[i] - entries.from[i];
  }

  /**
   * Whether the flags of a netconsole record say {@code ncfrag=16/33}, that it goes on with the one
   * before; drivers/net/netconsole.c.
   */
  private static boolean isFragment(byte[] buffer, int from, int to) {
    for (int at = from; at + NCFRAG.length < to; at++) {
      if (startsWith(buffer, at, to, NCFRAG)) {
        return buffer[at + NCFRAG.length] != '0';
      }
    }
    return false;
  }

  private void said(Entries entries, int line, int from) {
    ConsoleText console = entries.console();
    byte[] buffer = console.buffer();
    int to = console.to(line);
    Tokens tokens = reader.tokens;
    List<Plan.Part> parts = reader.read(buffer, from, to);
    if (unsaid != Unsaid.NOBODY && parts.size() == 1 && parts.get(0).isPlain()) {
      parts = unsaid(buffer, from, to, parts);
    }
    for (int p = 0; p < parts.size(); p++) {
      Plan.Part part = parts.get(p);
      int start = p == 0 ? from : tokens.starts[part.first];
      int end = p + 1 < parts.size() ? tokens.starts[parts.get(p + 1).first] : to;
      int i = entries.add(line, start, end);
      fill(entries, i, part, buffer);
      if (p + 1 < parts.size()) {
        entries.flags[i] |= Entries.INTERRUPTED;
        if (isBlank(buffer, start, end)) {
          entries.shape[i] = (byte) Shape.BLANK.ordinal();
        }
      }
      if (console.has(line, Mark.PASTE_ON) && entries.shape(i) == Shape.TEXT && p == 0) {
        // Only readline switches bracketed paste on, and only when it waits for a command.
        entries.shape[i] = (byte) Shape.SHELL_PROMPT.ordinal();
        entries.origin[i] = (byte) Origin.SHELL.ordinal();
      }
      markRepeated(entries, i);
      speaks(entries, i);
    }
  }

  /** What the words are if the one speaks that {@link #unsaid} says; else {@code plain}. */
  private List<Plan.Part> unsaid(byte[] buffer, int from, int to, List<Plan.Part> plain) {
    List<Plan.Part> manager = reader.asManager(buffer, from, to);
    Shape shape = manager.get(0).shape;
    if (unsaid == Unsaid.KERNEL && shape != Shape.MANAGER_BANNER) {
      return reader.asKernel(buffer, from, to);
    }
    if (shape == Shape.TEXT) {
      reader.read(buffer, from, to);
      return plain;
    }
    return manager;
  }

  private void speaks(Entries entries, int i) {
    if (entries.shape(i) == Shape.KERNEL_BANNER) {
      boolean bare =
          entries.micros[i] == Entry.NO_TIME
              && !envelope.hasStamps()
              && !entries.hasIdent(i)
              && !isAnswer(entries, i);
      unsaid = bare ? Unsaid.KERNEL : Unsaid.NOBODY;
      entries.unsaid |= bare;
    } else if (entries.hasIdent(i) || unsaid == Unsaid.NOBODY) {
      return;
    } else if (entries.shape(i) == Shape.MANAGER_BANNER) {
      unsaid = Unsaid.ANYBODY;
      entries.unsaid = true;
      entries.isCat();
    } else if (unsaid == Unsaid.KERNEL && entries.shape(i).isOfUserspace()) {
      unsaid = Unsaid.NOBODY;
    }
  }

  /** Whether somebody typed a command just before: a kernel that starts follows no prompt. */
  private static boolean isAnswer(Entries entries, int i) {
    int before = i - 1;
    while (before > 0 && entries.shape(before) == Shape.BLANK) {
      before--;
    }
    return before >= 0
        && entries.shape(before) == Shape.SHELL_PROMPT
        && !entries.get(before).unit().isBlank();
  }

  static boolean startsWith(byte[] buffer, int from, int to, byte[] text) {
    return to - from >= text.length
        && Arrays.equals(buffer, from, from + text.length, text, 0, text.length);
  }

  private void fill(Entries entries, int i, Plan.Part part, byte[] buffer) {
    Tokens tokens = reader.tokens;
    entries.origin[i] = (byte) part.origin.ordinal();
    entries.shape[i] = (byte) part.shape.ordinal();
    int end = entries.to[i];
    entries.messageFrom[i] = part.message < 0 ? end : Math.min(tokens.starts[part.message], end);
    if (part.logged) {
      entries.flags[i] |= Entries.LOGGED;
    }
    if (part.stamp >= 0) {
      entries.micros[i] = micros(buffer, tokens.starts[part.stamp]);
    }
    if (part.ident >= 0) {
      int identFrom = tokens.starts[part.ident];
      int identTo = tokens.starts[part.ident + 1];
      if (tokens.types[part.ident] == LogLineLexer.RFC_SERVICE
          || tokens.types[part.ident] == LogLineLexer.RFC_MANAGER) {
        header(entries, i, buffer, identFrom, identTo);
      } else {
        ident(entries, i, buffer, identFrom, identTo);
      }
      if (envelope.isJournal() && entries.origin(i) == Origin.SERVICE) {
        withUnit(entries, i);
      }
    }
    if (part.unit >= 0) {
      unit(
          entries, i, buffer, tokens.starts[part.unit], Math.min(tokens.starts[part.unitEnd], end));
    }
  }

  /** {@code [ 12.345678] }: print_time() prints "[%5lu.%06lu] ". */
  private static long micros(byte[] buffer, int at) {
    long micros = 0;
    for (int i = at + 1; buffer[i] != ']'; i++) {
      if (buffer[i] != ' ' && buffer[i] != '.') {
        micros = 10 * micros + buffer[i] - '0';
        if (micros > Long.MAX_VALUE / 20) {
          return Entry.NO_TIME;
        }
      }
    }
    return micros;
  }

  /** {@code name[pid]: } or {@code name: }. */
  private static void ident(Entries entries, int i, byte[] buffer, int from, int to) {
    int nameEnd = from;
    while (nameEnd < to && buffer[nameEnd] != '[' && buffer[nameEnd] != ':') {
      nameEnd++;
    }
    int pid = -1;
    if (nameEnd < to && buffer[nameEnd] == '[') {
      pid = 0;
      for (int p = nameEnd + 1; p < to && buffer[p] != ']'; p++) {
        pid = pid > 100_000_000 ? pid : 10 * pid + buffer[p] - '0';
      }
    }
    entries.identFrom[i] = from;
    entries.identTo[i] = nameEnd;
    entries.pid[i] = pid;
  }

  /** {@code -o with-unit} names the unit, perhaps with its parents, in the place of the process. */
  private static void withUnit(Entries entries, int i) {
    byte[] buffer = entries.buffer();
    int to = entries.identTo[i];
    for (byte[] suffix : UNITS) {
      int end = to - suffix.length;
      if (end > entries.identFrom[i] && startsWith(buffer, end, to, suffix)) {
        int from = end;
        while (from > entries.identFrom[i] && buffer[from - 1] != '/') {
          from--;
        }
        entries.unitFrom[i] = from;
        entries.unitTo[i] = to;
        entries.identFrom[i] = from;
        entries.identTo[i] = end;
      }
    }
  }

  /** {@code HOSTNAME APP-NAME PROCID …} of RFC 5424. */
  private static void header(Entries entries, int i, byte[] buffer, int from, int to) {
    int name = blank(buffer, from, to) + 1;
    int process = blank(buffer, name, to) + 1;
    entries.identFrom[i] = name;
    entries.identTo[i] = process - 1;
    int pid = 0;
    int at = process;
    while (at < to && buffer[at] >= '0' && buffer[at] <= '9') {
      pid = pid > 100_000_000 ? pid : 10 * pid + buffer[at++] - '0';
    }
    entries.pid[i] = at > process ? pid : -1;
  }

  private static int blank(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to && buffer[at] != ' ') {
      at++;
    }
    return at;
  }

  /** The unit without the full stop or the three dots that end a job sentence. */
  private static void unit(Entries entries, int i, byte[] buffer, int from, int to) {
    int end = to;
    if (entries.shape(i) != Shape.SHELL_PROMPT) {
      while (end > from && (buffer[end - 1] == '.' || buffer[end - 1] == ' ')) {
        end--;
      }
      if (entries.shape(i) == Shape.UNIT_MESSAGE && buffer[end - 1] == ':') {
        end--;
      }
      if (entries.shape(i) == Shape.SEE_STATUS) {
        end = quote(buffer, from, end);
      }
    }
    entries.unitFrom[i] = from;
    entries.unitTo[i] = end;
  }

  private static int quote(byte[] buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\'' || buffer[i] == '"') {
        return i;
      }
    }
    return to;
  }

  /**
   * With {@code earlyprintk=…,keep}, or two consoles on one wire, each kernel line comes twice:
   * same stamp to the microsecond, same words.
   */
  private static void markRepeated(Entries entries, int i) {
    int before = i - 1;
    if (before >= 0
        && entries.micros[i] != Entry.NO_TIME
        && entries.micros[i] == entries.micros[before]
        && !entries.repeated(before)
        && Arrays.equals(
            entries.console().buffer(),
            entries.from[i],
            entries.to[i],
            entries.console().buffer(),
            entries.from[before],
            entries.to[before])) {
      entries.flags[i] |= Entries.REPEATED;
    }
  }

  private static boolean isBlank(byte[] buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
