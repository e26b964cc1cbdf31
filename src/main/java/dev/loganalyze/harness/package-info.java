/**
 * Reads what the program that drove the machine wrote of its own: what it waited for, what it made
 * of an answer, what was run. Knows lines, entries and sessions, and nothing of rules.
 */
package dev.loganalyze.harness;
