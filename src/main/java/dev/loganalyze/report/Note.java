package dev.loganalyze.report;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Ended;
import dev.loganalyze.boot.Milestone;
import dev.loganalyze.diagnosis.Role;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.diagnosis.Verdict;
import dev.loganalyze.history.Started;
import dev.loganalyze.parse.Entry;
import dev.loganalyze.rules.Finding;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.session.Exchange;
import dev.loganalyze.session.Session;
import dev.loganalyze.timing.Clocks;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A run as a work note tells it: what happened when, why, what it was not, what is open. It says
 * nothing that the logs do not. Nothing in it is escaped.
 *
 * @param run what is told
 * @param answer the same run in the words of the other reports
 */
public record Note(Run run, Answer answer) {
  /** A command asked as often as this in a row is told. */
  private static final int POLLED = 5;

  private static final int MOST_STEPS = 40;
  private static final int MOST_SLUG = 60;

  /** Values of a run that a note has, by name, and what they are called there. */
  private static final Map<String, String> TOLD = told();

  /** The note of {@code run}. */
  public Note(Run run) {
    this(run, new Answer(run));
  }

  private static Map<String, String> told() {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("outcome", "Outcome, says the harness");
    told.put("failure", "Failure, says the harness");
    told.put("image", "Image");
    told.put("narHash", "Image hash");
    told.put("deriver", "Derivation");
    told.put("rootKeyFingerprint", "Key of root in the image");
    told.put("qemuVersion", "QEMU");
    told.put("qemuCommand", "QEMU command");
    told.put("tests", "Tests");
    return told;
  }

  /**
   * A step of the timeline.
   *
   * @param time on the boot's clock, for a person; or empty
   * @param where {@code file#Lnn}
   * @param what happened
   */
  public record Step(String time, String where, String what, long micros, int line) {}

  /**
   * A finding of a chain.
   *
   * @param diagnosed the finding
   * @param because what shows that the one before led to it; or empty
   * @param quotes its lines, as {@code file#Lnn: text}
   */
  public record Link(Run.Diagnosed diagnosed, String because, List<String> quotes) {}

  /** The verdict and the root cause, or how far it came. */
  public String title() {
    String verdict =
        answer.verdict().substring(0, 1).toUpperCase(Locale.ROOT) + answer.verdict().substring(1);
    List<Answer.Cause> causes = answer.causes();
    return verdict
        + ": "
        + (causes.isEmpty() ? answer.story() : causes.get(0).diagnosed().finding().title());
  }

  /** When the run began, UTC, by the data; or empty. */
  public String started() {
    return Started.of(run);
  }

