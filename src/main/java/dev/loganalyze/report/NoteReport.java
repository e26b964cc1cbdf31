package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.history.Comparison;
import dev.loganalyze.history.RunRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A work note in Markdown, as a person would commit it. Several runs are told in the order of their
 * time, and what changed from each to the next.
 */
public final class NoteReport implements Report {
  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    List<Note> notes = new ArrayList<>(runs.stream().map(Note::new).toList());
    // Stable: runs that tell no time stay where they were named, before those that do.
    notes.sort(Comparator.comparing(Note::started));
    List<ComparisonWords> changes = new ArrayList<>();
    for (int i = 1; i < notes.size(); i++) {
      changes.add(
          new ComparisonWords(
              Comparison.of(List.of(record(notes.get(i - 1))), List.of(record(notes.get(i))))));
    }
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    Templates.write(
        "note.md.ftl",
        Map.of("notes", notes, "changes", changes, "tool", Tool.NAME + " " + Tool.VERSION),
        writer);
    writer.flush();
  }

  private static RunRecord record(Note note) {
    return RunRecord.of(note.run(), "");
  }

  /**
   * The follow-ups of {@code runs} as a checklist, a line each, as {@code - [ ] TIME: what to do}.
   */
  public static String tasks(List<Run> runs) {
    StringBuilder tasks = new StringBuilder();
    for (Run run : runs) {
      Note note = new Note(run);
      String time = note.started().isEmpty() ? "" : note.started() + ": ";
      for (String task : note.tasks()) {
        tasks.append("- [ ] ").append(time);
        tasks.append(Markdown.FORMAT.escapePlainText(Printable.text(task.replace('\n', ' '))));
        tasks.append('\n');
      }
    }
    return tasks.toString();
  }
}
