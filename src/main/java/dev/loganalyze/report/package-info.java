/**
 * One class a format: a finished {@code Run} to the bytes of a report.
 *
 * <p>Reads values only; computes nothing that a machine reader would not also find in the JSON.
 */
package dev.loganalyze.report;