  /** What the run's own record says of it, what and value. */
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    TOLD.forEach(
        (name, what) -> {
          if (run.values().containsKey(name)) {
            values.put(what, run.values().get(name));
          }
        });
    return values;
  }

  /**
   * What a note of it is called: its start as in {@code 2025-12-23T00-44-12Z}, or {@code undated},
   * and the root cause or the verdict, in letters that any file system takes.
   */
  public String fileName() {
    List<Answer.Cause> causes = answer.causes();
    String what = answer.verdict();
    if (!causes.isEmpty()) {
      Finding finding = causes.get(0).diagnosed().finding();
      what = finding.rule().id().substring(finding.rule().id().indexOf('.') + 1);
      what += finding.subject().isEmpty() ? "" : "-" + finding.subject();
    }
    String slug = what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    slug = slug.substring(0, Math.min(MOST_SLUG, slug.length())).replaceAll("^-+|-+$", "");
    String time = started().isEmpty() ? "undated" : started().replace(':', '-');
    return time + "-" + slug + ".md";
  }

  /** The last part of the path of input {@code input}. */
  private String file(int input) {
    String path = run.inputs().get(input).path();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private String where(int input, int line) {
    return file(input) + "#L" + line;
  }

  /** What happened, in its order: milestones, findings, sessions, stalls, the end. */
  public List<Step> timeline() {
    List<Step> steps = new ArrayList<>();
    for (int b = 0; b < run.boots().size(); b++) {
      List<Step> boot = new ArrayList<>();
      boot(run.boots().get(b), b < run.timings().size() ? run.timings().get(b) : null, boot);
      boot.sort(Comparator.comparingInt(Step::line));
      steps.addAll(boot);
    }
    for (Run.Diagnosed found : run.findings()) {
      Finding finding = found.finding();
      if (finding.told() == Finding.Told.HARNESS || finding.boot() == 0) {
        if (finding.severity().compareTo(Severity.WARNING) >= 0) {
          steps.add(step(finding));
        }
      }
    }
    return steps.size() <= MOST_STEPS ? steps : steps.subList(0, MOST_STEPS);
  }

  private void boot(Boot boot, Timing timing, List<Step> steps) {
    String which = run.boots().size() > 1 ? "boot " + boot.index() + ": " : "";
    Set<Integer> lines = new LinkedHashSet<>();
    for (Milestone milestone : boot.milestones()) {
      if (milestone.line() > 0 && lines.add(milestone.line())) {
        steps.add(
            new Step(
                time(milestone.micros()),
                where(0, milestone.line()),
                which + reached(milestone.name()),
                milestone.micros(),
                milestone.line()));
      }
    }
    for (Run.Diagnosed found : run.findings()) {
      Finding finding = found.finding();
      boolean here = finding.boot() == boot.index() && finding.input() == 0;
      if (here
          && finding.told() == Finding.Told.THEN
          && finding.severity().compareTo(Severity.WARNING) >= 0) {
        steps.add(step(finding));
      }
    }
    for (Session session : run.sessions()) {
      if (session.boot() == boot.index()) {
        for (Exchange exchange : session.exchanges()) {
          if (exchange.asked() >= POLLED) {
            steps.add(polled(exchange, timing, which));
          }
        }
        for (Session.Escalation escalation : session.escalations()) {
          steps.add(
              new Step(
                  "",
                  where(0, escalation.line()),
                  which
                      + "`"
                      + escalation.command()
                      + "`: root "
                      + (escalation.reached() ? "reached" : "not reached"),
                  Entry.NO_TIME,
                  escalation.line()));
        }
        steps.add(
            new Step(
                "",
                where(0, session.firstLine()),
                which + "session begins: " + SessionsReport.heading(session),
                Entry.NO_TIME,
                session.firstLine()));
      }
    }
    if (timing != null) {
      TimingWords words = new TimingWords(timing);
      for (Stall stall : words.stalls()) {
        if (words.waited(stall) >= 10_000_000) {
          steps.add(
              new Step(
                  stall.start().isKnown() ? time(stall.start().micros()) : "",
                  where(0, stall.firstLine()),
                  which + words.sentence(stall),
                  stall.start().micros(),
                  stall.firstLine()));
        }
      }
    }
    steps.add(
        new Step(
            "",
            where(0, boot.lastLine()),
            which + "the log of it ends: " + boot.ended().word(),
            Entry.NO_TIME,
            boot.lastLine()));
  }

  private Step polled(Exchange exchange, Timing timing, String which) {
    long at = timing == null ? Entry.NO_TIME : timing.clocks().boot(exchange.at());
    boolean timed = exchange.polled() != Exchange.UNKNOWN;
    return new Step(
        time(at),
        where(0, exchange.firstLine()),
        which
            + "`"
            + exchange.command()
            + "`: asked "
            + exchange.asked()
            + " times"
            + (timed ? " in " + Seconds.rounded(exchange.polled()) : "")
            + ", the same answer each time",
        at,
        exchange.firstLine());
  }

  private Step step(Finding finding) {
    return new Step(
        time(finding.micros()),
        where(finding.input(), finding.firstLine()),
        finding.severity().word() + ": " + finding.title(),
        finding.micros(),
        finding.firstLine());
  }

  private static String reached(String milestone) {
    return milestone.contains(".") ? milestone + " reached" : milestone;
  }

  private static String time(long micros) {
    return micros == Entry.NO_TIME ? "" : Seconds.rounded(micros);
  }

  /** The findings from a root cause along its effects, with what shows each step. */
  public List<Link> chain(Answer.Cause cause) {
    Run.RootCause root =
        run.rootCauses().stream()
            .filter(c -> c.id().equals(cause.diagnosed().id()))
            .findFirst()
            .orElseThrow();
    List<Link> links = new ArrayList<>();
    for (String id : root.chain()) {
      Run.Diagnosed found = run.finding(id);
      List<String> quotes = new ArrayList<>();
      for (Finding.Evidence line : found.finding().evidence()) {
        String quote = where(found.finding().input(), line.line()) + ": " + line.text();
        quotes.add(Printable.line(Printable.text(quote)));
      }
      links.add(new Link(found, links.isEmpty() ? "" : found.because(), quotes));
    }
    return links;
  }

  /** A fence that no quoted line of {@code links} closes. */
  public String fence(List<Link> links) {
    return MarkdownReport.Fence.around(links.stream().flatMap(link -> link.quotes().stream()));
  }

  /** Findings of weight that are no part of a chain. */
  public List<Run.Diagnosed> aside() {
    Set<String> told = new LinkedHashSet<>();
    run.rootCauses().forEach(cause -> told.addAll(cause.chain()));
    return answer.others().stream()
        .filter(f -> !told.contains(f.id()))
        .filter(f -> f.finding().severity().compareTo(Severity.WARNING) >= 0)
        .toList();
  }

  /** {@code file#Lnn} of a finding. */
  public String where(Run.Diagnosed found) {
    return where(found.finding().input(), found.finding().firstLine());
  }

  /** What was looked for and is not in the logs, a sentence each. */
  public List<String> ruledOut() {
    Map<String, String> looked = new TreeMap<>();
    looked.put("kernel", "a crash, a hang or a warning of the kernel");
    looked.put("storage", "a fault of a disk or a file system");
    looked.put("memory", "a lack of memory");
    looked.put("systemd", "a unit that failed, hung or was missing");
    looked.put("network", "a fault of the network");
    looked.put("qemu", "a fault of QEMU itself");
    List<String> ruledOut = new ArrayList<>();
    if (run.boots().isEmpty()) {
      return ruledOut;
    }
    Set<String> found = new LinkedHashSet<>();
    for (Run.Diagnosed one : run.findings()) {
      if (one.finding().severity().compareTo(Severity.WARNING) >= 0) {
        found.add(one.finding().rule().family());
      }
    }
    for (Map.Entry<String, String> one : looked.entrySet()) {
      if (!found.contains(one.getKey())) {
        ruledOut.add(one.getValue());
      }
    }
    return ruledOut;
  }

  /** What the logs leave open, a sentence each. */
  public List<String> open() {
    List<String> open = new ArrayList<>();
    if (answer.unexplained()) {
      open.add(
          "Why it "
              + (run.verdict() == Verdict.INCOMPLETE ? "stops" : "failed")
              + ": nothing in these logs explains it.");
    }
    for (Answer.Cause cause : answer.causes()) {
      Finding finding = cause.diagnosed().finding();
      if (!cause.collect().isEmpty()) {
        open.add("Why this happened is not in these logs: " + finding.title() + ".");
      }
      for (Link link : chain(cause)) {
        if (link.diagnosed().likely() && !link.because().isEmpty()) {
          open.add(
              "That it led to \u201c"
                  + link.diagnosed().finding().title()
                  + "\u201d is likely and not proved: "
                  + link.because()
                  + ".");
        }
      }
    }
    for (Boot boot : run.boots()) {
      if (boot.index() == run.boots().size() && boot.ended() == Ended.CUT_OFF) {
        open.add("What came after line " + boot.lastLine() + ": the log ends on the way.");
      }
    }
    boolean untimed = run.timings().stream().anyMatch(t -> t.clocks().zero() == Clocks.Zero.NONE);
    if (untimed) {
      open.add("How long anything took: the console log has no clock.");
    }
    return open;
  }

  /** What to save the next time, a sentence each. */
  public List<String> collect() {
    Set<String> collect = new LinkedHashSet<>();
    for (Answer.Cause cause : answer.causes()) {
      if (!cause.collect().isEmpty()) {
        collect.add(cause.collect());
      }
    }
    boolean journal = run.inputs().stream().anyMatch(i -> i.role() == Role.JOURNAL);
    if (!journal && run.verdict() != Verdict.PASSED && !run.boots().isEmpty()) {
      collect.add("The journal of the boot, as `journalctl -b -o export > journal.export`.");
    }
    if (run.timings().stream().anyMatch(t -> t.clocks().zero() == Clocks.Zero.NONE)) {
      collect.add("When each byte of the console came: record it with times, as `ts` does.");
    }
    return List.copyOf(collect);
  }

  /** What to do, a line each, for a list of tasks: advice on each root cause, what to collect. */
  public List<String> tasks() {
    Set<String> tasks = new LinkedHashSet<>();
    for (Answer.Cause cause : answer.causes()) {
      Finding finding = cause.diagnosed().finding();
      if (!finding.advice().isEmpty()) {
        tasks.add(finding.title() + ": " + finding.advice());
      }
    }
    collect().forEach(what -> tasks.add("Save next time: " + what));
    return List.copyOf(tasks);
  }
}
