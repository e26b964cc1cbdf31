package dev.loganalyze.crash;

import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Level;
import dev.loganalyze.parse.Origin;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.pattern.Hits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the crash reports of a log in one pass.
 *
 * <p>Only kernel text counts: what carries a kernel stamp; or, where nothing does, what the console
 * showed. Where printk tells its caller ({@code [ T123]}, CONFIG_PRINTK_CALLER), the lines of
 * several CPUs are taken apart by it.
 */
public final class CrashReports {
  /** So many reports are read at a time; a log in which more are open is not honest. */
  private static final int MAX_OPEN = 64;

  /** More reports than this in one boot say nothing new, and are not kept. */
  private static final int MAX_REPORTS = 10_000;

  /** WARN() prints so many lines of words, at most, between the cut-here line and its report. */
  private static final int MAX_WORDS = 5;

  private static final byte[] CUT_HERE =
      "------------[ cut here ]------------".getBytes(StandardCharsets.US_ASCII);

  private final Entries entries;
  private final boolean anyText;
  private final List<CrashReport> reports = new ArrayList<>();

  /** Time, caller and first line of the reports so far. */
  private final Set<String> begun = new HashSet<>();

  /** The cut-here line that a caller printed last, and how many lines of its own came since. */
  private record Cut(int entry, int since) {}

  private final Map<String, Cut> cuts = new HashMap<>();

  /** The open reports by caller, the oldest first: one, and perhaps the panic that ended it. */
  private final Map<String, List<Block>> open = new LinkedHashMap<>();

  private CrashReports(Entries entries, int first, int last) {
    this.entries = entries;
    this.anyText = !hasKernelLines(entries, first, last);
  }

  /**
   * The crash reports in {@code entries}, in the order of their first lines, 10,000 at most.
   *
   * @param begins which {@link #beginnings} occur in each entry
   * @param first index of the first entry to read
   * @param last index of the last one, inclusive
   */
  public static List<CrashReport> of(Entries entries, Hits begins, int first, int last) {
    CrashReports reader = new CrashReports(entries, first, last);
    for (int i = first; i <= last; i++) {
      if (entries.shape(i) != Shape.BLANK && !entries.repeated(i) && reader.speaks(i)) {
        reader.line(i, begins);
      }
    }
    reader.closeAll(last + 1 < entries.size() ? "another boot begins" : "the log ends");
    reader.reports.sort(Comparator.comparingInt(CrashReport::firstEntry));
    return List.copyOf(reader.reports);
  }

  /** One of these occurs in every line with which a report begins. */
  public static List<Expression> beginnings() {
    return Stream.concat(
            ReportKinds.builtIn().kinds().stream().map(ReportKind::begins),
            Stream.of(Expression.literal(new String(CUT_HERE, StandardCharsets.US_ASCII))))
        .toList();
  }

