package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineLexer;
import dev.loganalyze.parse.grammar.LogLineParser;
import dev.loganalyze.stamp.StampFormat;
import dev.loganalyze.terminal.ConsoleText;
import dev.loganalyze.terminal.Mark;
import dev.loganalyze.terminal.Terminal;
import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * The door to the grammar {@code LogLine}: plain lines to entries.
 *
 * <p>The tree of a line is a function of its token types alone, so the parser runs once for each
 * sequence of types (a few hundred in a log of millions of lines) and its answer is kept as a
 * {@link Plan}.
 */
public final class LineParser {
  /** Longer sequences are rare and not worth keeping; more of them would be a hostile log. */
  private static final int MAX_KEPT_LENGTH = 64;

  private static final int MAX_KEPT = 4096;

  /** What journalctl puts before a further line of a message, at the least. */
  static final byte[] FURTHER = "          ".getBytes(StandardCharsets.US_ASCII);

  /** What journalctl -x puts before a line of the message catalogue. */
  static final byte[] EXPLAINED = "\u2591\u2591".getBytes(StandardCharsets.UTF_8);

  /** What journalctl puts before a remark of its own. */
  static final byte[] REMARK = "-- ".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] BOOT = "-- Boot ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NCFRAG = ",ncfrag=".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REBOOT = "-- Reboot --".getBytes(StandardCharsets.US_ASCII);

  private final Envelope envelope;

  /** The last entry that had a stamp of its own, or -1. */
  private int lastStamped = -1;

  /** How many bytes stand before its message. */
  private int indent;

  private long lastArrival = Entry.NO_TIME;

  /** A remark said that another boot begins. */
  private boolean bootBegins;

  private final LineStream stream = new LineStream();
  private final LogLineLexer lexer = new LogLineLexer(stream);
  private final LogLineParser parser;
  private final Map<String, Plan> plans = new HashMap<>();

  /** The tokens of the current line; runs of TEXT and of WORD are one token each. */
  private int[] types = new int[64];

  private int[] starts = new int[64];
  private int count;

  private LineParser(Envelope envelope) {
    this.envelope = envelope;
    lexer.removeErrorListeners();
    parser = new LogLineParser(null);
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
  }

  /** The entries of {@code transcript}, in its order. Never fails. */
  public static Entries parse(Transcript transcript) {
    ConsoleText console = Terminal.read(transcript.text());
    Envelope envelope = transcript.isJournal() ? Envelope.journal() : Envelope.of(console);
    LineParser parser = new LineParser(envelope);
    String stamps = transcript.isJournal() ? "" : envelope.name();
    boolean plain = transcript.format().equals("console") && envelope.isOwn();
    String format = plain ? stamps : transcript.format() + (stamps.isEmpty() ? "" : ", " + stamps);
    Entries entries = new Entries(console, transcript, format, envelope.isJournal());
    for (int line = 0; line < console.size(); line++) {
      parser.line(entries, line);
    }
    ReceiveTimes.dropped(entries);
    return entries;
  }

  private void line(Entries entries, int line) {
    ConsoleText console = entries.console();
    byte[] buffer = console.buffer();
    int to = console.to(line);
    boolean first = line == 0 || console.rawLine(line) != console.rawLine(line - 1);
    envelope.read(buffer, console.from(line), first ? to : console.from(line));
    int from = envelope.begin;
    int before = entries.size();
    if (isBlank(buffer, from, to)) {
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
   * A line without a stamp where the others have one: a further line of a journal's message, which
   * stands exactly below its beginning; an explanation out of the catalogue; a remark such as
   * {@code -- Boot … --}; a property of a record of {@code /dev/kmsg}.
   */
  private boolean addition(Entries entries, int line, int from) {
    byte[] buffer = entries.buffer();
    int to = entries.console().to(line);
    if (envelope.isKmsg() && lastStamped >= 0 && Envelope.isProperty(buffer, from, to)) {
      further(entries, line, from, from + 1, Shape.REMARK);
      return true;
    }
    if (!envelope.isJournal()) {
      return false;
    }
    if (isRemark(buffer, from, to)) {
      int i = entries.add(line, from, to);
      entries.origin[i] = (byte) Origin.CONSOLE.ordinal();
      entries.shape[i] = (byte) Shape.REMARK.ordinal();
      bootBegins |= startsWith(buffer, from, to, BOOT) || startsWith(buffer, from, to, REBOOT);
      return true;
    }
    boolean below = lastStamped >= 0 && indent >= FURTHER.length && to - from >= indent;
    for (int at = from; below && at < from + indent; at++) {
      below = buffer[at] == ' ';
    }
    if (below) {
      further(entries, line, from, from + indent, Shape.TEXT);
      entries.flags[entries.size() - 1] |= Entries.LOGGED;
    }
    return below;
  }

  /** A catalogue's empty line may have lost the blank at its end. */
  private static boolean isRemark(byte[] buffer, int from, int to) {
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
      lastArrival = entries.transcript.chunks().at(entries.get(i).rawStart());
    } else if (entries.transcript.arrival() != null) {
      lastArrival = entries.transcript.arrival()[entries.console().rawLine(line) - 1];
    }
    entries.arrival[i] = lastArrival;
    if (envelope.stamp != null && first) {
      if (envelope.stamp.format().isWall()) {
        entries.wall[i] = envelope.stamp.micros();
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
      lastStamped = i;
      indent = entries.messageFrom[i] - entries.from[i];
    }
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
    tokenize(buffer, envelope.stamp == null ? from : envelope.end, to);
    List<Plan.Part> parts = plan().parts;
    for (int p = 0; p < parts.size(); p++) {
      Plan.Part part = parts.get(p);
      int start = p == 0 ? from : starts[part.first];
      int end = p + 1 < parts.size() ? starts[parts.get(p + 1).first] : to;
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
    }
  }

  private void tokenize(byte[] buffer, int from, int to) {
    stream.set(buffer, from, to);
    lexer.setInputStream(stream);
    count = 0;
    int last = -1;
    if (envelope.stamp != null) {
      types[0] = afterStamp(envelope.stamp.format().kind());
      starts[0] = from;
      starts[1] = from;
      count = 1;
    }
    for (Token token = lexer.nextToken(); ; token = lexer.nextToken()) {
      int type = token.getType();
      if (type == Token.EOF) {
        return;
      }
      if (type == last && (type == LogLineLexer.TEXT || type == LogLineLexer.WORD)) {
        continue;
      }
      if (count + 1 >= types.length) {
        types = Arrays.copyOf(types, 2 * types.length);
        starts = Arrays.copyOf(starts, types.length);
      }
      last = type;
      types[count] = type;
      starts[count++] = token.getStartIndex();
      starts[count] = token.getStopIndex() + 1;
    }
  }

  /** The token that stands for a stamp; the lexer goes on in the mode after it. */
  private int afterStamp(StampFormat.Kind kind) {
    return switch (kind) {
      case JOURNAL -> {
        lexer.mode(envelope.isHostless() ? LogLineLexer.IDENT : LogLineLexer.HOSTNAME);
        yield LogLineLexer.JOURNAL;
      }
      case SYSLOG -> {
        lexer.mode(LogLineLexer.RFC5424);
        yield LogLineLexer.SYSLOG;
      }
      case KERNEL -> {
        lexer.mode(LogLineLexer.KERNEL);
        yield LogLineLexer.DMESG;
      }
      case CAPTURE -> throw new IllegalStateException("captures are peeled");
    };
  }

  static boolean startsWith(byte[] buffer, int from, int to, byte[] text) {
    return to - from >= text.length
        && Arrays.equals(buffer, from, from + text.length, text, 0, text.length);
  }

  private Plan plan() {
    StringBuilder key = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      key.append((char) types[i]);
    }
    Plan plan = plans.get(key.toString());
    if (plan == null) {
      plan = PlanBuilder.of(tree());
      if (count <= MAX_KEPT_LENGTH && plans.size() < MAX_KEPT) {
        plans.put(key.toString(), plan);
      }
    }
    return plan;
  }

  private LogLineParser.LineContext tree() {
    List<CommonToken> tokens = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tokens.add(new CommonToken(types[i], ""));
    }
    parser.setTokenStream(new CommonTokenStream(new ListTokenSource(tokens)));
    LogLineParser.LineContext line = parser.line();
    if (parser.getNumberOfSyntaxErrors() > 0) {
      throw new IllegalStateException("the grammar LogLine does not take " + tokens);
    }
    return line;
  }

  private void fill(Entries entries, int i, Plan.Part part, byte[] buffer) {
    entries.origin[i] = (byte) part.origin.ordinal();
    entries.shape[i] = (byte) part.shape.ordinal();
    int end = entries.to[i];
    entries.messageFrom[i] = part.message < 0 ? end : Math.min(starts[part.message], end);
    if (part.logged) {
      entries.flags[i] |= Entries.LOGGED;
    }
    if (part.stamp >= 0) {
      entries.micros[i] = micros(buffer, starts[part.stamp]);
    }
    if (part.ident >= 0) {
      int identFrom = starts[part.ident];
      int identTo = starts[part.ident + 1];
      if (types[part.ident] == LogLineLexer.RFC_SERVICE
          || types[part.ident] == LogLineLexer.RFC_MANAGER) {
        header(entries, i, buffer, identFrom, identTo);
      } else {
        ident(entries, i, buffer, identFrom, identTo);
      }
    }
    if (part.unit >= 0) {
      unit(entries, i, buffer, starts[part.unit], Math.min(starts[part.unitEnd], end));
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
