package dev.loganalyze.session;

import dev.loganalyze.session.Fact.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Proves that a job and a unit wait for each other.
 *
 * <p>{@code systemctl start A} waits until A's job is done. If a process of unit B runs it while B
 * is being started, B waits for A. If A's job waits for B's, since A is ordered after B, or since
 * B's job is the only one that runs (jobs wait for jobs alone, see systemd's {@code job.c,
 * job_is_runnable()}), neither ever ends. systemd sees no cycle: a process is no dependency.
 */
final class Deadlocks {
  /** Verbs of systemctl that queue a job and wait for its end. */
  private static final Set<String> WAITS =
      Set.of(
          "start",
          "restart",
          "stop",
          "reload",
          "try-restart",
          "reload-or-restart",
          "try-reload-or-restart",
          "isolate");

  /** So many parents of a process are looked at. */
  private static final int MAX_PARENTS = 64;

  private final List<List<Fact>> answers;

  /** The process of each number, the last time it was shown. */
  private final Map<String, Fact> processes = new HashMap<>();

  /** The unit of a process, by its number. */
  private final Map<String, String> units = new HashMap<>();

  private Deadlocks(List<List<Fact>> answers) {
    this.answers = answers;
    for (Fact fact : all(Kind.PROCESS).toList()) {
      processes.put(fact.subject(), fact);
    }
    all(Kind.UNIT).forEach(fact -> units.putIfAbsent(fact.field("pid"), fact.subject()));
    all(Kind.UNIT_PROCESS).forEach(fact -> units.put(fact.field("pid"), fact.subject()));
    units.remove("");
  }

  /**
   * The deadlocks that {@code answers} prove, each with all lines that show it.
   *
   * @param answers what each answer of a session says, in order
   */
  static List<Fact> in(List<List<Fact>> answers) {
    Deadlocks deadlocks = new Deadlocks(answers);
    Map<String, Fact> proved = new LinkedHashMap<>();
    Stream.concat(deadlocks.all(Kind.UNIT_PROCESS), deadlocks.all(Kind.PROCESS))
        .flatMap(process -> deadlocks.of(process).stream())
        .forEach(fact -> proved.putIfAbsent(fact.subject() + "\0" + fact.field("holder"), fact));
    return List.copyOf(proved.values());
  }

  private Stream<Fact> all(Kind kind) {
    return answers.stream().flatMap(List::stream).filter(fact -> fact.kind() == kind);
  }

  /** The deadlocks that {@code process} is a part of. */
  private List<Fact> of(Fact process) {
    List<Fact> found = new ArrayList<>();
    if (!process.field("command").contains("systemctl")) {
      return found;
    }
    String holder = holder(process);
    for (Command command : Command.of(process.field("command"))) {
      boolean waits =
          command.program().equals("systemctl")
              && WAITS.contains(command.verb())
              && !command.has("--no-block");
      for (String unit : waits ? command.operands() : List.<String>of()) {
        Fact fact = holder.isEmpty() ? null : proof(UnitOutputs.full(unit), holder, process);
        if (fact != null) {
          found.add(fact);
        }
      }
    }
    return found;
  }

  /** The unit that {@code process} is of: its own, or that of the parent which has one. */
  private String holder(Fact process) {
    Fact at = process;
    for (int p = 0; p < MAX_PARENTS && at != null; p++) {
      String unit = units.getOrDefault(at.field("pid"), "");
      if (!unit.isEmpty()) {
        return unit;
      }
      at = processes.get(at.field("ppid"));
    }
    return at == null ? units.getOrDefault(process.field("ppid"), "") : "";
  }

  /** What shows that {@code waiting} waits for {@code holder}, which runs; or null. */
  private Fact proof(String waiting, String holder, Fact process) {
    for (List<Fact> answer : answers) {
      List<Fact> jobs = answer.stream().filter(fact -> fact.kind() == Kind.JOB).toList();
      Fact waits = job(jobs, waiting, "waiting");
      Fact runs = job(jobs, holder, "running");
      if (waits == null || runs == null) {
        continue;
      }
      Fact order = order(waiting, holder);
      long running = jobs.stream().filter(job -> job.field("state").equals("running")).count();
      if (order != null || running == 1) {
        return fact(waits, runs, process, order, holder);
      }
    }
    return null;
  }

  private static Fact job(List<Fact> jobs, String unit, String state) {
    return jobs.stream()
        .filter(job -> job.subject().equals(unit) && job.field("state").equals(state))
        .findFirst()
        .orElse(null);
  }

  /** What says that {@code waiting} is ordered after {@code holder}; or null. */
  private Fact order(String waiting, String holder) {
    Stream<Fact> jobs =
        all(Kind.JOB_WAITS)
            .filter(f -> f.subject().equals(waiting) && f.field("for").equals(holder));
    Stream<Fact> properties =
        all(Kind.UNIT_PROPERTY)
            .filter(f -> names(f, waiting, "After", holder) || names(f, holder, "Before", waiting));
    return Stream.concat(jobs, properties).findFirst().orElse(null);
  }

  private static boolean names(Fact fact, String unit, String property, String other) {
    return fact.subject().equals(unit)
        && fact.field("property").equals(property)
        && List.of(fact.field("value").split(" ", -1)).contains(other);
  }

  private static Fact fact(Fact waits, Fact runs, Fact process, Fact order, String holder) {
    List<Fact> shown =
        Stream.of(waits, runs, process, order)
            .filter(Objects::nonNull)
            .sorted(Comparator.comparingInt(fact -> fact.entries().get(0)))
            .toList();
    String how =
        order == null
            ? "the only job that runs is that of " + holder
            : order.kind() == Kind.JOB_WAITS
                ? "the list of jobs says so"
                : order.field("property") + "= of " + order.subject() + " says so";
    return new Fact(
        Kind.JOB_DEADLOCK,
        waits.boot(),
        shown.get(0).line(),
        shown.stream().map(fact -> fact.entries().get(0)).distinct().toList(),
        Map.of(
            "waiting",
            waits.subject(),
            "holder",
            holder,
            "command",
            process.field("command"),
            "order",
            how));
  }
}
