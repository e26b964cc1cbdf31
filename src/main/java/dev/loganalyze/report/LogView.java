package dev.loganalyze.report;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.parse.Shape;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.timing.Timings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The lines of one log as a page shows them: by phase, each with its time, repeats folded. Rows are
 * made when a page asks for them, so that no log is held twice.
 */
public final class LogView {
  /** So many rows are laid out at once when they come into sight. */
  private static final int CHUNK = 200;

  /** Fewer equal lines in a row than these are shown as they are. */
  private static final int FEWEST = 4;

  /** A line that comes this long after the one before it, in microseconds, says so. */
  private static final long NOTABLE = 50_000;

  /** How ECMA-48 (5.3, 5.4, 5.6) writes control functions, and xterm ends its titles. */
  private static final Pattern CONTROL =
      Pattern.compile(
          "\\x1b\\[[0-?]*[ -/]*[@-~]|\\x1b\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?|\\x1b[ -/]*[0-~]?"
              + "|[\\x00-\\x08\\x0a-\\x1f\\x7f]");

  /** A letter for each {@link dev.loganalyze.parse.Origin}, in their order. */
  private static final String LETTERS = "flkmscph";

  private final Run.Log log;
  private final Entries entries;
  private final byte[] raw;
  private final String path;
  private final String of;
  private final String prefix;
  private final Map<Integer, List<Note>> notes = new HashMap<>();

  /**
   * A finding that a line shows.
   *
   * @param id of the finding
   * @param rule id of its rule
   * @param severity its word
   */
  public record Note(String id, String rule, String severity) {}

  /**
   * A part of a line.
   *
   * @param hidden whether it tells the time, or steers the terminal
   */
  public record Piece(boolean hidden, String text) {}

  /**
   * A line, or equal lines in a row.
   *
   * @param anchor what {@code id} of the line ends with, or empty where another row of the same raw
   *     line has it
   * @param line 1-based raw line
   * @param origin a letter for who said it: firmware, loader, kernel, manager, service, console,
   *     prompt, harness
   * @param bad whether it tells of a failure
   * @param time seconds since the zero of the boot's clock, or empty
   * @param after seconds since the line before, where they are many; or empty
   * @param pieces the line: what is said, and what is hidden in between
   * @param raw the bytes of the line where it was drawn over, so that pieces cannot show them; or
   *     empty
   * @param notes the findings that it shows
   * @param folded the rows of equal lines; empty for a line
   */
  public record Row(
      String anchor,
      int line,
      char origin,
      boolean bad,
      String time,
      String after,
      List<Piece> pieces,
      String raw,
      List<Note> notes,
      List<Row> folded) {}

  /** The lines of a phase. */
  public final class Fold {
    private final String title;
    private final int first;
    private final int last;

    private Fold(String title, int first, int last) {
      this.title = title;
      this.first = first;
      this.last = last;
    }

    /** Boot and phase. */
    public String title() {
      return title;
    }

    /** 1-based raw line. */
    public int firstLine() {
      return entries.line(first);
    }

    /** 1-based raw line, inclusive. */
    public int lastLine() {
      return entries.line(last);
    }

    /** The rows, some hundred at a time. */
    public Iterator<List<Row>> chunks() {
      return new Chunks(first, last);
    }
  }

  /**
   * The lines of {@code log}.
   *
   * @param of what the anchors of the run begin with
   * @param prefix what the anchors of the log's lines begin with
   */
  LogView(Run run, Run.Log log, String of, String prefix) {
    this.log = log;
    this.entries = log.entries();
    this.raw = entries.raw();
    this.path = run.inputs().get(log.input()).path();
    this.of = of;
    this.prefix = prefix;
    for (Run.Diagnosed diagnosed : run.findings()) {
      Finding finding = diagnosed.finding();
      if (finding.input() == log.input()) {
        String severity = finding.severity().word();
        Note note = new Note(diagnosed.id(), finding.rule().id(), severity);
        finding.evidence().stream()
            .mapToInt(Finding.Evidence::line)
            .distinct()
            .forEach(line -> notes.computeIfAbsent(line, l -> new ArrayList<>()).add(note));
      }
    }
  }

