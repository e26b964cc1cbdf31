package dev.loganalyze.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Tells which kind of journal some bytes are, by their beginning and never by a name. */
public final class Journals {
  /** So many bytes tell. */
  private static final int HEAD = 1 << 16;

  private Journals() {}

  /** Whether what begins with {@code head} is a journal that can be opened, or seems to be. */
  public static boolean matches(byte[] head) {
    return JournalFile.matches(head) || JsonReader.matches(head) || ExportReader.matches(head);
  }

  /**
   * Opens a binary journal, or one in the export or JSON format; no bytes are a journal without
   * entries.
   *
   * @throws JournalException when {@code bytes} are none of these, or of a binary kind that is not
   *     known
   */
  public static JournalReader open(byte[] bytes) throws JournalException {
    if (JournalFile.matches(bytes)) {
      return new JournalFile(bytes);
    }
    if (JsonReader.matches(bytes)) {
      return new JsonReader(bytes);
    }
    if (bytes.length == 0 || ExportReader.matches(bytes)) {
      return new ExportReader(bytes);
    }
    throw unknown();
  }

  /**
   * Opens the journal that {@code file} holds, in any of these formats, from its beginning; it is
   * read as entries are asked for, and not closed.
   *
   * @throws JournalException when it is none of these, or of a binary kind that is not known
   * @throws IOException when it cannot be read
   */
  public static JournalReader open(FileChannel file) throws JournalException, IOException {
    byte[] head = new Positional(file).readNBytes(HEAD);
    if (JournalFile.matches(head)) {
      return new JournalFile(file, null);
    }
    if (JsonReader.matches(head)) {
      return new JsonReader(new Positional(file), null);
    }
    if (ExportReader.matches(head)) {
      return new ExportReader(new Positional(file), null);
    }
    throw unknown();
  }

  /** The bytes of a file that others read, too. */
  private static final class Positional extends InputStream {
    private final FileChannel file;
    private long position;

    Positional(FileChannel file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int n = file.read(ByteBuffer.wrap(into, from, length), position);
      position += Math.max(0, n);
      return n;
    }
  }

  private static JournalException unknown() {
    return new JournalException(
        "not a systemd journal, neither binary nor in the export or JSON format; name a .journal"
            + " file or what journalctl -o export printed");
  }
}
