package dev.loganalyze.session;

import com.google.re2j.Matcher;
import dev.loganalyze.pattern.Expression;
import dev.loganalyze.session.Exchange.Said;
import dev.loganalyze.session.Fact.Kind;
import java.util.List;
import java.util.Set;

/** What {@code systemctl}, {@code systemd-analyze} and {@code systemd-cgls} print of units. */
final class UnitOutputs {
  /** {@code ● x.service - What it is}: systemd's {@code systemctl-show.c, print_status_info()}. */
  private static final Expression HEAD =
      Expression.tested("^[●*○×↻] ([\\w@.:\\\\-]+\\.[a-z]+)(?: - .*)?$");

  /** {@code Active: failed (Result: exit-code) since …}, {@code Active: activating (start)}. */
  private static final Expression ACTIVE =
      Expression.tested("^\\s*Active: ([a-z-]+)(?: \\((?:Result: )?([a-z-]+)\\))?");

  private static final Expression MAIN_PID = Expression.tested("^\\s*(?:Main|Cntrl) PID: (\\d+)");

  /** {@code ├─831 /usr/bin/python3 x}, {@code └─901 systemctl start sshd}. */
  private static final Expression PROCESS =
      Expression.tested("^[\\s│|]*(?:├─|└─|[|`]-)\\s*(\\d+) (.+)$");

  /** {@code │ ├─x.service}, {@code │ ├─x.service #1234}, a node of the tree of systemd-cgls. */
  private static final Expression NODE =
      Expression.tested("^[\\s│|]*(?:├─|└─|[|`]-)([\\w@.:\\\\-]+\\.[a-z]+)(?: …| \\(#?\\d+\\))?$");

  /** {@code ● x.service loaded failed failed What it is}: {@code systemctl-list-units.c}. */
  private static final Expression ROW =
      Expression.tested(
          "^(?:[●*○×↻] )?\\s*([\\w@.:\\\\-]+\\.[a-z]+)\\s+[a-z-]+\\s+"
              + "(active|reloading|inactive|failed|activating|deactivating|maintenance)\\s+([a-z-]+)");

  private static final Expression FILE_ROW =
      Expression.tested(
          "^([\\w@.:\\\\-]+\\.[a-z]+)\\s+(enabled|disabled|static|masked|indirect|generated|alias|"
              + "transient|linked|bad|enabled-runtime|linked-runtime|masked-runtime)"
              + "(?:\\s+(enabled|disabled|ignored|-))?$");

  private static final Set<String> STATES =
      Set.of("active", "reloading", "inactive", "failed", "activating", "deactivating", "unknown");

  /** {@code 69 setup.service start running}: {@code systemctl-list-jobs.c, output_jobs_list()}. */
  static final Expression JOB =
      Expression.tested(
          "^\\s*(\\d+)\\s+([\\w@.:\\\\-]+\\.[a-z]+)\\s+([a-z-]+)\\s+(waiting|running)\\s*$");

  /** {@code waiting for job 69 (setup.service/start)}: output_waiting_jobs() there. */
  static final Expression JOB_WAITS =
      Expression.tested("(waiting for|blocking) job \\d+ \\(([^/\\s]+)/[^)]*\\)");

  private static final Expression PROPERTY = Expression.tested("^([A-Z][A-Za-z0-9]*)=(.*)$");

  private static final String SPAN = "(?:\\d+(?:\\.\\d+)?(?:us|ms|s|min|h|d|w|month|y) ?)+";

  /** {@code Startup finished in 3.1s (kernel) + 2min 4s (userspace) = 2min 7.1s}. */
  private static final Expression PART =
      Expression.tested(
          "(" + SPAN + ")\\((firmware|loader|kernel|initrd|userspace)\\)|= (" + SPAN + ")$");

  private static final Expression BLAME =
      Expression.tested("^\\s*(" + SPAN + ")([\\w@.:\\\\-]+\\.[a-z]+)$");

  private static final Expression CHAIN =
      Expression.tested(
          "^[\\s│|]*(?:└─|`-)?([\\w@.:\\\\-]+\\.[a-z]+)(?: @("
              + SPAN
              + "))?(?:\\+("
              + SPAN
              + "))?$");

  private UnitOutputs() {}

  /** {@code sshd} is {@code sshd.service}. */
  static String full(String unit) {
    return unit.contains(".") ? unit : unit + ".service";
  }

  static void systemctl(Reading reading) {
    switch (reading.command().verb()) {
      case "list-jobs" -> jobs(reading);
      case "show" -> properties(reading);
      case "is-active", "is-failed" -> states(reading);
      case "list-unit-files" -> files(reading);
      case "", "status", "list-units" -> units(reading);
      default -> {
        // Says nothing that is read.
      }
    }
  }

  private static void units(Reading reading) {
    String unit = "";
    String state = "";
    String detail = "";
    String pid = "";
    Said active = null;
    for (Said said : reading.answer()) {
      Matcher head = HEAD.matcher(said.text());
      Matcher line = ACTIVE.matcher(said.text());
      Matcher main = MAIN_PID.matcher(said.text());
      Matcher row = ROW.matcher(said.text());
      if (head.find()) {
        unit(reading, active, unit, state, detail, pid);
        unit = head.group(1);
        active = null;
        pid = "";
      } else if (line.find() && !unit.isEmpty() && active == null) {
        active = said;
        state = line.group(1);
        detail = line.group(2) == null ? "" : line.group(2);
      } else if (main.find()) {
        pid = main.group(1);
      } else if (row.find()) {
        unit(reading, said, row.group(1), row.group(2), row.group(3), "");
      }
    }
    unit(reading, active, unit, state, detail, pid);
    processes(reading);
  }

