package dev.loganalyze.history;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Certainty;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.diagnosis.Digest;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.rules.Severity;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is kept of one run, to be compared with others.
 *
 * @param id 16 hexadecimal digits: equal for the same bytes, or the same start in the run's record
 * @param name what the run was called
 * @param label what its people call runs of this kind; may be empty
 * @param started UTC, ISO 8601 to the second, as {@link Started} tells; or empty
 * @param image what was booted: its hash or path, else empty
 * @param kernel release of the last boot's kernel, or empty
 * @param commandLine of that kernel, or empty
 * @param verdict the verdict's word
 * @param reached how far the last boot came, or empty
 * @param faults the findings of weight {@code warning} and above that are not accepted
 * @param seconds how long things took, in seconds: figures by their names, units by theirs; of the
 *     last boot; what a metadata file says by the names there
 * @param units how the start jobs of the last boot went, by unit: {@code done}, {@code failed}, …
 */
public record RunRecord(
    String id,
    String name,
    String label,
    String started,
    String image,
    String kernel,
    String commandLine,
    String verdict,
    String reached,
    List<Fault> faults,
    Map<String, Double> seconds,
    Map<String, String> units) {

  /** Keeps of {@code seconds} those that are numbers: JSON has 1e999, which no double holds. */
  public RunRecord {
    Map<String, Double> finite = new TreeMap<>(seconds);
    finite.values().removeIf(s -> !Double.isFinite(s));
    seconds = finite;
  }

  /** A time that may be off by more than this is not kept, microseconds. */
  private static final long MOST_ERROR = 500_000;

  private static final List<String> MEASURED =
      List.of("buildSeconds", "bootToLoginSeconds", "bootToSshSeconds", "totalSeconds");

  /**
   * A finding.
   *
   * @param signature equal for the same fault in another run
   * @param rule id of its rule
   * @param severity its word
   * @param subject what it is about; may be empty
   * @param title for a person
   * @param root whether it is a root cause
   */
  public record Fault(
      String signature, String rule, String severity, String subject, String title, boolean root) {}

  /** What is to be kept of {@code run}. */
  public static RunRecord of(Run run, String label) {
    Boot last = run.boots().isEmpty() ? null : run.boots().get(run.boots().size() - 1);
    return new RunRecord(
        id(run),
        run.name(),
        label,
        Started.of(run),
        run.values().getOrDefault("narHash", run.values().getOrDefault("image", "")),
        last == null ? "" : last.kernelVersion(),
        last == null ? "" : last.commandLine(),
        run.verdict().word(),
        last == null ? "" : last.reached().word(),
        faults(run),
        seconds(run),
        units(last));
  }

  /** The same for a run folder and for its line in a ledger. */
  private static String id(Run run) {
    String started = run.values().getOrDefault("started", "");
    if (!started.isEmpty()) {
      return Digest.of(Ledger.PREFIX + started);
    }
    // The machines of one log are several runs.
    StringBuilder bytes = new StringBuilder(run.machine().isEmpty() ? "" : "#" + run.machine());
    run.inputs().forEach(input -> bytes.append(input.sha256()));
    return Digest.of(bytes.toString());
  }

  /** Whether a log was read, and not only a ledger's line about it. */
  boolean isAnalysed() {
    return !reached.isEmpty() || !faults.isEmpty() || !units.isEmpty();
  }

  private static List<Fault> faults(Run run) {
    Set<String> roots = new HashSet<>();
    run.rootCauses().forEach(cause -> roots.add(cause.id()));
    Set<String> seen = new HashSet<>();
    List<Fault> faults = new ArrayList<>();
    for (Run.Diagnosed found : run.findings()) {
      boolean weighs = found.finding().severity().compareTo(Severity.WARNING) >= 0;
      if (weighs && !found.isSuppressed() && seen.add(found.signature())) {
        faults.add(
            new Fault(
                found.signature(),
                found.finding().rule().id(),
                found.finding().severity().word(),
                found.finding().subject(),
                found.finding().title(),
                roots.contains(found.id())));
      }
    }
    return List.copyOf(faults);
  }

  private static Map<String, Double> seconds(Run run) {
    Map<String, Double> seconds = new TreeMap<>();
    if (!run.timings().isEmpty()) {
      Timing timing = run.timings().get(run.timings().size() - 1);
      for (UnitTime unit : timing.units()) {
        boolean sure = unit.error() <= MOST_ERROR && !unit.ambiguous();
        if (unit.running() > 0 && sure && isSure(unit.finished().certainty())) {
          seconds.put(unit.name(), unit.running() / 1e6);
        }
      }
      List<Figure> figures = new ArrayList<>(timing.targets());
      figures.addAll(timing.figures());
      for (Figure figure : figures) {
        boolean sure = figure.error() <= MOST_ERROR && isSure(figure.certainty());
        if (figure.isKnown() && sure && figure.duration() > 0) {
          seconds.put(figure.name(), figure.duration() / 1e6);
        }
      }
    }
    for (String name : MEASURED) {
      try {
        seconds.put(name, Double.parseDouble(run.values().getOrDefault(name, "")));
      } catch (NumberFormatException e) {
        // The record of the run does not have it.
      }
    }
    return seconds;
  }

  private static boolean isSure(Certainty certainty) {
    return certainty == Certainty.EXACT || certainty == Certainty.HOST;
  }

  private static Map<String, String> units(Boot last) {
    Map<String, String> units = new TreeMap<>();
    if (last != null) {
      for (Unit unit : last.units()) {
        if (!unit.ambiguous()) {
          units.put(unit.name(), unit.result().word());
        }
      }
    }
    return units;
  }
}
