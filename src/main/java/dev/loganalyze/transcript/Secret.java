package dev.loganalyze.transcript;

/**
 * Something that was masked in a transcript.
 *
 * @param line 1-based line of its text
 * @param what what it was, as in {@code token of GitHub}
 */
public record Secret(int line, String what) {}
