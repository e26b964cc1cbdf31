package dev.loganalyze.excerpt;

import dev.loganalyze.input.Source;
import dev.loganalyze.journal.JournalException;
import dev.loganalyze.journal.JournalFile;
import dev.loganalyze.journal.JournalMerge;
import dev.loganalyze.journal.JournalReader;
import dev.loganalyze.transcript.Transcript;
import dev.loganalyze.transcript.Transcripts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A binary journal that stays a file: it is read when it is known with which others it is merged,
 * and all of it or an excerpt, by how long they are together.
 */
record JournalAtRest(Excerpts excerpts, FileChannel file) implements Source.OpenFile {
  /** See {@link Excerpts#transcript(List)}. */
  static Transcript transcript(List<Source> journals) throws JournalException, IOException {
    Excerpts excerpts = null;
    List<JournalReader> readers = new ArrayList<>();
    long bytes = 0;
    for (Source journal : journals) {
      if (journal.excerpt() instanceof JournalAtRest rest) {
        excerpts = rest.excerpts;
        bytes += rest.file.size();
        readers.add(new JournalFile(rest.file, EntryChunks.FIELDS));
      } else {
        bytes += journal.content().length;
        readers.add(new JournalFile(journal.content()));
      }
    }
    JournalReader journal = readers.size() == 1 ? readers.get(0) : new JournalMerge(readers);
    return excerpts == null || bytes < excerpts.longJournal()
        ? Transcripts.journal(journal)
        : excerpts.transcript("journal", journal);
  }
}