  /** The kinds of reports, each by its finding id without the family: {@code kasan}. */
  public static Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    for (ReportKind kind : ReportKinds.builtIn().kinds()) {
      kinds.add(name(kind.rule()));
      kind.forms().stream().filter(f -> f.rule() != null).forEach(f -> kinds.add(name(f.rule())));
    }
    return kinds;
  }

  private static String name(String rule) {
    return rule.substring(rule.indexOf('.') + 1);
  }

  private static boolean hasKernelLines(Entries entries, int first, int last) {
    for (int i = first; i <= last; i++) {
      if (entries.origin(i) == Origin.KERNEL
          && (entries.micros(i) != Entry.NO_TIME || entries.get(i).logged())) {
        return true;
      }
    }
    return false;
  }

  private boolean speaks(int i) {
    return switch (entries.origin(i)) {
      case KERNEL -> !Level.isOfProgram(entries, i);
      case SHELL, MANAGER, LOADER -> entries.shape(i) == Shape.LOGIN_PROMPT && anyText;
      default -> anyText || entries.mayBeKernel(i) || (mayBeStamped(i) && stampLength(text(i)) > 0);
    };
  }

  private boolean mayBeStamped(int i) {
    return mayBeStamped(entries.buffer(), entries.messageFrom(i), entries.messageTo(i));
  }

  /**
   * Whether the message {@code buffer[from, to)} may begin with a stamp the grammar does not know.
   */
  public static boolean mayBeStamped(byte[] buffer, int from, int to) {
    return from < to && (buffer[from] == '[' || buffer[from] == '<');
  }

  private void line(int i, Hits begins) {
    if (entries.shape(i) == Shape.MESSAGES_DROPPED) {
      open.values().forEach(blocks -> blocks.forEach(block -> block.dropped = true));
    }
    // A stamp is ASCII, so that it has as many bytes as characters.
    int skipped = mayBeStamped(i) ? stampLength(text(i)) : 0;
    int from = entries.messageFrom(i) + skipped;
    Hits hits = skipped > 0 ? begins.in(entries.buffer(), from, entries.messageTo(i)) : begins;
    int at = skipped > 0 ? 0 : i;
    if (!hits.any(at) && open.isEmpty() && cuts.isEmpty()) {
      return;
    }
    boolean cut = opens(from, entries.messageTo(i));
    String text = text(i);
    String caller = skipped > 0 ? caller(text, skipped) : caller(i);
    String message = text.substring(skipped);
    Cut before = cuts.remove(caller);
    List<Block> blocks = open.getOrDefault(caller, List.of());
    ReportKind kind = kind(message, hits, at, i);
    if (cut && cuts.size() < MAX_OPEN) {
      cuts.put(caller, new Cut(i, 0));
    } else if (kind == null && before != null && before.since < MAX_WORDS) {
      cuts.put(caller, new Cut(before.entry, before.since + 1));
    }
    if (kind != null && isReplay(i, caller, message)) {
      return;
    }
    if (kind != null && !joins(kind, blocks)) {
      Block old = blocks.isEmpty() ? null : blocks.get(0);
      boolean ending = kind.ends() && old != null && old.endedBy < 0 && !old.kind.ends();
      if (ending) {
        feed(caller, blocks, message, null, i, true);
        old.endedBy = old.lines.size() - 1;
      } else {
        close(caller, "another report begins");
      }
      begin(caller, new Block(kind, message, brokenInto(before, i) ? before.entry : i, i, ending));
    } else if (!blocks.isEmpty()) {
      Frame frame = Frame.in(message);
      feed(caller, blocks, message, frame, i, frame != null || isOwn(message));
    }
  }

  private static boolean isOwn(String message) {
    return Stacks.builtIn().place("own").occursIn(message);
  }

  /** Whether the message is the line that {@code kernel/panic.c} prints before a report. */
  private boolean opens(int from, int to) {
    return to - from >= CUT_HERE.length
        && Arrays.equals(
            entries.buffer(), from, from + CUT_HERE.length, CUT_HERE, 0, CUT_HERE.length);
  }

  /**
   * Whether others spoke between a caller's cut-here line and its entry {@code i}: as entries, or
   * as lines that are left out.
   */
  private boolean brokenInto(Cut cut, int i) {
    return cut != null
        && Math.max(i - cut.entry, entries.line(i) - entries.line(cut.entry)) > cut.since + 1;
  }

  /**
   * The kind of report that begins with entry {@code i}, or null.
   *
   * @param at what the hits call it
   */
  private ReportKind kind(String message, Hits hits, int at, int i) {
    List<ReportKind> kinds = ReportKinds.builtIn().kinds();
    // The last of the beginnings is the cut-here line.
    for (int k = hits.next(at, 0); k >= 0 && k < kinds.size(); k = hits.next(at, k + 1)) {
      ReportKind kind = kinds.get(k);
      if (kind.begins().occursIn(message)
          && (kind.unless() == null || !kind.unless().occursIn(message))
          && !(kind.kernelOnly() && entries.origin(i) != Origin.KERNEL)) {
        return kind;
      }
    }
    return null;
  }

  /** Somebody printed the log once more: the same words at the same microsecond. */
  private boolean isReplay(int i, String caller, String message) {
    long micros = entries.micros(i);
    return micros != Entry.NO_TIME
        && begun.size() < MAX_REPORTS
        && !begun.add(micros + " " + caller + " " + message);
  }

  private static boolean joins(ReportKind kind, List<Block> blocks) {
    return kind.joins() != null
        && blocks.stream().anyMatch(b -> kind.joins().occursIn(b.lines.get(0)));
  }

  private void begin(String caller, Block block) {
    if (open.size() >= MAX_OPEN && !open.containsKey(caller)) {
      close(open.keySet().iterator().next(), "too many reports at a time");
    }
    open.computeIfAbsent(caller, c -> new ArrayList<>()).add(block);
  }

  private void feed(
      String caller, List<Block> blocks, String message, Frame frame, int i, boolean own) {
    boolean over = true;
    for (Block block : blocks) {
      block.add(message, frame, i, own);
      over &= block.isOver();
    }
    if (over && !blocks.isEmpty()) {
      close(caller, "");
    }
  }

  private void close(String caller, String reason) {
    List<Block> blocks = open.remove(caller);
    if (blocks != null) {
      for (Block block : blocks) {
        CrashReport report = new ReportReader(Stacks.builtIn(), block, reason).read();
        if (report != null && reports.size() < MAX_REPORTS) {
          reports.add(report);
        }
      }
    }
  }

  private void closeAll(String reason) {
    for (String caller : List.copyOf(open.keySet())) {
      close(caller, reason);
    }
  }

  // ---- text -------------------------------------------------------------------------------------

  private String text(int i) {
    int from = entries.messageFrom(i);
    return new String(entries.buffer(), from, entries.messageTo(i) - from, StandardCharsets.UTF_8);
  }

  /** The caller in the stamp of entry {@code i}: {@code T123}, {@code C0}, or empty. */
  private String caller(int i) {
    byte[] buffer = entries.buffer();
    int to = entries.messageFrom(i) - 1;
    while (to >= 0 && buffer[to] == ' ') {
      to--;
    }
    if (to < 1 || buffer[to] != ']') {
      return "";
    }
    int from = to - 1;
    while (from >= 0 && to - from < 12 && buffer[from] >= '0' && buffer[from] <= '9') {
      from--;
    }
    boolean told = from >= 0 && from < to - 1 && (buffer[from] == 'T' || buffer[from] == 'C');
    return told ? new String(buffer, from, to - from, StandardCharsets.US_ASCII) : "";
  }

  /**
   * Length of a stamp that the grammar does not know: {@code [ 12.34] }, {@code <4>}, {@code [
   * 0.043841 ][ T0 ] }.
   */
  private static int stampLength(String text) {
    int at = 0;
    int end = 0;
    if (text.startsWith("<") && text.indexOf('>') > 1 && text.indexOf('>') <= 4) {
      at = text.indexOf('>') + 1;
      end = Character.isDigit(text.charAt(1)) ? at : 0;
    }
    boolean stamped = false;
    while (at < text.length() && text.charAt(at) == '[') {
      int close = text.indexOf(']', at);
      if (close < 0 || close - at > 24 || !isStamp(text, at + 1, close, stamped)) {
        break;
      }
      stamped = true;
      at = close + 1;
      end = at;
    }
    if (end > 0 && end < text.length() && text.charAt(end) == ' ') {
      end++;
    }
    return end;
  }

  private static boolean isStamp(String text, int from, int to, boolean stamped) {
    String inner = text.substring(from, to).strip();
    if (stamped) {
      return inner.length() > 1
          && (inner.charAt(0) == 'T' || inner.charAt(0) == 'C')
          && digits(inner, 1);
    }
    int dot = inner.indexOf('.');
    return dot > 0
        && dot < inner.length() - 1
        && digits(inner.substring(0, dot), 0)
        && digits(inner, dot + 1);
  }

  private static boolean digits(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (!Character.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String caller(String text, int stampLength) {
    int to = text.lastIndexOf(']', stampLength);
    int from = to < 0 ? -1 : text.lastIndexOf('[', to);
    String inner = from < 0 ? "" : text.substring(from + 1, to).strip();
    return inner.startsWith("T") || inner.startsWith("C") ? inner : "";
  }
}
