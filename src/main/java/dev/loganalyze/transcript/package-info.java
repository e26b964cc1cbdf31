/**
 * Turns every format that is no stream of console bytes (journals, JSON logs) into lines of text.
 *
 * <p>Knows formats by their first bytes; knows nothing of what the lines say.
 */
package dev.loganalyze.transcript;
