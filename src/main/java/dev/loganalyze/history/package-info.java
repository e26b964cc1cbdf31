/**
 * What is kept of runs, and what changed between them. Takes runs of diagnosis and gives values;
 * knows no files.
 */
package dev.loganalyze.history;
