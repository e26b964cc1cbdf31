package dev.loganalyze.report;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.parse.Timespan;
import dev.loganalyze.session.Exchange;
import dev.loganalyze.session.Session;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Step;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A run in the order in which an HTML page tells it. Nothing in it is escaped. */
public final class Page {
  /** Of what one finding explains, so much is drawn. */
  private static final int MOST_EFFECTS = 12;

  /** More boots than these are not told one by one. */
  private static final int MOST_BOOTS = 24;

  /** A chain of more steps is drawn no further. */
  private static final int DEEPEST = 16;

  private final Run run;
  private final Answer answer;
  private final String prefix;
  private final List<LogView> logs = new ArrayList<>();

  /**
   * A stretch of the phase bar.
   *
   * @param name of the phase or the figure
   * @param x where it begins, in percent of the bar
   * @param width in percent
   * @param middle where its label stands, in percent
   * @param took for a person; empty where only lines are counted
   * @param share of the whole, in percent
   * @param sure whether a clock tells both ends
   * @param fits whether a label fits in it
   * @param firstLine 1-based raw line
   * @param lastLine 1-based raw line, inclusive
   */
  public record Stretch(
      String name,
      String x,
      String width,
      String middle,
      String took,
      long share,
      boolean sure,
      boolean fits,
      int firstLine,
      int lastLine) {}

  /**
   * A finding with what it explains.
   *
   * @param effects the findings that it explains
   * @param more how many effects are not drawn
   */
  public record Node(Run.Diagnosed diagnosed, List<Node> effects, int more) {}

  /**
   * A unit of a boot, with its times where they are known.
   *
   * @param anchor a part of an id that no other unit of the page has
   * @param time null when nothing is known of its times
   */
  public record UnitRow(String anchor, Unit unit, UnitTime time) {
    /** How long its job ran, for a person; or empty. */
    public String took() {
      return time == null || time.running() == 0 ? "" : TimingWords.took(time);
    }

    /** Microseconds that it ran, for sorting; -1 when that is not known. */
    public long micros() {
      return time == null || time.running() == 0 ? -1 : time.running();
    }

    /** Microseconds from its queueing to its start, or -1. */
    public long waited() {
      boolean known = time != null && time.queued().isKnown() && time.started().isKnown();
      return known ? Math.max(0, time.started().micros() - time.queued().micros()) : -1;
    }

    /** Microseconds by which it could have taken longer, or -1. */
    public long slack() {
      return time == null ? -1 : time.slack();
    }

    /** Whether its job came to no good end. */
    public boolean undone() {
      return unit.result() != Unit.Result.DONE && unit.result() != Unit.Result.SKIPPED;
    }
  }

  /** A command with the session that it was typed in. */
  public record Typed(Session session, Exchange exchange) {}

  /**
   * What two logs say of one boot.
   *
   * @param unit its name
   * @param console what the leading log says of it; empty when it says nothing
   * @param other what the other says
   */
  public record Sight(String unit, String console, String other) {}

  /** One boot of the run. */
  public final class BootView {
    private final Boot boot;
    private final Timing timing;

    private BootView(Boot boot, Timing timing) {
      this.boot = boot;
      this.timing = timing;
    }

    /** The boot. */
    public Boot boot() {
      return boot;
    }

    /** Its drawing, or null when no times are known. */
    public Timeline timeline() {
      Timeline timeline = timing == null ? null : new Timeline(boot, timing);
      return timeline == null || timeline.isEmpty() ? null : timeline;
    }

    /** Its timing in words, or null. */
    public TimingWords words() {
      return timing == null ? null : new TimingWords(timing);
    }

    /** The stalls, the longest first. */
    public List<Stall> stalls() {
      return timing == null
          ? List.of()
          : words().stalls().stream().filter(s -> s.duration() >= 0).toList();
    }

    /** The critical chain in the order of time. */
    public List<Step> chain() {
      List<Step> chain = new ArrayList<>(timing == null ? List.of() : timing.chain());
      Collections.reverse(chain);
      return chain;
    }

    /** The phase bar: by time where it is known, else by lines. */
    public List<Stretch> bar() {
      return timing == null || words().parts().isEmpty() ? byLines() : byTime();
    }

    /** Whether {@link #bar} is drawn by time. */
    public boolean timed() {
      return timing != null && !words().parts().isEmpty();
    }

    private List<Stretch> byTime() {
      List<Figure> parts = words().parts();
      long whole = parts.stream().mapToLong(Figure::duration).sum();
      List<Stretch> bar = new ArrayList<>();
      long before = 0;
      for (Figure part : parts) {
        String took = Seconds.rounded(part.duration());
        boolean sure = TimingWords.isSure(part.error(), part.duration());
        bar.add(
            stretch(
                part.name(),
                before,
                part.duration(),
                whole,
                took,
                sure,
                part.firstLine(),
                part.lastLine()));
        before += part.duration();
      }
      return bar;
    }

    private List<Stretch> byLines() {
      List<Stretch> bar = new ArrayList<>();
      for (Answer.Stretch part : answer.bar(boot)) {
        bar.add(
            stretch(
                part.phase().kind().word(),
                part.x(),
                part.width(),
                1000,
                part.duration(),
                true,
                part.phase().firstLine(),
                part.phase().lastLine()));
      }
      return bar;
    }

