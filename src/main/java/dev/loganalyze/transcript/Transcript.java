package dev.loganalyze.transcript;

import dev.loganalyze.journal.Damage;
import dev.loganalyze.journal.JournalEntry;
import dev.loganalyze.pattern.Expression;
import java.util.List;

/**
 * What a source says, as lines of text.
 *
 * <p>A source of console bytes is its own transcript. Of a structured journal it is what {@code
 * loganalyze journal FILE} prints, and its line numbers are those of that text. Of a JSON log it is
 * the text in it, and line numbers are those of the file.
 *
 * @param format what the source was taken for: {@code console}, {@code journal}, {@code
 *     journal-export}, {@code journal-json}, {@code journal-verbose}, {@code dmesg-json}, {@code
 *     lava}, {@code container-json}, {@code harness}, {@code junit-xml}, {@code metadata}
 * @param text lines ended by LF; not copied, not to be written to
 * @param lineOf for each line of {@code text} the 1-based line of the source; null when they are
 *     the same
 * @param records for each line of {@code text} the journal entry it is from; null without a journal
 * @param arrival for each line of {@code text} when it was recorded, microseconds since 1970 UTC;
 *     null when nobody says
 * @param chunks when each byte of the text arrived; null when nobody recorded it
 * @param damage what of the source could not be read
 * @param secrets what was masked in the text, in the order of its lines
 * @param alike what of the source is left out of the text; null when nothing is
 */
public record Transcript(
    String format,
    byte[] text,
    int[] lineOf,
    List<JournalEntry> records,
    long[] arrival,
    Chunks chunks,
    List<Damage> damage,
    List<Secret> secrets,
    Alike alike) {

  /**
   * The lines of a source too long to be held that are not in the text.
   *
   * @param count for each line of the text how many that are like it were left out after it
   * @param lastLine the 1-based line of the last of them in the source; 0 when there is none
   */
  public record Alike(int[] count, int[] lastLine) {}

  /** A transcript as it came. */
  Transcript(
      String format,
      byte[] text,
      int[] lineOf,
      List<JournalEntry> records,
      long[] arrival,
      Chunks chunks,
      List<Damage> damage) {
    this(format, text, lineOf, records, arrival, chunks, damage, List.of(), null);
  }

  /** The transcript of console bytes. */
  public static Transcript console(byte[] bytes) {
    return console(bytes, null);
  }

  /** The transcript of console bytes of which {@code chunks} tell when they arrived. */
  public static Transcript console(byte[] bytes, Chunks chunks) {
    return new Transcript("console", bytes, null, null, null, chunks, List.of());
  }

  /** The transcript of lines of a console that stand in these lines of it. */
  public static Transcript excerpt(byte[] text, int[] lineOf, Alike alike) {
    return new Transcript("console", text, lineOf, null, null, null, List.of(), List.of(), alike);
  }

  /**
   * The transcript of lines of a journal that stand in these lines of it.
   *
   * @param records for each line the entry that it is of
   * @param alike what is left out; null when nothing is
   */
  public static Transcript excerpt(
      String format,
      byte[] text,
      int[] lineOf,
      List<JournalEntry> records,
      List<Damage> damage,
      Alike alike) {
    return new Transcript(format, text, lineOf, records, null, null, damage, List.of(), alike);
  }

  /** One of these occurs in every line with which a secret begins. */
  public static List<Expression> secretBeginnings() {
    return Secrets.beginnings();
  }

  /** This transcript without the secrets in it; each is replaced by a word for what it was. */
  public Transcript masked() {
    Secrets.Masked masked = Secrets.in(text);
    return masked.secrets().isEmpty()
        ? this
        : new Transcript(
            format,
            masked.text(),
            lineOf,
            records,
            arrival,
            chunks,
            damage,
            masked.secrets(),
            alike);
  }

  /** The same with {@code other} for its text, which has the same lines. */
  public Transcript with(byte[] other) {
    return new Transcript(format, other, lineOf, records, arrival, chunks, damage, secrets, alike);
  }

  /** The 1-based line of the source that line {@code textLine} (1-based) of the text is from. */
  public int line(int textLine) {
    return lineOf == null ? textLine : lineOf[textLine - 1];
  }

  /** The journal entry that line {@code textLine} (1-based) of the text is from, or null. */
  public JournalEntry record(int textLine) {
    return records == null ? null : records.get(textLine - 1);
  }

  /** The transcript of what a harness wrote of its own. */
  public static Transcript harness(byte[] bytes) {
    return new Transcript("harness", bytes, null, null, null, null, List.of());
  }

  /** Whether no machine speaks in it, but the program that drove one. */
  public boolean isHarness() {
    return format.equals("harness") || format.equals("junit-xml") || format.equals("metadata");
  }

  /** Whether every line is from a journal entry. */
  public boolean isJournal() {
    return records != null;
  }
}
