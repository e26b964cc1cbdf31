package dev.loganalyze.timing;

import dev.loganalyze.boot.Unit;

/**
 * One step of the critical chain.
 *
 * @param name the unit, or {@code login} for the prompt
 * @param result how its job ended; {@code STARTING} when it never did
 * @param at when it ended
 * @param took microseconds from its start to its end; 0 for what only happens
 * @param certain whether the unit's own settings say that it waited for the next step; else that
 *     was only the last thing to end before it began
 * @param line 1-based line of its end
 */
public record Step(
    String name, Unit.Result result, Instant at, long took, boolean certain, int line) {}
