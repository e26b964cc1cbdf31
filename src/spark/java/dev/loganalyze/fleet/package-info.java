/**
 * The analysis of many logs as a job of Apache Spark; see docs/fleet.md. Beside {@code cli}, it is
 * the other command line, and knows the same rooms. Only the profile {@code spark} builds it, and
 * nothing of the program needs it.
 */
package dev.loganalyze.fleet;