  /** Path of the log. */
  public String path() {
    return path;
  }

  /** What the anchors of its lines begin with: {@code L} and the number follow. */
  public String prefix() {
    return prefix;
  }

  /** What the anchors of its run begin with. */
  public String run() {
    return of;
  }

  /** How many lines it has. */
  public int lines() {
    return entries.lines();
  }

  /** What of it could not be read, a sentence each. */
  public List<String> damage() {
    return entries.damage().stream().map(Object::toString).toList();
  }

  /** The stretches of the log, in its order: each phase of each boot, and what lies between. */
  public List<Fold> folds() {
    List<Fold> folds = new ArrayList<>();
    int at = 0;
    for (Boot boot : log.boots()) {
      add(folds, "Outside any boot", at, boot.firstEntry() - 1);
      at = Math.max(at, boot.firstEntry());
      String name = log.boots().size() > 1 ? "Boot " + boot.index() + ": " : "";
      for (int p = 0; p < boot.phases().size(); p++) {
        Phase phase = boot.phases().get(p);
        int end = at;
        boolean last = p + 1 == boot.phases().size();
        int until = last ? Integer.MAX_VALUE : boot.phases().get(p + 1).firstLine();
        while (end <= boot.lastEntry() && entries.line(end) < until) {
          end++;
        }
        add(folds, name + phase.kind().word(), at, end - 1);
        at = end;
      }
      add(folds, name.isEmpty() ? "boot" : name, at, boot.lastEntry());
      at = Math.max(at, boot.lastEntry() + 1);
    }
    add(folds, log.boots().isEmpty() ? "All lines" : "Outside any boot", at, entries.size() - 1);
    return folds;
  }

  private void add(List<Fold> folds, String title, int first, int last) {
    if (first <= last) {
      folds.add(new Fold(title, first, last));
    }
  }

  private final class Chunks implements Iterator<List<Row>> {
    private final int last;
    private int at;

    Chunks(int first, int last) {
      this.at = first;
      this.last = last;
    }

    @Override
    public boolean hasNext() {
      return at <= last;
    }

    @Override
    public List<Row> next() {
      if (at > last) {
        throw new NoSuchElementException();
      }
      List<Row> rows = new ArrayList<>();
      for (int taken = 0; taken < CHUNK && at <= last; taken++) {
        int end = equal(at, last);
        rows.add(end - at < FEWEST ? row(at) : folded(at, end));
        at = end - at < FEWEST ? at + 1 : end;
      }
      return rows;
    }
  }

  /** The end, exclusive, of the entries from {@code first} that say the same. */
  private int equal(int first, int last) {
    boolean spins = entries.shape(first) == Shape.JOB_RUNNING;
    int end = first + 1;
    while (end <= last && (spins ? entries.shape(end) == Shape.JOB_RUNNING : same(first, end))) {
      end++;
    }
    return end;
  }

  private boolean same(int one, int other) {
    return entries.shape(one) != Shape.BLANK
        && Arrays.equals(
            entries.buffer(),
            entries.messageFrom(one),
            entries.messageTo(one),
            entries.buffer(),
            entries.messageFrom(other),
            entries.messageTo(other));
  }

  private Row folded(int first, int end) {
    List<Row> rows = new ArrayList<>();
    for (int i = first; i < end; i++) {
      rows.add(row(i));
    }
    Row begin = rows.get(0);
    String says = entries.get(first).message().strip();
    String now = entries.get(end - 1).message().strip();
    String text = (end - first) + " times: " + says + (says.equals(now) ? "" : " \u2026 " + now);
    return new Row(
        "",
        begin.line(),
        begin.origin(),
        false,
        begin.time(),
        begin.after(),
        List.of(new Piece(false, text)),
        "",
        List.of(),
        rows);
  }

