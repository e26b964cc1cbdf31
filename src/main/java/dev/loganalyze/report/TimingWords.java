package dev.loganalyze.report;

import dev.loganalyze.boot.Certainty;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.parse.Timespan;
import dev.loganalyze.timing.Clocks;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Instant;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Startup;
import dev.loganalyze.timing.Step;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The timing of a boot in words and numbers for people; all reports take theirs from here. Nothing
 * in it is escaped.
 *
 * @param timing what is told
 */
public record TimingWords(Timing timing) {
  /** A bracket wider than this, in microseconds to either side, is told. */
  private static final long WIDE = 500_000;

  /** In the order of systemd-analyze. */
  private static final Set<String> PARTS =
      Set.of("firmware", "loader", "hidden", "kernel", "initrd", "userspace");

  /** A time that is not exact: {@code ~} by arrival, {@code ?} between two others. */
  static String span(long micros, Certainty certainty) {
    String mark =
        switch (certainty) {
          case EXACT -> "";
          case HOST -> "~";
          case BRACKET, ORDER -> "?";
        };
    return mark + Timespan.format(micros);
  }

  /** A time that lies in a wide bracket tells how wide: {@code ?30.868s ±15.100s}. */
  private static String span(long micros, Certainty certainty, long error) {
    boolean wide = certainty == Certainty.BRACKET && error > WIDE;
    String about = wide ? " \u00b1" + Timespan.format(error / 100_000 * 100_000) : "";
    return span(micros, certainty) + about;
  }

  private static String took(Figure figure) {
    return figure.isOpen()
        ? "\u2265" + Timespan.format(figure.duration())
        : span(figure.duration(), figure.certainty(), figure.error());
  }

  /** Whether {@code error} is small beside {@code micros}: a tenth of it, or of a second. */
  static boolean isSure(long error, long micros) {
    return error <= Math.max(100_000, micros / 10);
  }

  /** How long a start job ran. */
  static String took(UnitTime unit) {
    Certainty certainty = unit.finished().certainty();
    return unit.started().certainty().compareTo(certainty) > 0
        ? span(unit.running(), unit.started().certainty(), unit.error())
        : span(unit.running(), certainty, unit.error());
  }

  /** All that is known of when a start job ran, in a sentence. */
  static String told(UnitTime unit) {
    StringBuilder told = new StringBuilder(unit.name() + ": " + unit.result().word());
    if (unit.running() > 0) {
      told.append(", ran for ").append(took(unit));
    }
    moment(told, ", queued at ", unit.queued());
    moment(told, ", started at ", unit.started());
    moment(told, ", ended at ", unit.finished());
    if (unit.slack() >= 0) {
      told.append(", slack ").append(Timespan.format(unit.slack()));
    }
    if (unit.firstLine() > 0) {
      told.append(" (lines ").append(unit.firstLine()).append('-').append(unit.lastLine());
      told.append(')');
    }
    return told.toString();
  }

  private static void moment(StringBuilder told, String words, Instant at) {
    if (at.isKnown()) {
      String sign = at.micros() < 0 ? "-" : "";
      told.append(words).append(sign).append(span(Math.abs(at.micros()), at.certainty()));
    }
  }

  /** The figures that follow each other from power-on to the end of start-up. */
  public List<Figure> parts() {
    return timing.figures().stream()
        .filter(f -> PARTS.contains(f.name()) && f.isKnown() && f.duration() > 0)
        .toList();
  }

  /** {@code Startup finished in 1.2s (kernel) + 3.4s (userspace) = 4.6s}, or empty. */
  public String startup() {
    List<Figure> parts = parts();
    if (parts.isEmpty()) {
      return "";
    }
    String sum =
        parts.stream().map(p -> took(p) + " (" + p.name() + ")").collect(Collectors.joining(" + "));
    return (timing.finished() ? "Startup finished in " : "Startup did not finish; seen are ")
        + sum
        + " = "
        + total();
  }

  /** How long {@link #parts} took together; there must be some. */
  private String total() {
    List<Figure> parts = parts();
    long total = parts.stream().mapToLong(Figure::duration).sum();
    Figure last = parts.get(parts.size() - 1);
    Figure all = new Figure("total", "", parts.get(0).start(), last.end(), 0, 0);
    return last.isOpen()
        ? "\u2265" + Timespan.format(total)
        : span(total, worst(parts), all.error());
  }

