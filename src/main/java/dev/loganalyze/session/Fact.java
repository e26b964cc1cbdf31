package dev.loganalyze.session;

import java.util.Map;

/**
 * Something that an answer in a session says. Rules match it with {@code output:}.
 *
 * @param kind what is said
 * @param boot 1-based index of the boot
 * @param firstEntry index of the first entry that says it
 * @param lastEntry index of the last entry that says it, inclusive
 * @param fields what rules may search and name in titles; keys are those listed at {@link Kind}
 */
public record Fact(Kind kind, int boot, int firstEntry, int lastEntry, Map<String, String> fields) {

  /** What can be said. */
  public enum Kind {
    /**
     * A command whose exit status the session shows. Fields: {@code command}, {@code status},
     * {@code answer} (its last line but the status, or empty).
     */
    COMMAND,
    /** A try to become root. Fields: {@code command}, {@code reached} ({@code yes}, {@code no}). */
    ESCALATION,
    /**
     * A unit's state, as {@code systemctl status}, {@code list-units}, {@code --failed}, {@code
     * is-active} and {@code is-failed} print it. Fields: {@code unit} (its full name), {@code
     * state} ({@code active}, {@code failed}, …), {@code result} (such as {@code exit-code}, or
     * empty).
     */
    UNIT
  }
}