  /** In a list of units a failed one says so twice, and not why. */
  private static void unit(
      Reading reading, Said said, String unit, String state, String detail, String pid) {
    boolean failed = state.equals("failed");
    String result = failed && !detail.equals("failed") ? detail : "";
    if (said != null) {
      reading.add(
          Kind.UNIT,
          said,
          "unit",
          unit,
          "state",
          state,
          "sub",
          failed ? "failed" : detail,
          "result",
          result,
          "pid",
          pid);
    }
  }

  /** The processes below the head of a unit, or below its node of a tree. */
  static void processes(Reading reading) {
    String unit = "";
    for (Said said : reading.answer()) {
      Matcher head = HEAD.matcher(said.text());
      Matcher node = NODE.matcher(said.text());
      Matcher process = PROCESS.matcher(said.text());
      if (head.find()) {
        unit = head.group(1);
      } else if (process.find()) {
        if (!unit.isEmpty()) {
          reading.add(
              Kind.UNIT_PROCESS,
              said,
              "unit",
              unit,
              "pid",
              process.group(1),
              "command",
              process.group(2));
        }
      } else if (node.find()) {
        // A slice holds processes of nobody.
        unit = node.group(1).endsWith(".slice") ? "" : node.group(1);
      }
    }
  }

  private static void states(Reading reading) {
    List<String> units = reading.command().operands();
    int u = 0;
    for (Said said : reading.answer()) {
      String state = said.text().strip();
      if (STATES.contains(state) && u < units.size()) {
        unit(reading, said, full(units.get(u++)), state, state, "");
      }
    }
  }

  private static void files(Reading reading) {
    for (Said said : reading.answer()) {
      Matcher row = FILE_ROW.matcher(said.text().strip());
      if (row.find()) {
        reading.add(
            Kind.UNIT_FILE,
            said,
            "unit",
            row.group(1),
            "state",
            row.group(2),
            "preset",
            row.group(3));
      }
    }
  }

  private static void jobs(Reading reading) {
    String unit = "";
    for (Said said : reading.answer()) {
      Matcher job = JOB.matcher(said.text());
      Matcher waits = JOB_WAITS.matcher(said.text());
      if (job.find()) {
        unit = job.group(2);
        reading.add(
            Kind.JOB,
            said,
            "job",
            job.group(1),
            "unit",
            unit,
            "type",
            job.group(3),
            "state",
            job.group(4));
      } else if (waits.find() && !unit.isEmpty()) {
        boolean other = waits.group(1).equals("blocking");
        reading.add(
            Kind.JOB_WAITS,
            said,
            "unit",
            other ? waits.group(2) : unit,
            "for",
            other ? unit : waits.group(2));
      }
    }
  }

  private static void properties(Reading reading) {
    Command command = reading.command();
    String property = command.value("-p", "--property");
    List<String> units =
        command.operands().stream().filter(unit -> !unit.equals(property)).toList();
    String unit = units.size() == 1 ? full(units.get(0)) : "";
    boolean bare = command.has("--value") && !property.isEmpty() && !property.contains(",");
    for (Said said : reading.answer()) {
      Matcher line = PROPERTY.matcher(said.text().strip());
      if (bare && reading.alone()) {
        reading.add(
            Kind.UNIT_PROPERTY, said, "unit", unit, "property", property, "value", said.text());
      } else if (line.find()) {
        unit = line.group(1).equals("Id") ? line.group(2) : unit;
        reading.add(
            Kind.UNIT_PROPERTY,
            said,
            "unit",
            unit,
            "property",
            line.group(1),
            "value",
            line.group(2));
      }
    }
  }

  static void analyze(Reading reading) {
    switch (reading.command().verb()) {
      case "", "time" -> startup(reading);
      case "blame" -> times(reading, BLAME, 2, 1, 0);
      case "critical-chain" -> times(reading, CHAIN, 1, 3, 2);
      default -> {
        // Says nothing that is read.
      }
    }
  }

  private static void startup(Reading reading) {
    for (Said said : reading.answer()) {
      Matcher part = PART.matcher(said.text().strip());
      while (said.text().startsWith("Startup finished in ") && part.find()) {
        boolean total = part.group(2) == null;
        reading.add(
            Kind.STARTUP,
            said,
            "part",
            total ? "total" : part.group(2),
            "took",
            (total ? part.group(3) : part.group(1)).strip());
      }
    }
  }

  private static void times(Reading reading, Expression pattern, int unit, int took, int at) {
    for (Said said : reading.answer()) {
      Matcher line = pattern.matcher(said.text().stripTrailing());
      if (line.find()) {
        reading.add(
            Kind.UNIT_TIME,
            said,
            "unit",
            line.group(unit),
            "took",
            strip(line.group(took)),
            "at",
            at == 0 ? "" : strip(line.group(at)));
      }
    }
  }

  private static String strip(String span) {
    return span == null ? "" : span.strip();
  }
}
