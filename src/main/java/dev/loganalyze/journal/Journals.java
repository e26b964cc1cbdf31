package dev.loganalyze.journal;

/** Tells which kind of journal some bytes are, by their beginning and never by a name. */
public final class Journals {
  private Journals() {}

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
    throw new JournalException(
        "not a systemd journal, neither binary nor in the export or JSON format; name a .journal"
            + " file or what journalctl -o export printed");
  }
}
