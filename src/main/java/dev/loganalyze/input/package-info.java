/**
 * Finds what a user named on the command line and hands on its bytes.
 *
 * <p>Knows files, folders, globs, standard input, compression and archives; knows nothing of what a
 * log says.
 */
package dev.loganalyze.input;