  private Row row(int i) {
    Entry entry = entries.get(i);
    int line = entry.line();
    boolean first = i == 0 || entries.line(i - 1) != line;
    String text = entry.text();
    String bytes = bytes(entry);
    List<Piece> pieces = new ArrayList<>();
    boolean whole = pieces(bytes, text, timeEnd(i, entry, text), pieces);
    return new Row(
        first ? "L" + line : "",
        line,
        LETTERS.charAt(entries.origin(i).ordinal()),
        isBad(entries.shape(i)),
        time(i),
        after(i),
        pieces,
        whole ? "" : bytes,
        first ? notes.getOrDefault(line, List.of()) : List.of(),
        List.of());
  }

  /**
   * Cuts {@code bytes} into what is said and what is hidden: the first {@code time} characters of
   * {@code text}, and control functions.
   *
   * @return whether the pieces that are not control functions are {@code text}; else {@code pieces}
   *     are made of that alone
   */
  private static boolean pieces(String bytes, String text, int time, List<Piece> pieces) {
    StringBuilder said = new StringBuilder();
    Matcher control = CONTROL.matcher(bytes);
    int at = 0;
    while (at < bytes.length()) {
      boolean more = control.find(at);
      int end = more ? control.start() : bytes.length();
      said(bytes.substring(at, end), time - said.length(), pieces);
      said.append(bytes, at, end);
      at = more ? control.end() : end;
      if (more) {
        pieces.add(new Piece(true, control.group()));
      }
    }
    boolean whole = text.contentEquals(said);
    if (!whole) {
      pieces.clear();
      said(text, time, pieces);
    }
    return whole;
  }

  private static void said(String text, int hidden, List<Piece> pieces) {
    int time = Math.max(0, Math.min(text.length(), hidden));
    if (time > 0) {
      pieces.add(new Piece(true, text.substring(0, time)));
    }
    if (time < text.length()) {
      pieces.add(new Piece(false, text.substring(time)));
    }
  }

  /** Where the words of entry {@code i} begin behind what tells its time and its host. */
  private int timeEnd(int i, Entry entry, String text) {
    if (log.times()[i] == Timings.UNTIMED) {
      return 0;
    }
    int head = text.length() - entry.message().length();
    if (!entry.identifier().isEmpty()) {
      return Math.max(0, text.lastIndexOf(entry.identifier(), head));
    }
    int end = head;
    while (end > 0 && !Character.isDigit(text.charAt(end - 1))) {
      end--;
    }
    while (end > 0 && end < head && text.charAt(end) != ' ') {
      end++;
    }
    return end > 0 && end < head ? end + 1 : end;
  }

  private String bytes(Entry entry) {
    int from = entry.rawStart();
    int to = entry.rawEnd();
    while (to > from && (raw[to - 1] == '\n' || raw[to - 1] == '\r')) {
      to--;
    }
    while (from < to && raw[from] == '\r') {
      from++;
    }
    return new String(raw, from, to - from, StandardCharsets.UTF_8);
  }

  private String time(int i) {
    long micros = log.times()[i];
    if (micros == Timings.UNTIMED) {
      return "";
    }
    String arrived = micros == entries.micros(i) ? "" : "~";
    return arrived + seconds(micros, 3);
  }

  private String after(int i) {
    long micros = log.times()[i];
    for (int before = i - 1; micros != Timings.UNTIMED && before >= 0; before--) {
      if (log.times()[before] != Timings.UNTIMED) {
        long after = micros - log.times()[before];
        return after < NOTABLE ? "" : "+" + seconds(after, 2);
      }
    }
    return "";
  }

  private static String seconds(long micros, int decimals) {
    return BigDecimal.valueOf(micros, 6).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  private static boolean isBad(Shape shape) {
    return switch (shape) {
      case PANIC,
          JOB_FAILED,
          JOB_TIMEOUT,
          DEVICE_TIMEOUT,
          JOB_DEPENDENCY,
          EMERGENCY,
          ORDERING_CYCLE ->
          true;
      default -> false;
    };
  }
}
