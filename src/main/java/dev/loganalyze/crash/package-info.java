/**
 * Kernel crash reports: where one begins and ends, its stacks, the guilty function, its title and a
 * signature that is equal for the same bug.
 *
 * <p>Reads the entries of {@code parse} and knows nothing of boots, rules or findings. What a kind
 * of report looks like stands in the files under {@code src/main/resources/crash}.
 */
package dev.loganalyze.crash;