    /** Units: those that came to no good end, then those that ran longest. */
    public List<UnitRow> units() {
      Map<String, UnitTime> times = new HashMap<>();
      if (timing != null) {
        timing.units().forEach(u -> times.putIfAbsent(u.name(), u));
      }
      Set<String> anchors = new HashSet<>();
      Map<String, Integer> namesakes = new HashMap<>();
      List<UnitRow> rows = new ArrayList<>();
      for (Unit unit : boot.units()) {
        String anchor = "unit-" + boot.index() + "-" + unit.name().replaceAll("\\s", "_");
        // Names may differ in the kind of a blank, or in what is not printed, alone.
        String shown = Printable.text(anchor);
        String own = shown;
        while (!anchors.add(own)) {
          own = shown + "_" + namesakes.merge(shown, 1, Integer::sum);
        }
        rows.add(new UnitRow(own, unit, times.get(unit.name())));
      }
      rows.sort(
          Comparator.comparing((UnitRow r) -> !r.undone())
              .thenComparing(Comparator.comparingLong(UnitRow::micros).reversed())
              .thenComparing(r -> r.unit().name()));
      return rows;
    }
  }

  private static Stretch stretch(
      String name,
      long before,
      long size,
      long whole,
      String took,
      boolean sure,
      int firstLine,
      int lastLine) {
    long share = Math.round(100.0 * size / whole);
    return new Stretch(
        name,
        percent(before, whole),
        percent(size, whole),
        percent(2 * before + size, 2 * whole),
        took,
        share,
        sure,
        share > 9,
        firstLine,
        lastLine);
  }

  static String percent(long part, long whole) {
    return BigDecimal.valueOf(100 * part)
        .divide(BigDecimal.valueOf(whole), 3, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /**
   * @param number 1-based number of the run on its page
   * @param alone whether it is the only one
   */
  Page(Run run, int number, boolean alone) {
    this.run = run;
    this.answer = new Answer(run);
    this.prefix = alone ? "" : "r" + number + "-";
    for (Run.Log log : run.logs()) {
      logs.add(new LogView(run, log, prefix, anchor(log.input())));
    }
  }

  private String anchor(int input) {
    return prefix + (input == 0 ? "" : "i" + input + "-");
  }

  /** The run. */
  public Run run() {
    return run;
  }

  /** The run in words. */
  public Answer answer() {
    return answer;
  }

  /** What the anchors of this run begin with; empty when it is alone on its page. */
  public String prefix() {
    return prefix;
  }

  /** Its logs, the leading one first; none when their lines were not kept. */
  public List<LogView> logs() {
    return logs;
  }

  /** The anchor of line {@code line} of input {@code input}, or empty when it is not shown. */
  public String place(int input, int line) {
    boolean shown =
        logs.stream().anyMatch(l -> l.prefix().equals(anchor(input)) && line <= l.lines());
    return shown && line > 0 ? anchor(input) + "L" + line : "";
  }

  /** How many rules found something. */
  public long hit() {
    return run.findings().stream().map(f -> f.finding().rule().id()).distinct().count();
  }

  /** The last boots with their timings, in order. */
  public List<BootView> boots() {
    List<BootView> views = new ArrayList<>();
    for (int i = Math.max(0, run.boots().size() - MOST_BOOTS); i < run.boots().size(); i++) {
      Timing timing = i < run.timings().size() ? run.timings().get(i) : null;
      views.add(new BootView(run.boots().get(i), timing));
    }
    return views;
  }

  /** The longest stall in some words, or empty. */
  public String stall() {
    String longest = "";
    long most = 1_000_000;
    for (BootView view : boots()) {
      for (Stall stall : view.stalls()) {
        long waited = view.words().waited(stall);
        if (waited > most) {
          most = waited;
          longest = Timespan.format(waited) + " " + TimingWords.held(stall);
        }
      }
    }
    return longest;
  }

  /** The findings that explain others, with what they explain. */
  public List<Node> causes() {
    Map<String, List<Run.Diagnosed>> effects = new LinkedHashMap<>();
    for (Run.Diagnosed diagnosed : run.findings()) {
      if (!diagnosed.isSuppressed()) {
        diagnosed
            .causedBy()
            .forEach(id -> effects.computeIfAbsent(id, i -> new ArrayList<>()).add(diagnosed));
      }
    }
    return run.findings().stream()
        .filter(f -> f.causedBy().isEmpty() && effects.containsKey(f.id()))
        .map(f -> node(f, effects, 0))
        .toList();
  }

  private static Node node(
      Run.Diagnosed diagnosed, Map<String, List<Run.Diagnosed>> effects, int depth) {
    List<Run.Diagnosed> all = effects.getOrDefault(diagnosed.id(), List.of());
    int shown = depth == DEEPEST ? 0 : Math.min(MOST_EFFECTS, all.size());
    return new Node(
        diagnosed,
        all.subList(0, shown).stream().map(f -> node(f, effects, depth + 1)).toList(),
        all.size() - shown);
  }

  /** All commands of all sessions, in order. */
  public List<Typed> commands() {
    List<Typed> typed = new ArrayList<>();
    run.sessions().forEach(s -> s.exchanges().forEach(e -> typed.add(new Typed(s, e))));
    return typed;
  }

  /** How long an answer took, for a person; or empty. */
  public static String took(Exchange exchange) {
    return exchange.micros() == Exchange.UNKNOWN ? "" : Seconds.rounded(exchange.micros());
  }

  /** The units that only one of console and journal tells of. */
  public List<Sight> sights() {
    Map<String, Sight> sights = new TreeMap<>();
    run.views()
        .forEach(
            view ->
                view.onlyHere()
                    .forEach(
                        words -> {
                          int blank = words.lastIndexOf(' ');
                          String unit = words.substring(0, blank);
                          String result = words.substring(blank + 1);
                          sights.put(
                              unit,
                              view.input() == 0
                                  ? new Sight(unit, result, "")
                                  : new Sight(unit, "", result));
                        }));
    return List.copyOf(sights.values());
  }
}
