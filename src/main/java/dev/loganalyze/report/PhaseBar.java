package dev.loganalyze.report;

import dev.loganalyze.timing.Figure;
import java.util.List;
import java.util.Map;

/**
 * The figures of a boot as one bar of characters, a stretch each, as long as its share of the time.
 */
final class PhaseBar {
  /** Neighbours look different; code page 437 has them all, and so has the font of a console. */
  private static final Map<String, String> BLOCKS =
      Map.of(
          "firmware", "\u258c",
          "loader", "\u2584",
          "hidden", "\u2592",
          "kernel", "\u2588",
          "initrd", "\u2593",
          "userspace", "\u2591");

  private final List<Figure> parts;
  private final boolean ascii;

  /**
   * A bar of {@code parts}, see {@link TimingWords#parts}.
   *
   * @param ascii whether the first letters of the names stand for blocks
   */
  PhaseBar(List<Figure> parts, boolean ascii) {
    this.parts = parts;
    this.ascii = ascii;
  }

  /** The character that stands for {@code part}. */
  String mark(Figure part) {
    return ascii ? part.name().substring(0, 1) : BLOCKS.get(part.name());
  }

  /** The bar, {@code columns} wide; each part has at least one. Empty when there are none. */
  String bar(int columns) {
    long total = parts.stream().mapToLong(Figure::duration).sum();
    long shared = Math.max(0, columns - parts.size());
    StringBuilder bar = new StringBuilder();
    long before = 0;
    for (Figure part : parts) {
      double from = (double) before / total;
      before += part.duration();
      double to = (double) before / total;
      long more = (long) (to * shared) - (long) (from * shared);
      bar.append(mark(part).repeat((int) (1 + more)));
    }
    return bar.toString();
  }
}
