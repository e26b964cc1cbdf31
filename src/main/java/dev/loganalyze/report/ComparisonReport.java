package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.loganalyze.history.Comparison;
import dev.loganalyze.history.RunRecord;
import dev.loganalyze.history.Sample;
import dev.loganalyze.history.Shift;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What changed between runs, for a terminal, a job page or a program. */
public final class ComparisonReport {
  private static final int MOST_TIMES = 25;
  private static final int MOST_UNITS = 25;

  private ComparisonReport() {}

  /**
   * For a person at a terminal.
   *
   * @param width columns; sentences are wrapped, tables are cut
   */
  public static void text(Comparison comparison, int width, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    ComparisonWords words = new ComparisonWords(comparison);
    say(writer, "", 0, words.sides() + ": " + words.verdict(), width);
    for (Comparison.FaultChange change : comparison.faults()) {
      String first = String.format(Locale.ROOT, "  %-10s ", words.direction(change));
      String what = change.fault().title() + " (" + change.fault().rule() + ", ";
      say(writer, first, 13, what + words.often(change) + ")", width);
    }
    differences(writer, "Changed", comparison.facts(), width);
    differences(writer, "Units", comparison.units(), width);
    List<Shift> shifts = words.shifts();
    if (!words.unproved().isEmpty() || !shifts.isEmpty()) {
      writer.write("\nTimes\n");
    }
    if (!words.unproved().isEmpty()) {
      say(writer, "  ", 2, words.unproved(), width);
    }
    for (Shift shift : shifts.subList(0, Math.min(MOST_TIMES, shifts.size()))) {
      String times =
          ComparisonWords.seconds(shift.base().median())
              + " -> "
              + ComparisonWords.seconds(shift.fresh().median());
      String row =
          String.format(
              Locale.ROOT,
              "  %-22s  %-18s  %s",
              times,
              ComparisonWords.by(shift),
              Printable.text(shift.name()));
      writer.write(Lines.cut(row, width) + "\n");
      say(writer, "    ", 4, ComparisonWords.proof(shift), width);
      say(writer, "    ", 4, ComparisonWords.remarks(shift), width);
    }
    more(writer, shifts.size() - MOST_TIMES);
    writer.flush();
  }

  private static void differences(
      Writer out, String heading, List<Comparison.Difference> all, int width) throws IOException {
    if (!all.isEmpty()) {
      out.write("\n" + heading + "\n");
      for (Comparison.Difference one : all.subList(0, Math.min(MOST_UNITS, all.size()))) {
        say(out, "  ", 4, one.what() + ": " + one.before() + " -> " + one.now(), width);
      }
      more(out, all.size() - MOST_UNITS);
    }
  }

  private static void more(Writer out, int n) throws IOException {
    if (n > 0) {
      out.write("  ... and " + n + " more; --format json has them all\n");
    }
  }

  private static void say(Writer out, String first, int next, String text, int width)
      throws IOException {
    if (!text.isEmpty()) {
      for (String line : Lines.wrap(Printable.text(text), first, next, width, 6)) {
        out.write(Printable.line(line) + "\n");
      }
    }
  }

  /** For a job page or an issue. */
  public static void markdown(Comparison comparison, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    Templates.write(
        "compare.md.ftl", Map.of("words", new ComparisonWords(comparison), "most", 100), writer);
    writer.flush();
  }

  /** For programs; docs/usage.md tells the keys. */
  public static void json(Comparison comparison, OutputStream out) throws IOException {
    try (JsonGenerator json = JsonText.indented(out)) {
      json.writeStartObject();
      json.writeStringField("schemaVersion", JsonReport.SCHEMA_VERSION);
      names(json, "base", comparison.base());
      names(json, "new", comparison.fresh());
      json.writeBooleanField("worse", comparison.isWorse());
      json.writeArrayFieldStart("findings");
      for (Comparison.FaultChange change : comparison.faults()) {
        json.writeStartObject();
        json.writeStringField("rule", change.fault().rule());
        json.writeStringField("signature", change.fault().signature());
        json.writeStringField("severity", change.fault().severity());
        json.writeStringField("title", change.fault().title());
        json.writeNumberField("before", change.before());
        json.writeNumberField("now", change.now());
        json.writeEndObject();
      }
      json.writeEndArray();
      differences(json, "facts", comparison.facts());
      differences(json, "units", comparison.units());
      json.writeArrayFieldStart("times");
      for (Shift shift : comparison.shifts()) {
        json.writeStartObject();
        json.writeStringField("name", shift.name());
        json.writeStringField("verdict", shift.verdict().name().toLowerCase(Locale.ROOT));
        sample(json, "base", shift.base());
        sample(json, "new", shift.fresh());
        json.writeNumberField("shift", rounded(shift.by()));
        json.writeNumberField("low", rounded(shift.low()));
        json.writeNumberField("high", rounded(shift.high()));
        json.writeNumberField("p", shift.p());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void names(JsonGenerator json, String key, List<RunRecord> runs)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (RunRecord run : runs) {
      json.writeString(run.name());
    }
    json.writeEndArray();
  }

  private static void differences(JsonGenerator json, String key, List<Comparison.Difference> all)
      throws IOException {
    json.writeArrayFieldStart(key);
    for (Comparison.Difference one : all) {
      json.writeStartObject();
      json.writeStringField("what", one.what());
      json.writeStringField("before", one.before());
      json.writeStringField("now", one.now());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void sample(JsonGenerator json, String key, Sample sample) throws IOException {
    double[] interval = sample.interval();
    json.writeObjectFieldStart(key);
    json.writeNumberField("n", sample.size());
    json.writeNumberField("median", rounded(sample.median()));
    json.writeNumberField("mad", rounded(sample.mad()));
    json.writeNumberField("min", rounded(sample.min()));
    json.writeNumberField("p95", rounded(sample.p95()));
    json.writeNumberField("low", rounded(interval[0]));
    json.writeNumberField("high", rounded(interval[1]));
    if (!Double.isNaN(sample.humps())) {
      json.writeNumberField("twoGroupsAt", rounded(sample.humps()));
    }
    json.writeEndObject();
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1e6) / 1e6;
  }
}
