/**
 * The time stamps that programs write before a line, as a table of formats and a reader for them.
 *
 * <p>Knows how a time is printed; knows nothing of what a line says after it.
 */
package dev.loganalyze.stamp;
