package dev.loganalyze.boot;

import java.util.Map;

/**
 * Something that follows from many lines, or from the lack of one, and that no pattern on a line
 * can see. Rules match it with {@code observed:}.
 *
 * @param kind what was observed
 * @param firstEntry index of the first entry that shows it
 * @param lastEntry index of the last entry that shows it
 * @param fields what rules may name in titles, as {@code ${unit}}; keys are those listed at {@link
 *     Kind}
 */
public record Observation(Kind kind, int firstEntry, int lastEntry, Map<String, String> fields) {

  /** What can be observed. */
  public enum Kind {
    /** A boot begins again though nothing announced the end of the one before. No fields. */
    UNEXPECTED_RESET,
    /**
     * Three boots or more, or two that failed alike, end without a login. Fields: {@code boots}
     * (how many).
     */
    BOOT_LOOP,
    /**
     * The firmware or the loader gave control away and nothing follows. Fields: {@code loader}
     * (empty where none named itself).
     */
    SILENT_AFTER_LOADER,
    /** systemd-boot found nothing but the setup of the firmware for its menu. No fields. */
    EMPTY_MENU,
    /**
     * The log ends while a job runs. Fields: {@code unit} and {@code waiting} (the same), {@code
     * elapsed}, {@code limit} (both as systemd prints them, {@code no limit} possible).
     */
    JOB_NEVER_ENDED,
    /** The log ends while a question waits for an answer. Fields: {@code waiting} (its words). */
    QUESTION_UNANSWERED,
    /** Userspace started, and the log ends without a login prompt. Fields: {@code last} (text). */
    NO_LOGIN_PROMPT,
    /**
     * Userspace started, and all lines up to the end have a stamp of the kernel, as in {@code
     * dmesg}, in which no login prompt can stand. Fields: {@code last} (text).
     */
    KERNEL_LOG_ONLY,
    /** A prompt wrapped in escape sequences. Fields: {@code prompt}. */
    DECORATED_PROMPT,
    /**
     * One command was asked again and again, and its answer stayed the same to the end. Fields:
     * {@code command}, {@code times}, {@code answer} ({@code nothing} when it was empty).
     */
    COMMAND_REPEATED,
    /**
     * Something was typed at a prompt and echoed, and no shell took it. Fields: {@code command}.
     */
    COMMAND_NEVER_RUN,
    /**
     * A shell took fewer characters than were sent. Fields: {@code sent}, {@code command} (what it
     * took), {@code lost} (how many).
     */
    COMMAND_SHORTENED,
    /**
     * The kernel or the service manager printed into the answers of a session. Fields: {@code
     * command} (the first one whose answer it was), {@code times} (answers), {@code lines}.
     */
    OUTPUT_SPLICED,
    /**
     * A login prompt came while start jobs ran, and the console tells nothing of them after it:
     * systemd prints no status while a getty owns the console. Fields: {@code units} (names, comma
     * between them).
     */
    STATUS_SILENCED,
    /**
     * A journal could not be read whole. Fields: {@code lost} (entries), {@code fields} (of entries
     * that were read), {@code reason}.
     */
    ENTRIES_LOST,
    /**
     * The kernel's lines carry the time at which journald took them in, and lost it; {@link
     * dev.loganalyze.parse.Entries#hasReceiveTimes}. No fields.
     */
    RECEIVE_TIMES,
    /**
     * A part of the boot took longer than it may. Fields: {@code name} (figure, target or unit),
     * {@code budget}, {@code took} (spans of time as systemd writes them, or {@code not reached}).
     */
    BUDGET_EXCEEDED,
    /**
     * What the log shows of the boot's time is not what systemd says. Fields: {@code name} (the
     * figure), {@code measured}, {@code told} (spans of time as systemd writes them).
     */
    FIGURES_DISAGREE,
    /** The kernel command line. Fields: {@code commandline}, {@code console} (the last one). */
    COMMAND_LINE;

    /** Whether it says how a log ends, and so nothing where another log of the boot goes on. */
    public boolean isOfTheEnd() {
      return switch (this) {
        case SILENT_AFTER_LOADER,
            JOB_NEVER_ENDED,
            QUESTION_UNANSWERED,
            NO_LOGIN_PROMPT,
            KERNEL_LOG_ONLY,
            UNEXPECTED_RESET,
            BOOT_LOOP ->
            true;
        default -> false;
      };
    }

    /** The word in rule files: the name in lower case, with hyphens. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
