package dev.loganalyze.report;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Ended;
import dev.loganalyze.boot.Milestone;
import dev.loganalyze.boot.Phase;
import dev.loganalyze.boot.Reached;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.crash.CrashReport;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.Unusual;
import dev.loganalyze.diagnosis.Verdict;
import dev.loganalyze.diagnosis.View;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.session.Exchange;
import dev.loganalyze.timing.Stall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A run in the order and the words in which a person is told of it; the text, Markdown and HTML
 * reports are made from it. Nothing in it is escaped.
 *
 * @param run what is told
 */
public record Answer(Run run) {
  /** So many of those that fell with a cause are named. */
  static final int FELL = 8;

  /** So many stalls are told. */
  private static final int STALLS = 2;

  /** A stall shorter than this, in microseconds, is for {@code loganalyze timing}. */
  private static final long LONG = 10_000_000;

  /**
   * A root cause.
   *
   * @param diagnosed the finding
   * @param chain what followed from it, {@code → b → c}; or empty when nothing did
   * @param fell what fell with it, as in {@code a.service, b.mount and 3 more}; or empty
   * @param collect what to save the next time, as the log does not hold the cause; or empty
   */
  public record Cause(Run.Diagnosed diagnosed, String chain, String fell, String collect) {}

  /**
   * Boots in a row that went alike.
   *
   * @param first index of the first
   * @param last index of the last, inclusive
   * @param firstLine 1-based raw line of the first
   * @param lastLine 1-based raw line of the last, inclusive
   */
  public record Boots(
      int first, int last, int firstLine, int lastLine, Reached reached, Ended ended) {

    /** How their log ends, in words. */
    public String end() {
      return endWords(ended);
    }
  }

  /**
   * A phase as a stretch of a bar that is 1000 wide.
   *
   * @param x where it begins
   * @param width at least 1
   * @param duration for a person, or empty when it is not known
   */
  public record Stretch(Phase phase, int x, int width, String duration) {}

  /**
   * A session.
   *
   * @param heading who, where, and which lines
   * @param commands how many commands, each as often as it was asked
   * @param lines its transcript
   */
  public record Talk(String heading, int commands, List<String> lines) {}

  /** The verdict's word. */
  public String verdict() {
    return run.verdict().word();
  }

  /** How far it came, how it ended: the rest of the sentence that begins with the verdict. */
  public String story() {
    if (run.boots().isEmpty()) {
      return run.verdict() == Verdict.UNKNOWN ? "no boot in it" : "no boot came to the console";
    }
    Boot last = run.boots().get(run.boots().size() - 1);
    String boots = run.boots().size() == 1 ? "" : run.boots().size() + " boots, the last ";
    return boots
        + "reached "
        + last.reached().word()
        + mode(last)
        + within(last)
        + "; "
        + end(last);
  }

  private static String mode(Boot boot) {
    // A console shows the prompt of it, a journal its target.
    boolean emergency =
        boot.milestones().stream()
            .map(Milestone::name)
            .anyMatch(name -> name.equals("emergency") || name.equals("emergency.target"));
    return emergency && boot.reached().compareTo(Reached.LOGIN) < 0 ? " (emergency mode)" : "";
  }

  private static String within(Boot boot) {
    for (Phase phase : boot.phases()) {
      boolean there =
          (boot.reached() == Reached.LOGIN && phase.kind() == Phase.Kind.LOGIN)
              || (boot.reached() == Reached.SHELL && phase.kind() == Phase.Kind.SESSION);
      if (there && phase.start() != Entry.NO_TIME) {
        return " in " + Seconds.rounded(phase.start());
      }
    }
    return "";
  }

  private static String end(Boot boot) {
    return boot.ended() == Ended.CUT_OFF
        ? endWords(boot.ended()) + " (line " + boot.lastLine() + ")"
        : endWords(boot.ended());
  }

  private static String endWords(Ended ended) {
    return switch (ended) {
      case RUNNING -> "still running at the end";
      case POWEROFF -> "ended by poweroff";
      case REBOOT -> "ended by reboot";
      case RESET -> "ended by a reset nobody asked for";
      case PANIC -> "ended by a kernel panic";
      case CUT_OFF -> "the log stops on the way";
    };
  }

