package dev.loganalyze.timing;

import dev.loganalyze.boot.Unit;
import dev.loganalyze.parse.Timespan;
import java.util.List;
import java.util.Locale;

/**
 * A stretch in which nothing went on, and what held it.
 *
 * @param kind what sort of wait
 * @param waitingFor the unit, device, prompt, command or function; for silence the words before it
 * @param start when the last thing before it happened
 * @param end when the next thing happened; of an open one the last word that it still waits
 * @param duration microseconds without progress; -1 when the log has no clock for it
 * @param queued when the job that held it was enqueued; unknown for other waits
 * @param elapsed microseconds since then by the spinner's counter, or {@link Timespan#NONE}
 * @param limit microseconds after which the job is given up, or {@link Timespan#NONE}
 * @param limited whether {@code limit} is known to be none at all: systemd says {@code no limit}
 * @param result how the unit that held it ended; null for other waits
 * @param times how often it was asked or counted
 * @param open whether the log ends while it waits
 * @param fell the units whose start was given up because of it
 * @param firstLine 1-based line of the last thing before it
 * @param lastLine 1-based line of the next thing
 */
public record Stall(
    Kind kind,
    String waitingFor,
    Instant start,
    Instant end,
    long duration,
    Instant queued,
    long elapsed,
    long limit,
    boolean limited,
    Unit.Result result,
    int times,
    boolean open,
    List<String> fell,
    int firstLine,
    int lastLine) {

  /** What sort of wait it is. */
  public enum Kind {
    /** A loader's menu counts down. */
    MENU,
    /** A loader reads. */
    LOADER,
    /** The kernel, between two lines. */
    KERNEL,
    /** The kernel, in an initcall that {@code initcall_debug} names. */
    INITCALL,
    /** A device that has to appear. */
    DEVICE,
    /** A job of systemd. */
    JOB,
    /** The network: an address, a link. */
    NETWORK,
    /** A check of a file system. */
    FSCK,
    /** Random numbers. */
    ENTROPY,
    /** A prompt waits for somebody. */
    PROMPT,
    /** A command that was typed runs. */
    COMMAND,
    /** One command was asked again and again. */
    PROBE,
    /** A step that a program said it began. */
    SPAN,
    /** Nothing tells. */
    SILENCE;

    /** The word in JSON: the name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
