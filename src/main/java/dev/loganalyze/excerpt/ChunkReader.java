package dev.loganalyze.excerpt;

/** Gives a log piece by piece. */
interface ChunkReader {
  /** Reads the next lines into {@code chunk}; whether there are any. */
  boolean read(Chunk chunk);
}
