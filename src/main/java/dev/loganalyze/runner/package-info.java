/**
 * Boots machines in QEMU and writes down what they say: the only room that starts programs, and
 * that knows a clock besides the command line. It reads consoles with {@code parse}; what a run
 * means is for those who read its folder.
 */
package dev.loganalyze.runner;
