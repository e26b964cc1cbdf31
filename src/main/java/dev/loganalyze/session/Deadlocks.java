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

  private static final String[] NONE = {};

  /** So many parents of a process are looked at. */
  private static final int MAX_PARENTS = 64;

  /** So many lists of jobs are looked at, the last ones. */
  private static final int MAX_LISTS = 100;

  /** So many processes that wait are looked at. */
  private static final int MAX_WAITING = 1000;

  /** One list of jobs: those that wait and those that run, by unit. */
  private record Jobs(Map<String, Fact> waiting, Map<String, Fact> running) {}

  private final List<Jobs> lists = new ArrayList<>();

  /** What says that one unit waits for another, by both names. */
  private final Map<String, Fact> orders = new HashMap<>();

  /** The processes that may wait for a job. */
  private final List<Fact> clients = new ArrayList<>();

  /** The process of each number, the last time it was shown. */
  private final Map<String, Fact> processes = new HashMap<>();

  /** The unit of a process, by its number. */
  private final Map<String, String> units = new HashMap<>();

  private Deadlocks(List<List<Fact>> answers) {
    for (List<Fact> answer : answers) {
      Jobs jobs = new Jobs(new HashMap<>(), new HashMap<>());
      answer.forEach(fact -> take(fact, jobs));
      if (!jobs.running().isEmpty()) {
        lists.add(jobs);
      }
    }
  }

  /**
   * The deadlocks that {@code answers} prove, each with all lines that show it.
   *
   * @param answers what each answer of a session says, in order
   */
  static List<Fact> in(List<List<Fact>> answers) {
    Deadlocks deadlocks = new Deadlocks(answers);
    Map<String, Fact> proved = new LinkedHashMap<>();
    deadlocks.clients.stream()
        .limit(MAX_WAITING)
        .flatMap(process -> deadlocks.of(process).stream())
        .forEach(fact -> proved.putIfAbsent(fact.subject() + "\0" + fact.field("holder"), fact));
    return List.copyOf(proved.values());
  }

  private void take(Fact fact, Jobs jobs) {
    switch (fact.kind()) {
      case JOB -> {
        boolean runs = fact.field("state").equals("running");
        (runs ? jobs.running() : jobs.waiting()).putIfAbsent(fact.subject(), fact);
      }
      case JOB_WAITS -> order(fact.subject(), fact.field("for"), fact);
      case UNIT_PROPERTY -> {
        boolean after = fact.field("property").equals("After");
        boolean before = fact.field("property").equals("Before");
        for (String other : after || before ? fact.field("value").split(" ", -1) : NONE) {
          order(after ? fact.subject() : other, after ? other : fact.subject(), fact);
        }
      }
      case UNIT -> units.putIfAbsent(fact.field("pid"), fact.subject());
      case UNIT_PROCESS -> {
        units.put(fact.field("pid"), fact.subject());
        client(fact);
      }
      case PROCESS -> {
        processes.put(fact.subject(), fact);
        client(fact);
      }
      default -> {
        // Says nothing of jobs.
      }
    }
  }

  private void order(String waiting, String holder, Fact fact) {
    orders.putIfAbsent(waiting + "\0" + holder, fact);
  }

  private void client(Fact process) {
    if (process.field("command").contains("systemctl")) {
      clients.add(process);
    }
  }

  /** The deadlocks that {@code process} is a part of. */
  private List<Fact> of(Fact process) {
    List<Fact> found = new ArrayList<>();
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
      String unit = unit(at.field("pid"));
      if (!unit.isEmpty()) {
        return unit;
      }
      at = processes.get(at.field("ppid"));
    }
    return at == null ? unit(process.field("ppid")) : "";
  }

  private String unit(String pid) {
    return pid.isEmpty() ? "" : units.getOrDefault(pid, "");
  }

  /** What shows that {@code waiting} waits for {@code holder}, which runs; or null. */
  private Fact proof(String waiting, String holder, Fact process) {
    Fact order = orders.get(waiting + "\0" + holder);
    for (Jobs jobs : lists.subList(Math.max(0, lists.size() - MAX_LISTS), lists.size())) {
      Fact waits = jobs.waiting().get(waiting);
      Fact runs = jobs.running().get(holder);
      if (waits != null && runs != null && (order != null || jobs.running().size() == 1)) {
        return fact(waits, runs, process, order, holder);
      }
    }
    return null;
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
            how,
            "why",
            "a process of " + holder + " runs `" + process.field("command") + "`"));
  }
}
