package dev.loganalyze.boot;

/**
 * A point every boot passes, or a target it reached.
 *
 * @param name for a target its unit name; else the field's word, as in {@code kernel}, {@code
 *     init}, {@code login}
 * @param line 1-based raw line
 * @param micros on the boot's clock, or {@code Entry.NO_TIME}
 */
public record Milestone(String name, int line, long micros) {}
