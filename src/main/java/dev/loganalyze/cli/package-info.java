/** The commands: the only room that knows a terminal, an exit status or a file to write. */
package dev.loganalyze.cli;