  /** Operating system and kernel of the last boot that names them, or empty. */
  public String system() {
    String os = "";
    String kernel = "";
    for (Boot boot : run.boots()) {
      os = boot.os().isEmpty() ? os : boot.os();
      kernel = boot.kernelVersion().isEmpty() ? kernel : "Linux " + boot.kernelVersion();
    }
    return os.isEmpty() || kernel.isEmpty() ? os + kernel : os + ", " + kernel;
  }

  /** How much of the logs was too much to be held, a sentence a log. */
  public List<String> omissions() {
    return run.inputs().stream()
        .filter(input -> input.omitted() > 0)
        .map(
            input ->
                input.path()
                    + ": of its "
                    + input.lines()
                    + " lines, "
                    + input.omitted()
                    + " say no more than others do; they are counted, not shown")
        .toList();
  }

  /** The kernel command line of the last boot that shows it, or empty. */
  public String commandLine() {
    String line = "";
    for (Boot boot : run.boots()) {
      line = boot.commandLine().isEmpty() ? line : boot.commandLine();
    }
    return line;
  }

  /** The root causes, the heaviest first. */
  public List<Cause> causes() {
    Map<String, Run.Diagnosed> byId = new HashMap<>();
    run.findings().forEach(f -> byId.put(f.id(), f));
    List<Cause> causes = new ArrayList<>();
    for (Run.RootCause cause : run.rootCauses()) {
      Run.Diagnosed diagnosed = byId.get(cause.id());
      String title = diagnosed.finding().title();
      String chain = cause.chain().size() < 2 ? "" : cause.sentence();
      // The title stands above the chain already.
      if (chain.startsWith(title + " → ")) {
        chain = chain.substring(title.length() + 1);
      }
      causes.add(new Cause(diagnosed, chain, named(cause.fell(), FELL), cause.collect()));
    }
    return causes;
  }

  /** {@code a, b and 3 more}. */
  static String named(List<String> words, int most) {
    int shown = Math.min(most, words.size());
    String some = String.join(", ", words.subList(0, shown));
    return words.size() > shown ? some + " and " + (words.size() - shown) + " more" : some;
  }

  /** The lines that stand out, the most telling first. */
  public List<Unusual.Line> unusual() {
    return run.unusual().lines();
  }

  /** What {@link #unusual} is, as in {@code Not said in good.log}. */
  public String unusualHeading() {
    return run.unusual().like().isEmpty()
        ? "Lines that stand out"
        : "Not said in " + run.unusual().like();
  }

  /** The last step that an unexplained boot took, in a sentence; or empty. */
  public String lastProgress() {
    int line = run.unusual().progress();
    return line == 0 || !unexplained() ? "" : "The boot took its last step at line " + line + ".";
  }

  /** The findings that are accepted, in the order of the log. */
  public List<Run.Diagnosed> suppressed() {
    return run.findings().stream().filter(Run.Diagnosed::isSuppressed).toList();
  }

  /** The findings that weigh and are no root causes: the heaviest first, then by line. */
  public List<Run.Diagnosed> others() {
    Set<String> causes =
        run.rootCauses().stream().map(Run.RootCause::id).collect(Collectors.toSet());
    return run.findings().stream()
        .filter(f -> !causes.contains(f.id()) && !f.isSuppressed())
        .sorted(
            Comparator.comparing((Run.Diagnosed f) -> f.finding().severity())
                .reversed()
                .thenComparingInt(f -> f.finding().firstLine()))
        .toList();
  }

  /** Whether something went wrong and no finding says why. */
  public boolean unexplained() {
    return run.rootCauses().isEmpty()
        && run.verdict() != Verdict.PASSED
        && run.verdict() != Verdict.UNKNOWN;
  }

  /** How many findings of each severity, as in {@code 2 errors, 1 warning}. */
  public String counts() {
    return counts(run.findings());
  }

