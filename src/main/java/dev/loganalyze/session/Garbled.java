package dev.loganalyze.session;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.bytes.Utf8;
import dev.loganalyze.parse.Entries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds lines that are no text. A serial line that is read at another speed than it is written
 * gives bytes of which most have their highest bit set, whatever was written.
 */
public final class Garbled {
  /** So many bytes of a line are no text at least. */
  private static final int FEWEST = 4;

  /** What a port sends when it is switched on is less. */
  private static final int NOTEWORTHY = 64;

  private Garbled() {}

  /** One fact for each of {@code boots} that has such lines, or for a log without boots. */
  public static List<Fact> of(Entries entries, List<Boot> boots) {
    List<Fact> facts = new ArrayList<>();
    for (Boot boot : boots) {
      add(facts, entries, boot.index(), boot.firstEntry(), boot.lastEntry());
    }
    if (boots.isEmpty()) {
      add(facts, entries, 0, 0, entries.size() - 1);
    }
    return facts;
  }

  private static void add(List<Fact> facts, Entries entries, int boot, int from, int to) {
    int lines = 0;
    int bytes = 0;
    int first = -1;
    int last = -1;
    for (int i = from; i <= to; i++) {
      int begin = entries.messageFrom(i);
      int end = entries.messageTo(i);
      int damaged = Utf8.damaged(entries.buffer(), begin, end);
      if (damaged >= FEWEST
          && damaged >= (end - begin) / Utf8.MOSTLY_TEXT
          && !isDrawn(entries.buffer(), begin, end)) {
        boolean another = last < 0 || entries.line(i) != entries.line(last);
        lines += another ? 1 + entries.alike(i) : 0;
        bytes += damaged;
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (bytes >= NOTEWORTHY) {
      List<Integer> shown = first == last ? List.of(first) : List.of(first, last);
      Map<String, String> fields = Map.of("lines", Integer.toString(lines));
      facts.add(new Fact(Fact.Kind.GARBLED, boot, entries.line(first), shown, fields));
    }
  }

  /**
   * Whether all that is no ASCII are the shades, lines and blocks of code page 437, with which UEFI
   * draws on a serial line (EDK II, TerminalDxe).
   */
  private static boolean isDrawn(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      int b = bytes[i] & 0xff;
      if (b >= 0x80 && (b < 0xb0 || b > 0xdf)) {
        return false;
      }
    }
    return true;
  }
}
