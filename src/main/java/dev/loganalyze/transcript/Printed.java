package dev.loganalyze.transcript;

import com.google.re2j.Pattern;
import dev.loganalyze.journal.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A log that went through a terminal, as export, JSON, verbose or plain text.
 *
 * @param lines its lines
 * @param lineOf the 1-based line of the source that each is
 */
record Printed(List<String> lines, int[] lineOf) {
  /** The name of a field; its length and value follow on the next line where it is binary. */
  private static final Pattern FIELD = Pattern.compile("^_{0,2}[A-Z][A-Z0-9_]*$");

  private static final String EXPORT = "__CURSOR=";

  /**
   * @param bytes the lines, each ended by LF
   * @param lineOf the 1-based line of the source that each is
   */
  static Printed of(byte[] bytes, int[] lineOf) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<String> lines = List.of(text.split("\n", -1));
    lines = lines.subList(0, Math.min(lines.size(), lineOf.length));
    return text.startsWith(EXPORT) ? mended(lines, lineOf) : new Printed(lines, lineOf);
  }

  /**
   * The terminal swallowed the length of binary values, which is binary too: systemd's
   * JOURNAL_EXPORT_FORMATS. What is left of them is one line, and stands behind the name again;
   * empty lines stand before entries and nowhere else.
   */
  private static Printed mended(List<String> lines, int[] lineOf) {
    List<String> mended = new ArrayList<>();
    int[] of = new int[2 * lines.size()];
    boolean named = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int last = mended.size() - 1;
      if (line.isBlank()) {
        continue;
      }
      if (named && !line.startsWith(EXPORT)) {
        mended.set(last, mended.get(last) + "=" + line.strip());
        named = false;
        continue;
      }
      if (line.startsWith(EXPORT) && last >= 0) {
        of[mended.size()] = lineOf[i];
        mended.add("");
      }
      of[mended.size()] = lineOf[i];
      mended.add(line);
      named = FIELD.matcher(line).find();
    }
    return new Printed(mended, Arrays.copyOf(of, mended.size()));
  }

  byte[] bytes() {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** For each line of {@code log}, which was read of these, its 1-based line of the source. */
  int[] linesOf(Transcript log) {
    if (log.isJournal()) {
      return begins(log);
    }
    int[] of = lineOf;
    if (log.lineOf() != null) {
      of = new int[log.lineOf().length];
      for (int i = 0; i < of.length; i++) {
        of[i] = lineOf[Math.min(log.lineOf()[i], lineOf.length) - 1];
      }
    }
    return of;
  }

  /** Where the entry of each line of {@code journal} begins. */
  private int[] begins(Transcript journal) {
    List<Integer> begins = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (begins(journal.format(), lines.get(i))) {
        begins.add(lineOf[i]);
      }
    }
    int[] of = new int[journal.records().size()];
    JournalEntry last = null;
    int entry = -1;
    for (int i = 0; i < of.length; i++) {
      JournalEntry record = journal.record(i + 1);
      entry += record.equals(last) ? 0 : 1;
      last = record;
      of[i] = entry < begins.size() ? begins.get(entry) : lineOf[0];
    }
    if (entry + 1 != begins.size()) {
      // Some entry was not read whole: which line is whose cannot be told.
      Arrays.fill(of, lineOf[0]);
    }
    return of;
  }

  private static boolean begins(String format, String line) {
    return switch (format) {
      case "journal-export" -> line.startsWith(EXPORT);
      case "journal-json" ->
          line.startsWith("{") || line.startsWith("data: {") || line.startsWith("\u001e{");
      default -> !line.isEmpty() && line.charAt(0) != ' ' && !line.startsWith("-- ");
    };
  }
}