  static String counts(List<Run.Diagnosed> findings) {
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    findings.forEach(f -> counts.merge(f.finding().severity(), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    counts.forEach((severity, n) -> words.add(0, count(severity, n)));
    return words.isEmpty() ? "no findings" : String.join(", ", words);
  }

  static String count(Severity severity, int n) {
    String word = severity == Severity.CRITICAL ? "critical finding" : severity.word();
    return n + " " + (n == 1 ? word : word + "s");
  }

  /** Where and when a finding was seen, as in {@code boot 2, userspace, at 12.4 s, 3 times}. */
  public String circumstances(Finding finding) {
    List<String> words = new ArrayList<>();
    if (finding.input() > 0) {
      words.add("in " + file(finding.input()));
    }
    if (run.boots().size() > 1 && finding.boot() > 0) {
      words.add("boot " + finding.boot());
    }
    if (finding.phase() != null) {
      words.add(finding.phase().word());
    }
    if (finding.micros() != Entry.NO_TIME) {
      words.add("at " + Seconds.rounded(finding.micros()));
    }
    if (finding.occurrences() > 1) {
      words.add(finding.occurrences() + " times");
    }
    if (finding.recalled()) {
      words.add("from a log printed in a session");
    }
    String function = finding.names().getOrDefault("function", "");
    if (!function.isEmpty()) {
      words.add("in " + function);
    }
    if (finding.crash() != null) {
      words.addAll(circumstances(finding.crash()));
    }
    return String.join(", ", words);
  }

  /** Who ran where when the kernel reported, and what of the report is missing. */
  private static List<String> circumstances(CrashReport crash) {
    List<String> words = new ArrayList<>();
    CrashReport.Task task = crash.task();
    if (!task.comm().isEmpty()) {
      words.add("while " + task.comm() + "[" + task.pid() + "] ran");
    }
    if (task.cpu() >= 0) {
      words.add("on CPU " + task.cpu());
    }
    if (!task.taint().isEmpty()) {
      words.add("tainted " + task.taint());
    }
    if (crash.selfTest()) {
      words.add("provoked by a test");
    }
    if (crash.isTruncated()) {
      words.add("not whole: " + crash.truncated());
    }
    return words;
  }

  /** What each input has that no other has, a sentence each; empty when there is but one log. */
  public List<String> views() {
    List<String> views = new ArrayList<>();
    for (View view : run.views()) {
      String input = file(view.input());
      if (view.boot() == 0) {
        views.add(input + " holds another boot, lines " + view.firstLine() + "-" + view.lastLine());
      } else if (!view.onlyHere().isEmpty()) {
        List<String> first = new ArrayList<>(view.onlyHere());
        first.sort(Comparator.comparing(unit -> unit.endsWith(" done")));
        String some = String.join(", ", first.subList(0, Math.min(3, first.size())));
        String more = first.size() > 3 ? " and " + (first.size() - 3) + " more" : "";
        views.add("Only " + input + " has: " + some + more);
      }
    }
    return views;
  }

  /** The last part of an input's path. */
  private String file(int input) {
    String path = run.inputs().get(input).path();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Where the time of the last boot went: its figures and its longest stalls, a sentence each. */
  public List<String> times() {
    List<String> times = new ArrayList<>();
    if (!told().isEmpty()) {
      times.add(told());
    }
    lastTimes().filter(w -> w.parts().size() > 1).ifPresent(w -> times.add(w.startup()));
    times.addAll(stalls());
    return times;
  }

  /** The times of the last boot, where its log tells of any. */
  Optional<TimingWords> lastTimes() {
    return run.timings().isEmpty()
        ? Optional.empty()
        : Optional.of(new TimingWords(run.timings().get(run.timings().size() - 1)));
  }

  /** The longest stalls of the last boot, a sentence each. */
  List<String> stalls() {
    return lastTimes().stream()
        .flatMap(
            words ->
                words.stalls().stream()
                    .filter(s -> s.kind() != Stall.Kind.PROBE && words.waited(s) >= LONG)
                    .limit(STALLS)
                    .map(words::sentence))
        .toList();
  }

  /** How long the run's own record says that its parts took, in a sentence; or empty. */
  public String told() {
    List<String> parts = new ArrayList<>();
    told("build", "buildSeconds", parts);
    told("boot to login", "bootToLoginSeconds", parts);
    told("boot to SSH", "bootToSshSeconds", parts);
    told("in all", "totalSeconds", parts);
    return parts.isEmpty() ? "" : "The harness measured: " + String.join(", ", parts) + ".";
  }

  private void told(String what, String name, List<String> parts) {
    if (run.values().containsKey(name)) {
      parts.add(what + " " + run.values().get(name) + " s");
    }
  }

  /** The boots, those in a row that went alike taken together. */
  public List<Boots> boots() {
    List<Boots> rows = new ArrayList<>();
    for (Boot boot : run.boots()) {
      Boots before = rows.isEmpty() ? null : rows.get(rows.size() - 1);
      boolean alike =
          before != null && before.reached() == boot.reached() && before.ended() == boot.ended();
      Boots from = alike ? rows.remove(rows.size() - 1) : null;
      rows.add(
          new Boots(
              alike ? from.first() : boot.index(),
              boot.index(),
              alike ? from.firstLine() : boot.firstLine(),
              boot.lastLine(),
              boot.reached(),
              boot.ended()));
    }
    return rows;
  }

  /**
   * The phases of a boot along a bar, by time when every phase has a duration, else by lines.
   * Widths are rounded along the bar, so that the stretches meet.
   */
  public List<Stretch> bar(Boot boot) {
    boolean timed = byTime(boot);
    long total = 0;
    for (Phase phase : boot.phases()) {
      total += size(phase, timed);
    }
    List<Stretch> bar = new ArrayList<>();
    long before = 0;
    for (Phase phase : boot.phases()) {
      int x = (int) (before * 1000 / total);
      before += size(phase, timed);
      int end = (int) (before * 1000 / total);
      bar.add(new Stretch(phase, x, Math.max(1, end - x), duration(phase)));
    }
    return bar;
  }

  /** Whether {@link #bar} is drawn by time; else it is drawn by lines. */
  public boolean byTime(Boot boot) {
    return !boot.phases().isEmpty()
        && boot.phases().stream().allMatch(p -> !duration(p).isEmpty() && p.end() > p.start());
  }

  private static long size(Phase phase, boolean timed) {
    return timed ? phase.end() - phase.start() : phase.lastLine() - phase.firstLine() + 1L;
  }

  /** How long a phase took, for a person; empty when its start or end is not known. */
  public static String duration(Phase phase) {
    return duration(phase.start(), phase.end());
  }

  /** How long a unit's start job took, for a person; empty when its start or end is not known. */
  public String took(Unit unit) {
    return duration(unit.started(), unit.finished());
  }

  private static String duration(long start, long end) {
    return start == Entry.NO_TIME || end == Entry.NO_TIME ? "" : Seconds.rounded(end - start);
  }

  /** The units of a boot whose start job was not done, in the order of the log. */
  public List<Unit> undone(Boot boot) {
    return boot.units().stream().filter(u -> u.result() != Unit.Result.DONE).toList();
  }

  /** The units of a boot whose start job was done, in the order of the log. */
  public List<Unit> done(Boot boot) {
    return boot.units().stream().filter(u -> u.result() == Unit.Result.DONE).toList();
  }

  /** The sessions, in order. */
  public List<Talk> talks() {
    return run.sessions().stream()
        .map(
            s ->
                new Talk(
                    SessionsReport.heading(s),
                    s.exchanges().stream().mapToInt(Exchange::asked).sum(),
                    SessionsReport.transcript(s)))
        .toList();
  }

  /** How many runs have each verdict, as in {@code 5 runs: 2 passed, 3 failed}. */
  static String tally(List<Run> runs) {
    if (runs.isEmpty()) {
      return "No runs";
    }
    return runs.size()
        + " runs: "
        + Arrays.stream(Verdict.values())
            .filter(v -> runs.stream().anyMatch(r -> r.verdict() == v))
            .map(v -> runs.stream().filter(r -> r.verdict() == v).count() + " " + v.word())
            .collect(Collectors.joining(", "));
  }
}
