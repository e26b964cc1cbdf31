/**
 * Loads rules (YAML), matches them against a boot, and gives findings.
 *
 * <p>Knows no failure itself: what is a failure, how bad, and what to do about it stands in the
 * rule files under {@code src/main/resources/rules}.
 */
package dev.loganalyze.rules;
