package dev.loganalyze.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.Noise;
import dev.loganalyze.parse.PhaseParser.Kind;
import dev.loganalyze.parse.PhaseParser.Stretch;
import dev.loganalyze.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of any bytes, and of any order of lines. */
class LineParserPropertyTest {

  /** What holds of {@code raw} even if an envelope is read out of noise. */
  static void holds(byte[] raw) {
    spansTile(raw);
    partsLieInside(raw);
  }

  @Test
  void everyLineIsTakenByTheGrammarAndTheSpansTileTheInput() {
    Noise.forEach(LineParserPropertyTest::spansTile);
  }

  private static void spansTile(byte[] raw) {
    Entries entries = LineParser.parse(Transcript.console(raw));
    int at = 0;
    for (Entry entry : entries) {
      assertEquals(at, entry.rawStart());
      at = entry.rawEnd();
    }
    assertEquals(raw.length, at);
  }

  @Test
  void messagesUnitsAndIdentifiersLieInsideTheirEntry() {
    Noise.forEach(LineParserPropertyTest::partsLieInside);
  }

  private static void partsLieInside(byte[] raw) {
    for (Entry entry : LineParser.parse(Transcript.console(raw))) {
      // Blanks behind the message of a line of no known shape pad the line.
      String text = entry.shape() == Shape.TEXT ? unpadded(entry.text()) : entry.text();
      assertTrue(text.endsWith(entry.message()), entry::toString);
      assertTrue(entry.text().contains(entry.unit()), entry::toString);
      assertTrue(entry.text().contains(entry.identifier()), entry::toString);
    }
  }

  private static String unpadded(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }

  @Test
  void aLineMeansTheSameWhereverItStands() {
    Noise.forEach(
        raw -> {
          Entries entries = LineParser.parse(Transcript.console(raw));
          for (Entry entry : entries) {
            byte[] span = java.util.Arrays.copyOfRange(raw, entry.rawStart(), entry.rawEnd());
            Entries alone = LineParser.parse(Transcript.console(span));
            // What stands before all lines is told by many of them.
            boolean alike = alone.format().equals(entries.format());
            if (alike && alone.size() == 1 && alone.get(0).text().equals(entry.text())) {
              assertEquals(alone.get(0).shape(), entry.shape(), entry.text());
            }
          }
        });
  }

  @Test
  void everyOrderOfLinesIsALogAndNoPhaseGoesBack() {
    Random random = new Random(7);
    Kind[] kinds = Kind.values();
    for (int n = 0; n < 2000; n++) {
      List<Kind> lines = new ArrayList<>();
      int boots = 0;
      while (lines.size() < random.nextInt(40)) {
        boolean begins = lines.isEmpty() || random.nextInt(8) == 0;
        if (begins) {
          lines.add(Kind.BOOT);
          boots++;
        }
        lines.add(kinds[1 + random.nextInt(kinds.length - 1)]);
      }
      List<List<Stretch>> parsed = PhaseParser.parse(lines);
      assertEquals(boots, parsed.size());
      for (List<Stretch> phases : parsed) {
        for (int i = 0; i < phases.size(); i++) {
          assertEquals(phases.get(i).kind(), lines.get(phases.get(i).first()));
          assertTrue(i == 0 || phases.get(i).kind().compareTo(phases.get(i - 1).kind()) > 0);
        }
      }
    }
  }
}
