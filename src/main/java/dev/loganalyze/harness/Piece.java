package dev.loganalyze.harness;

/**
 * Something that came to the console of a machine, as the harness wrote it down.
 *
 * @param text its bytes, without escape sequences and line ends; at least one
 * @param read when the harness wrote it down, microseconds since 1970 UTC
 * @param since since when it may have waited for that: a harness does other things between its
 *     reads and holds back what no line ends, so that it may have come at any time since the piece
 *     before; the same as {@code read} of what the harness itself typed
 */
public record Piece(byte[] text, long read, long since) {}
