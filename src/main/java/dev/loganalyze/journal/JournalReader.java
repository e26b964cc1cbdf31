package dev.loganalyze.journal;

import java.util.List;

/** Hands out the entries of a journal, one after the other. */
public interface JournalReader {
  /** The next entry in the order of the journal; null when there is no more. */
  JournalEntry next();

  /** What could not be read so far; complete once {@link #next} gave null. */
  List<Damage> damage();
}