  /** The legend of {@code bar}: {@code █ kernel 1.2s, ░ userspace 3.4s: in all 4.6s}. */
  String legend(PhaseBar bar) {
    return parts().stream()
            .map(p -> bar.mark(p) + " " + p.name() + " " + took(p))
            .collect(Collectors.joining(", "))
        + (timing.finished() ? "; in all " : "; not finished after ")
        + total();
  }

  private static Certainty worst(List<Figure> parts) {
    return parts.stream().map(Figure::certainty).max(Comparator.naturalOrder()).orElseThrow();
  }

  /** systemd's own sentence, or empty. */
  public String told() {
    Startup startup = timing.startup();
    return startup == null
        ? ""
        : "systemd says: "
            + startup.parts().entrySet().stream()
                .map(p -> Timespan.format(p.getValue()) + " (" + p.getKey() + ")")
                .collect(Collectors.joining(" + "))
            + " = "
            + Timespan.format(startup.total());
  }

  /** The figures that lie within others, and those after the start: a sentence each. */
  public List<String> details() {
    List<String> details = new ArrayList<>();
    for (Figure figure : timing.figures()) {
      if (figure.duration() > 0 && !PARTS.contains(figure.name())) {
        String took = took(figure);
        details.add(
            switch (figure.name()) {
              case "target" -> "default target reached after " + took + " in userspace";
              case "login", "ssh" -> figure.name() + " possible " + took + " after the start";
              case "shutdown" -> "shutdown took " + took;
              default -> "of " + figure.within() + ": " + figure.name() + " " + took;
            });
      }
    }
    boolean silenced =
        timing.finished() && timing.figure("userspace").filter(Figure::isOpen).isPresent();
    if (silenced) {
      details.add(
          "jobs ran when the login prompt came, and PID 1 prints no status while a getty owns the"
              + " console: userspace took at least this long");
    }
    details.addAll(timing.notes());
    return details;
  }

  /** How the clocks lie to each other, a sentence each. */
  public List<String> clocks() {
    Clocks clocks = timing.clocks();
    List<String> words = new ArrayList<>();
    if (clocks.anchors() > 0) {
      words.add(
          "lines without a stamp are placed by their arrival, aligned over "
              + clocks.anchors()
              + (clocks.anchors() == 1 ? " stamped line (known to " : " stamped lines (known to ")
              + Timespan.format(clocks.error())
              + (Math.abs(clocks.driftPpm()) > 100
                  ? ", drift " + clocks.driftPpm() + " ppm)"
                  : ")"));
    }
    if (clocks.hidden() > 0) {
      words.add(
          Timespan.format(clocks.hidden())
              + " passed in the kernel before its clock started; systemd does not count them");
    }
    for (Clocks.ClockStep step : clocks.steps()) {
      words.add(
          "the "
              + step.clock()
              + " clock stepped by "
              + (step.by() < 0 ? "-" : "+")
              + Timespan.format(Math.abs(step.by()))
              + " at line "
              + step.line());
    }
    return words;
  }

  /** The units by how long their start jobs ran, the longest first, as {@code blame} has them. */
  public List<UnitTime> blame() {
    return timing.units().stream()
        .filter(u -> u.running() > 0)
        .sorted(Comparator.comparingLong((UnitTime u) -> -u.running()))
        .toList();
  }

  /** The zero of {@code @} times: the start of userspace, where it is known. */
  public long userspace() {
    return timing
        .figure("userspace")
        .or(() -> timing.targets().stream().findFirst())
        .map(f -> f.start().micros())
        .orElse(0L);
  }

  /**
   * When a step's start began, else when it was up, as {@code @12.345s} after the start of
   * userspace; empty when it is not known.
   */
  public String at(Step step) {
    long micros = step.at().micros() - step.took() - userspace();
    return step.at().isKnown()
        ? "@" + (micros < 0 ? "-" : "") + span(Math.abs(micros), step.at().certainty())
        : "";
  }

  /** Why the critical chain is not systemd-analyze's, or empty. */
  public String chainNote() {
    String failed =
        timing.chain().stream()
            .filter(s -> s.result() != Unit.Result.DONE)
            .map(Step::name)
            .collect(Collectors.joining(", "));
    return failed.isEmpty()
        ? ""
        : "systemd-analyze leaves out what never became active, and blames another: " + failed;
  }

