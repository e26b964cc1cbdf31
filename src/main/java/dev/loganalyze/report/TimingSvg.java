package dev.loganalyze.report;

import dev.loganalyze.boot.Certainty;
import dev.loganalyze.boot.Unit;
import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.timing.Figure;
import dev.loganalyze.timing.Instant;
import dev.loganalyze.timing.Stall;
import dev.loganalyze.timing.Timespan;
import dev.loganalyze.timing.Timing;
import dev.loganalyze.timing.UnitTime;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A boot along its time: phases, stalls behind all, a bar a unit in the order of their start. Needs
 * no script and no style sheet; a page may embed {@link #picture} as it is.
 */
final class TimingSvg implements Report {
  private static final int WIDTH = 1000;
  private static final int ROW = 16;
  private static final int TOP = 44;

  /** More bars than these are no picture; the longest are drawn. */
  private static final int MOST_UNITS = 300;

  private static final String[] PHASES = {"#7a8793", "#a3b1bf", "#c9a227", "#4e79a7", "#76b7b2"};

  @Override
  public void write(List<Run> runs, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    writer.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    List<String> pictures = new ArrayList<>();
    List<Integer> heights = new ArrayList<>();
    int height = 0;
    for (Run run : runs) {
      for (Timing timing : run.timings()) {
        String picture = picture(timing, run.name());
        pictures.add(
            picture.replaceFirst("<svg ", "<svg y=\"" + height + "\" width=\"" + WIDTH + "\" "));
        heights.add(height(timing));
        height += heights.get(heights.size() - 1) + ROW;
      }
    }
    writer.write(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
            + WIDTH
            + " "
            + Math.max(height, ROW)
            + "\">\n");
    for (String picture : pictures) {
      writer.write(picture);
    }
    writer.write("</svg>\n");
    writer.flush();
  }

  private static List<UnitTime> bars(Timing timing) {
    return timing.units().stream()
        .filter(u -> u.finished().isKnown())
        .sorted(Comparator.comparingLong((UnitTime u) -> -u.running()))
        .limit(MOST_UNITS)
        .sorted(Comparator.comparingLong((UnitTime u) -> begin(u).micros()))
        .toList();
  }

  private static Instant begin(UnitTime unit) {
    return unit.started().isKnown() ? unit.started() : unit.finished();
  }

  private static int height(Timing timing) {
    return TOP + ROW * (bars(timing).size() + 2);
  }

  /** The picture of {@code timing}: one {@code <svg>} element. */
  static String picture(Timing timing, String name) {
    StringBuilder svg = new StringBuilder();
    int height = height(timing);
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(WIDTH + " " + height)
        .append("\" height=\"" + height)
        .append("\" font-family=\"sans-serif\" font-size=\"11\" role=\"img\">\n<title>")
        .append(escaped(name + ", boot " + timing.boot()))
        .append("</title>\n");
    List<Figure> parts = new TimingWords(timing).parts();
    List<UnitTime> units = bars(timing);
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (Figure part : parts) {
      from = Math.min(from, part.start().micros());
      to = Math.max(to, part.end().micros());
    }
    for (UnitTime unit : units) {
      from = Math.min(from, begin(unit).micros());
      to = Math.max(to, unit.finished().micros());
    }
    if (from >= to) {
      return svg.append("<text x=\"4\" y=\"20\">No times are known.</text>\n</svg>\n").toString();
    }
    Scale scale = new Scale(from, to);
    axis(svg, scale, height);
    for (Stall stall : timing.stalls()) {
      if (stall.start().isKnown() && stall.end().isKnown()) {
        rect(
            svg,
            scale,
            stall.start(),
            stall.end(),
            TOP - ROW,
            height - TOP + ROW,
            "#f2c6c0",
            "stall: " + stall.waitingFor());
      }
    }
    for (int i = 0; i < parts.size(); i++) {
      Figure part = parts.get(i);
      String label = part.name() + " " + Timespan.format(part.duration());
      rect(
          svg,
          scale,
          part.start(),
          part.end(),
          TOP - ROW,
          ROW - 2,
          PHASES[i % PHASES.length],
          label);
      text(svg, scale.x(part.start().micros()) + 2, TOP - 5, label, 0);
    }
    int y = TOP + ROW;
    for (UnitTime unit : units) {
      String took = unit.running() > 0 ? " " + Timespan.format(unit.running()) : "";
      String doubt = unit.finished().certainty() == Certainty.EXACT ? "" : " ~";
      String label = unit.name() + took + doubt;
      rect(svg, scale, begin(unit), unit.finished(), y, ROW - 4, colour(unit.result()), label);
      int x = scale.x(unit.finished().micros()) + 4;
      text(
          svg,
          x > WIDTH * 2 / 3 ? scale.x(begin(unit).micros()) - 4 : x,
          y + 10,
          label,
          x > WIDTH * 2 / 3 ? 1 : 0);
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  /** Microseconds to columns. */
  private record Scale(long from, long to) {
    int x(long micros) {
      double part = (double) (Math.max(from, Math.min(to, micros)) - from) / (to - from);
      return (int) Math.round(4 + part * (WIDTH - 8));
    }
  }

  private static void axis(StringBuilder svg, Scale scale, int height) {
    long step = 1_000_000;
    long[] factors = {2, 5, 10};
    long unit = step;
    for (int i = 0; (scale.to() - scale.from()) / step > 12; i++) {
      step = unit * factors[i % 3];
      unit = i % 3 == 2 ? step : unit;
    }
    for (long at = Math.floorDiv(scale.from(), step) * step; at <= scale.to(); at += step) {
      if (at >= scale.from()) {
        int x = scale.x(at);
        svg.append("<line x1=\"" + x + "\" x2=\"" + x + "\" y1=\"16\" y2=\"" + height)
            .append("\" stroke=\"#ddd\"/>\n");
        text(svg, x + 2, 12, at / 1_000_000 + " s", 0);
      }
    }
  }

  private static void rect(
      StringBuilder svg,
      Scale scale,
      Instant start,
      Instant end,
      int y,
      int height,
      String colour,
      String title) {
    int x = scale.x(start.micros());
    svg.append("<rect x=\"" + x + "\" y=\"" + y)
        .append("\" width=\"" + Math.max(1, scale.x(end.micros()) - x) + "\" height=\"" + height)
        .append("\" fill=\"" + colour + "\"><title>" + escaped(title) + "</title></rect>\n");
  }

  private static void text(StringBuilder svg, int x, int y, String text, int end) {
    svg.append("<text x=\"" + x + "\" y=\"" + y + "\"")
        .append(end == 1 ? " text-anchor=\"end\">" : ">")
        .append(escaped(text))
        .append("</text>\n");
  }

  private static String colour(Unit.Result result) {
    return switch (result) {
      case DONE -> "#59a14f";
      case STARTING -> "#b6992d";
      case SKIPPED -> "#bab0ac";
      case FAILED, TIMEOUT, DEPENDENCY, REFUSED -> "#e15759";
    };
  }

  private static String escaped(String text) {
    return Printable.text(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
