package dev.loganalyze.session;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something that an answer in a session says, or that a program printed over many lines. Rules
 * match it with {@code output:}.
 *
 * @param kind what is said
 * @param boot 1-based index of the boot; 0 outside any boot
 * @param line 1-based raw line of the first of {@code entries}
 * @param entries indices of the entries that say it, in ascending order, at least one
 * @param fields what rules may search and name in titles; keys are those listed at {@link Kind}
 */
public record Fact(
    Kind kind, int boot, int line, List<Integer> entries, Map<String, String> fields) {

  /** What it is about, such as the name of a unit; or empty. */
  public String subject() {
    return fields.getOrDefault(kind.subject, "");
  }

  /** The value of field {@code name}, or empty. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /** What can be said. A field that an answer does not tell is empty. */
  public enum Kind {
    /**
     * A command whose exit status the session shows. Fields: {@code command}, {@code status},
     * {@code answer} (its last line but the status, or empty).
     */
    COMMAND("command"),
    /** A try to become root. Fields: {@code command}, {@code reached} ({@code yes}, {@code no}). */
    ESCALATION("command"),
    /**
     * A unit's state, as {@code systemctl status}, {@code list-units}, {@code --failed}, {@code
     * is-active} and {@code is-failed} print it. Fields: {@code unit} (its full name), {@code
     * state} ({@code active}, {@code failed}, …), {@code sub} ({@code running}, {@code start}, …),
     * {@code result} (such as {@code exit-code}), {@code pid} of the main process.
     */
    UNIT("unit"),
    /** {@code systemctl list-unit-files}. Fields: {@code unit}, {@code state}, {@code preset}. */
    UNIT_FILE("unit"),
    /** {@code systemctl show}. Fields: {@code unit}, {@code property}, {@code value}. */
    UNIT_PROPERTY("unit"),
    /**
     * A process in the control group of a unit, as {@code systemctl status} and {@code
     * systemd-cgls} print it. Fields: {@code unit}, {@code pid}, {@code command}.
     */
    UNIT_PROCESS("unit"),
    /**
     * {@code systemctl list-jobs}. Fields: {@code unit}, {@code job} (its number), {@code type},
     * {@code state} ({@code waiting}, {@code running}).
     */
    JOB("unit"),
    /**
     * {@code systemctl list-jobs --after} and {@code --before}: one job waits for another. Fields:
     * {@code unit}, {@code for} (the unit of the other).
     */
    JOB_WAITS("unit"),
    /**
     * A job waits for a unit, and a process of that unit waits for the job, as the list of jobs,
     * the order of the units and the tree of processes prove together; or jobs wait for each other
     * in a circle, as the list of jobs says. Fields: {@code waiting}, {@code holder} (units),
     * {@code command} (of the holder's process), {@code order} (what shows that the job waits for
     * the holder), {@code why} (what shows that the holder waits for the job).
     */
    JOB_DEADLOCK("waiting"),
    /**
     * A stack trace that a program printed, wherever. Fields: {@code language} ({@code python},
     * {@code java}, {@code go}, {@code rust}, {@code node}), {@code exception} (its class; of a
     * panic of Go the word before its text, of Rust the place), {@code text}, {@code what} (both,
     * for a title), {@code cause} (the exception that led to it), {@code function} (the frame where
     * it was thrown, the program's own if there is one), {@code frames} (how many), {@code died}
     * ({@code yes}, {@code no}), {@code program}.
     */
    STACK_TRACE("exception"),
    /** {@code systemd-analyze time}. Fields: {@code part} ({@code kernel}, …), {@code took}. */
    STARTUP("part"),
    /**
     * {@code systemd-analyze blame} and {@code critical-chain}. Fields: {@code unit}, {@code took},
     * {@code at} (spans of time as systemd writes them).
     */
    UNIT_TIME("unit"),
    /**
     * A network interface, as {@code ip} and {@code networkctl} print it. Fields: {@code device},
     * {@code state} ({@code up}, {@code down}, {@code routable}, …), {@code carrier} ({@code yes},
     * {@code no}), {@code setup} (networkd's, such as {@code configured}), {@code asked} ({@code
     * yes} when the command named it).
     */
    LINK("device"),
    /**
     * An address of an interface; none where the command named the interface and it has none but
     * link-local ones. Fields: {@code device}, {@code family} ({@code inet}, {@code inet6}), {@code
     * address} (with prefix length, as printed; or empty), {@code scope}.
     */
    ADDRESS("device"),
    /** {@code ip route}. Fields: {@code destination}, {@code via}, {@code device}. */
    ROUTE("destination"),
    /**
     * {@code lsblk} and {@code blkid}. Fields: {@code device} (as printed), {@code size}, {@code
     * type} ({@code disk}, {@code part}, …), {@code fstype}, {@code mountpoint}, {@code uuid},
     * {@code label}.
     */
    BLOCK_DEVICE("device"),
    /**
     * {@code findmnt}, {@code mount} and {@code mountpoint}; without a source where nothing is
     * mounted at the asked place. Fields: {@code target}, {@code source}, {@code fstype}, {@code
     * options}.
     */
    MOUNT("target"),
    /**
     * {@code df}. Fields: {@code target}, {@code source}, {@code size}, {@code used}, {@code
     * available} (as printed), {@code percent} (0 to 100), {@code counts} ({@code blocks}, {@code
     * inodes}).
     */
    FILE_SYSTEM("target"),
    /**
     * {@code free}. Fields: {@code row} ({@code mem}, {@code swap}), {@code total}, {@code used},
     * {@code free}, {@code available} (as printed).
     */
    MEMORY("row"),
    /**
     * {@code ps}. Fields: {@code pid}, {@code ppid}, {@code user}, {@code state}, {@code command}.
     */
    PROCESS("pid"),
    /** {@code vgs}. Fields: {@code vg}, {@code attributes}, {@code size}, {@code free}. */
    VOLUME_GROUP("vg"),
    /** {@code lvs}. Fields: {@code lv}, {@code vg}, {@code attributes}, {@code size}. */
    LOGICAL_VOLUME("lv"),
    /** {@code pvs}. Fields: {@code pv}, {@code vg}, {@code attributes}, {@code size}. */
    PHYSICAL_VOLUME("pv"),
    /**
     * {@code /proc/mdstat} and {@code mdadm --detail}. Fields: {@code array}, {@code level}, {@code
     * state}, {@code devices} (how many it wants), {@code working} (how many it has), {@code
     * degraded} ({@code yes}, {@code no}).
     */
    ARRAY("array"),
    /**
     * A file of {@code KEY=value} lines with a {@code STATE} in it, or {@code status} in its name.
     * Fields: {@code file}, and its keys in lower case.
     */
    STATUS_FILE("file"),
    /**
     * {@code command -v}, {@code which} and {@code type}. Fields: {@code program}, {@code path},
     * {@code found} ({@code yes}, {@code no}).
     */
    PROGRAM("program"),
    /** {@code id} and {@code whoami}. Fields: {@code uid}, {@code user}. */
    USER("user"),
    /**
     * Something that a harness waited for and did not get. Fields: {@code subject} (a pattern, or
     * what it waited for), {@code all} (all of them), {@code what} (why it did not match), {@code
     * outcome} ({@code timed-out}, {@code eof}, {@code open} where its log ends), {@code took} and
     * {@code limit} (spans of time as systemd writes them, or empty), {@code why} ({@code escapes},
     * {@code spliced}: the console shows it, but broken up; {@code shown}: it shows it as it is;
     * {@code not-shown}; {@code unknown}), {@code shown} (the line of the console, without escape
     * sequences), {@code broken} (what breaks it up).
     */
    AWAIT("subject"),
    /**
     * What a harness took for the answer to a command, where the console shows another. Fields:
     * {@code subject} (the command), {@code after} (what was done before), {@code returned} (what
     * it took), {@code answer} (what the console shows), {@code what} (both), {@code broken} (the
     * escape sequences in that line, or empty).
     */
    REPLY("subject"),
    /** Something that was masked in the log. Fields: {@code what} it was. */
    SECRET("what"),
    /** Lines that are no text. Fields: {@code lines} (how many). */
    GARBLED("lines"),
    /** {@code uname}. Fields: {@code release}, {@code text}. */
    KERNEL("release"),
    /** {@code /proc/cmdline}. Fields: {@code commandline}. */
    COMMAND_LINE("commandline");

    private final String subject;

    Kind(String subject) {
      this.subject = subject;
    }

    /** The word in rule files and JSON: the name in lower case, with hyphens. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
