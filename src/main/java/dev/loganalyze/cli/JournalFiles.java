package dev.loganalyze.cli;

import dev.loganalyze.input.Excerpter;
import dev.loganalyze.input.Source;
import dev.loganalyze.journal.JournalException;
import dev.loganalyze.journal.JournalReader;
import dev.loganalyze.journal.Journals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;

/** Leaves journals too long to be held in their files, and opens those that are held as well. */
final class JournalFiles implements Excerpter {
  private static final int LONG = 8 << 20;

  @Override
  public int least() {
    return LONG;
  }

  @Override
  public int from(byte[] head) {
    return Journals.matches(head) ? LONG : Integer.MAX_VALUE;
  }

  @Override
  public boolean isByPlace(byte[] head) {
    return true;
  }

  @Override
  public Excerpted read(byte[] head, InputStream in) {
    throw new IllegalStateException("all are read by place");
  }

  @Override
  public Source.Excerpt open(FileChannel file) {
    return new File(file);
  }

  private record File(FileChannel file) implements Source.OpenFile {}

  /** The entries of {@code source}, from the first one on. */
  static JournalReader open(Source source) throws JournalException, IOException {
    return source.excerpt() instanceof File open
        ? Journals.open(open.file())
        : Journals.open(source.content());
  }
}
