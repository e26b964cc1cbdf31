package dev.loganalyze.report;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Instant;
import dev.loganalyze.timing.Span;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Comma-separated values after RFC 4180: one row a figure, target, unit, span and stall. Times are
 * seconds on the boot's clock; a cell is empty where nothing is known.
 */
final class TimingCsv implements Report {
  private static final String HEAD =
      "run,boot,kind,name,result,queued,start,end,duration,slack,certainty,first_line,last_line\r\n";

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    writer.write(HEAD);
    for (Run run : runs) {
      for (Timing timing : run.timings()) {
        String begin = cell(run.name()) + "," + timing.boot() + ",";
        for (Figure figure : timing.figures()) {
          figure(writer, begin + "figure,", figure);
        }
        for (Figure target : timing.targets()) {
          figure(writer, begin + "target,", target);
        }
        for (UnitTime unit : timing.units()) {
          unit(writer, begin + "unit,", unit);
        }
        for (Span span : timing.spans()) {
          String kind = begin + span.kind().word() + ",";
          String took = span.duration() > 0 ? Seconds.exact(span.duration()) : "";
          row(
              writer,
              kind,
              span.name(),
              "",
              "",
              span.start(),
              span.end(),
              took,
              "",
              span.firstLine(),
              span.lastLine());
        }
        for (Stall stall : timing.stalls()) {
          String kind = begin + "stall-" + stall.kind().word() + ",";
          String result = stall.result() == null ? "" : stall.result().word();
          String took = stall.duration() >= 0 ? Seconds.exact(stall.duration()) : "";
          row(
              writer,
              kind,
              stall.waitingFor(),
              result,
              time(stall.queued()),
              stall.start(),
              stall.end(),
              took,
              "",
              stall.firstLine(),
              stall.lastLine());
        }
      }
    }
    writer.flush();
  }

  private static void figure(Writer out, String begin, Figure figure) throws IOException {
    String took = figure.isKnown() ? Seconds.exact(figure.duration()) : "";
    row(
        out,
        begin,
        figure.name(),
        "",
        "",
        figure.start(),
        figure.end(),
        took,
        "",
        figure.firstLine(),
        figure.lastLine());
  }

  private static void unit(Writer out, String begin, UnitTime unit) throws IOException {
    boolean ran = unit.started().isKnown() && unit.finished().isKnown();
    row(
        out,
        begin,
        unit.name(),
        unit.result().word(),
        time(unit.queued()),
        unit.started(),
        unit.finished(),
        ran ? Seconds.exact(unit.running()) : "",
        unit.slack() < 0 ? "" : Seconds.exact(unit.slack()),
        unit.firstLine(),
        unit.lastLine());
  }

  private static void row(
      Writer out,
      String begin,
      String name,
      String result,
      String queued,
      Instant start,
      Instant end,
      String took,
      String slack,
      int firstLine,
      int lastLine)
      throws IOException {
    boolean surer = start.isKnown() && start.certainty().compareTo(end.certainty()) > 0;
    String certainty = (surer ? start : end).certainty().word();
    out.write(
        begin
            + String.join(
                ",",
                cell(name),
                result,
                queued,
                time(start),
                time(end),
                took,
                slack,
                certainty,
                Integer.toString(firstLine),
                Integer.toString(lastLine))
            + "\r\n");
  }

  private static String time(Instant instant) {
    return instant.isKnown() ? Seconds.exact(instant.micros()) : "";
  }

  /**
   * Quoted; a spreadsheet takes what begins with {@code =} and its kin, wide ones too, for a
   * formula, some behind blanks.
   */
  private static String cell(String text) {
    String shown = Printable.text(text);
    String said = shown.strip();
    boolean formula =
        said.length() > 1 && "=+-@\uff1d\uff0b\uff0d\uff20".indexOf(said.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + shown.replace("\"", "\"\"") + '"';
  }
}
