package dev.loganalyze.parse;

import dev.loganalyze.parse.grammar.LogLineLexer;
import dev.loganalyze.parse.grammar.LogLineParser;
import dev.loganalyze.terminal.ConsoleText;
import dev.loganalyze.terminal.Mark;
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

  private final LineStream stream = new LineStream();
  private final LogLineLexer lexer = new LogLineLexer(stream);
  private final LogLineParser parser;
  private final Map<String, Plan> plans = new HashMap<>();

  /** The tokens of the current line; runs of TEXT and of WORD are one token each. */
  private int[] types = new int[64];

  private int[] starts = new int[64];
  private int count;

  private LineParser() {
    lexer.removeErrorListeners();
    parser = new LogLineParser(null);
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
  }

  /** The entries of {@code console}, in its order. Never fails. */
  public static Entries parse(ConsoleText console) {
    LineParser parser = new LineParser();
    Entries entries = new Entries(console);
    for (int line = 0; line < console.size(); line++) {
      parser.line(entries, line);
    }
    return entries;
  }

  private void line(Entries entries, int line) {
    ConsoleText console = entries.console();
    byte[] buffer = console.buffer();
    int from = console.from(line);
    int to = console.to(line);
    if (isBlank(buffer, from, to)) {
      int i = entries.add(line, from, to);
      entries.origin[i] = (byte) Origin.CONSOLE.ordinal();
      return;
    }
    tokenize(buffer, from, to);
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
      ident(entries, i, buffer, starts[part.ident], starts[part.ident + 1]);
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
