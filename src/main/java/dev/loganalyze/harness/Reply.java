package dev.loganalyze.harness;

/**
 * What a harness took for the answer to a command.
 *
 * @param command as it names it
 * @param after what was done before, as it says; or empty
 * @param returned what it read
 * @param entry index of the entry that says so
 */
public record Reply(String command, String after, String returned, int entry) {}
