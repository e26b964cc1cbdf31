package dev.loganalyze.journal;

/** Hands out the entries of a journal that comes as a stream, while it comes. */
public interface JournalStream extends JournalReader {
  /** What ended the stream before its end, as far as it was read; null when nothing did. */
  Exception fault();

  /** How many bytes were read. */
  long read();
}
