package dev.loganalyze.diagnosis;

import java.util.List;

/**
 * What one input of a run saw of one boot.
 *
 * @param boot 1-based index of the boot; 0 when it is a boot that the run's main log does not hold
 * @param input index of the input in {@link Run#inputs}
 * @param firstLine 1-based line of that input
 * @param lastLine 1-based line of that input, inclusive
 * @param onlyHere what no other input has: units with what became of them, sorted
 */
public record View(int boot, int input, int firstLine, int lastLine, List<String> onlyHere) {}