  /** The stalls of the boot itself, the longest first; after its end it waits for people. */
  public List<Stall> stalls() {
    int login =
        timing.figures().stream()
            .filter(f -> f.name().equals("login") || f.name().equals("userspace"))
            .filter(f -> timing.finished())
            .mapToInt(Figure::lastLine)
            .min()
            .orElse(Integer.MAX_VALUE);
    return timing.stalls().stream()
        .filter(s -> s.firstLine() < login || s.result() != null || s.kind() == Stall.Kind.PROBE)
        .sorted(
            Comparator.comparingLong((Stall s) -> -waited(s)).thenComparingInt(Stall::firstLine))
        .toList();
  }

  /** A stall as a sentence without its end. */
  public String sentence(Stall stall) {
    StringBuilder words = new StringBuilder();
    long waited = waited(stall);
    if (waited >= 0) {
      Certainty certainty = stall.start().isKnown() ? Certainty.EXACT : Certainty.BRACKET;
      words.append(span(waited, certainty)).append(share(stall)).append(' ');
    }
    words.append(held(stall));
    if (stall.result() != null) {
      job(stall, words);
      if (stall.duration() > 0 && stall.duration() < waited) {
        words.append("; for ").append(Timespan.format(stall.duration()));
        words.append(" of it nothing else went on");
      }
    }
    if (!stall.fell().isEmpty()) {
      int shown = Math.min(5, stall.fell().size());
      words
          .append("; because of it fell ")
          .append(String.join(", ", stall.fell().subList(0, shown)));
      if (shown < stall.fell().size()) {
        words.append(" and ").append(stall.fell().size() - shown).append(" more");
      }
    }
    return words
        .append(" (lines ")
        .append(stall.firstLine())
        .append('-')
        .append(stall.lastLine())
        .append(')')
        .toString();
  }

  /** How long a job was waited for, which others may have used; else how long nothing went on. */
  public long waited(Stall stall) {
    long ran = stall.result() == null ? -1 : running(stall.waitingFor());
    return Math.max(ran, Math.max(stall.duration(), stall.elapsed()));
  }

  private long running(String unit) {
    return timing.units().stream()
        .filter(u -> u.name().equals(unit))
        .filter(u -> u.finished().certainty().compareTo(Certainty.HOST) <= 0)
        .mapToLong(UnitTime::running)
        .findFirst()
        .orElse(-1);
  }

  private String share(Stall stall) {
    long waited = waited(stall);
    return timing
        .figure("userspace")
        .filter(f -> timing.finished() && f.isKnown() && f.duration() > waited)
        .filter(f -> stall.start().isKnown() && stall.start().micros() >= f.start().low())
        .filter(f -> stall.end().micros() <= f.end().high())
        .map(f -> " (" + 100 * waited / f.duration() + " % of userspace)")
        .orElse("");
  }

  static String held(Stall stall) {
    String what = stall.waitingFor();
    return switch (stall.kind()) {
      case MENU -> "in " + what;
      case LOADER -> "in the loader after \"" + what + "\"";
      case KERNEL -> "in the kernel after \"" + what + "\"";
      case INITCALL -> "in the kernel's initcall " + what;
      case DEVICE -> "waiting for the device " + what;
      case JOB, NETWORK, FSCK, ENTROPY -> "waiting for " + what;
      case PROMPT -> "at the prompt \"" + what + "\"";
      case COMMAND -> "in the command " + what;
      case PROBE ->
          "asking "
              + stall.times()
              + " times in a row: "
              + what
              + (stall.duration() < 0 ? " (the log has no clock to say how long)" : "");
      case SPAN -> "in the step " + what;
      case SILENCE -> "of silence after \"" + what + "\"";
    };
  }

  private static void job(Stall stall, StringBuilder words) {
    if (stall.open()) {
      words.append(", still waiting when the log ends");
    } else if (stall.result() == Unit.Result.TIMEOUT) {
      words.append(", which timed out");
    } else if (stall.result() == Unit.Result.FAILED) {
      words.append(", which failed");
    }
    if (stall.queued().isKnown()) {
      words.append(": enqueued at ");
      words.append(span(Math.max(0, stall.queued().micros()), stall.queued().certainty()));
    }
    boolean counted = stall.elapsed() != Timespan.NONE;
    if (counted) {
      words.append(", counted to ").append(Timespan.format(stall.elapsed()));
    }
    if (stall.limit() != Timespan.NONE) {
      words.append(", limit ").append(Timespan.format(stall.limit()));
      if (stall.open() && counted && stall.limit() > stall.elapsed()) {
        words.append(", ").append(Timespan.format(stall.limit() - stall.elapsed())).append(" left");
      }
    } else if (!stall.limited()) {
      words.append(", no limit");
    }
  }
}
