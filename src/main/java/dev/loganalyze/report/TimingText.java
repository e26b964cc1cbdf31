package dev.loganalyze.report;

import static java.util.stream.Collectors.joining;

import dev.loganalyze.boot.Unit;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.parse.Timespan;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Span;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Step;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Times for a person at a terminal, in the layout of {@code systemd-analyze time}, {@code blame}
 * and {@code critical-chain}.
 */
final class TimingText implements Report {
  private static final int BAR = 80;
  private static final int MOST_STALLS = 20;

  private static final int MOST_STEPS = 10;

  /** Outcomes that need no word. */
  private static final Set<String> FINE = Set.of("0", "finished", "success", "ok", "done");

  private final Screen screen;

  /** A report for {@code screen}; sentences are wrapped, tables are cut. */
  TimingText(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    boolean first = true;
    for (Run run : runs) {
      for (Timing timing : run.timings()) {
        writer.write(first ? "" : "\n");
        first = false;
        String which = run.timings().size() > 1 ? ", boot " + timing.boot() : "";
        line(writer, run.name() + which);
        boot(writer, new TimingWords(timing));
      }
    }
    writer.flush();
  }

  private void boot(Writer out, TimingWords words) throws IOException {
    say(out, "", words.startup());
    say(out, "", words.told());
    for (String detail : words.details()) {
      say(out, "  ", detail);
    }
    for (String clock : words.clocks()) {
      say(out, "  ", clock);
    }
    bar(out, words.parts());
    stalls(out, words);
    if (!words.blame().isEmpty()) {
      out.write("\nBlame (how long start jobs ran)\n");
      for (UnitTime unit : words.blame()) {
        String result = unit.result() == Unit.Result.DONE ? "" : " (" + unit.result().word() + ")";
        String took = TimingWords.took(unit);
        line(out, String.format(Locale.ROOT, "%12s %s%s", took, unit.name(), result));
      }
    }
    steps(out, words.timing());
    chain(out, words);
  }

  /** What programs say of their own steps: the longest, and those that have no end. */
  private void steps(Writer out, Timing timing) throws IOException {
    List<Span> steps =
        timing.spans().stream()
            .filter(span -> span.kind() == Span.Kind.EVENT)
            .filter(span -> !span.end().isKnown() || span.duration() > 0)
            .sorted(
                Comparator.comparing((Span span) -> span.end().isKnown())
                    .thenComparing(span -> -span.duration())
                    .thenComparing(Span::firstLine))
            .limit(MOST_STEPS)
            .toList();
    out.write(steps.isEmpty() ? "" : "\nSteps (what programs say of themselves)\n");
    for (Span step : steps) {
      String took = step.end().isKnown() ? Timespan.format(step.duration()) : "no end";
      String what = step.name() + (step.detail().isEmpty() ? "" : ": " + step.detail());
      boolean failed = !step.outcome().isEmpty() && !FINE.contains(step.outcome());
      String outcome = failed ? " (" + step.outcome() + ")" : "";
      line(out, String.format(Locale.ROOT, "%12s %s%s", took, what, outcome));
    }
  }

  private void bar(Writer out, List<Figure> parts) throws IOException {
    if (!parts.isEmpty()) {
      PhaseBar bar = new PhaseBar(parts, screen.ascii());
      out.write("\n" + bar.bar(Math.min(BAR, screen.width())) + "\n");
      say(out, "", parts.stream().map(p -> bar.mark(p) + " " + p.name()).collect(joining(", ")));
    }
  }

  private void stalls(Writer out, TimingWords words) throws IOException {
    List<Stall> stalls = words.stalls();
    if (stalls.isEmpty()) {
      return;
    }
    out.write("\nStalls\n");
    for (Stall stall : stalls.subList(0, Math.min(MOST_STALLS, stalls.size()))) {
      say(out, "  ", words.sentence(stall));
    }
    if (stalls.size() > MOST_STALLS) {
      line(out, "  and " + (stalls.size() - MOST_STALLS) + " shorter ones");
    }
  }

  private void chain(Writer out, TimingWords words) throws IOException {
    List<Step> chain = words.timing().chain();
    if (chain.isEmpty()) {
      return;
    }
    out.write("\nCritical chain (@ it began or was up, + its start took");
    out.write(chain.stream().allMatch(Step::certain) ? ")\n" : ", ~ waiting inferred)\n");
    int depth = 0;
    for (Step step : chain) {
      String took = step.took() > 0 ? " +" + Timespan.format(step.took()) : "";
      String result = step.result() == Unit.Result.DONE ? "" : " [" + step.result().word() + "]";
      String corner = screen.ascii() ? "`-" : "└─";
      String branch = depth == 0 ? "" : "  ".repeat(Math.min(depth, 30) - 1) + corner;
      String doubt = depth > 0 && !chain.get(depth - 1).certain() ? "~" : "";
      line(out, branch + doubt + step.name() + " " + words.at(step) + took + result);
      depth++;
    }
    say(out, "  ", words.chainNote());
  }

  private void say(Writer out, String indent, String text) throws IOException {
    if (!text.isEmpty()) {
      for (String line :
          Lines.wrap(screen.shown(text), indent, indent.length() + 2, screen.width(), 8)) {
        out.write(Printable.line(line.stripTrailing()) + "\n");
      }
    }
  }

  private void line(Writer out, String text) throws IOException {
    out.write(Lines.cut(Printable.line(screen.shown(text)), screen.width()) + "\n");
  }
}
