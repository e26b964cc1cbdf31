package dev.loganalyze.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.loganalyze.Noise;
import dev.loganalyze.parse.grammar.LogLineLexer;
import dev.loganalyze.threads.Work;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PlansTest {
  private static final TableLexer LEXER = new TableLexer();

  private static Tokens tokens(byte[] line) {
    Tokens tokens = new Tokens();
    tokens.clear(0);
    LEXER.read(line, 0, line.length, LogLineLexer.DEFAULT_MODE, tokens);
    return tokens;
  }

  private static String said(Plan plan) {
    StringBuilder said = new StringBuilder();
    for (Plan.Part part : plan.parts) {
      said.append(part.origin).append(part.shape).append(part.logged);
      said.append(
          Arrays.toString(
              new int[] {
                part.first, part.stamp, part.ident, part.message, part.unit, part.unitEnd
              }));
    }
    return said.toString();
  }

  @Test
  void severalThreadsAreToldWhatTheParserSays() {
    List<Tokens> all = new ArrayList<>();
    for (byte[] line : Noise.lines()) {
      all.add(tokens(line));
    }
    LinePlanner parser = new AntlrPlanner();
    List<String> expected = all.stream().map(t -> said(parser.of(t))).toList();
    Supplier<List<String>> piece = () -> all.stream().map(t -> said(Plans.all().of(t))).toList();
    for (List<String> said : Work.all("plans", 4, Collections.nCopies(4, piece))) {
      assertEquals(expected, said);
    }
  }

  /** Each line has a stamp in another place, so that there is no end of sequences. */
  @Test
  void sequencesWithoutEndDoNotDriveOutThoseOfTheBuild() {
    Tokens usual = tokens("[    1.234567] usb 1-1: x".getBytes(StandardCharsets.US_ASCII));
    Plan known = Plans.all().of(usual);
    LinePlanner parser = new AntlrPlanner();
    String stamp = "[    1.234567] ";
    for (int n = 1; n < 400; n++) {
      String line = "x" + stamp.repeat(n % 100) + "systemd[1]: Starting a" + " b".repeat(n / 100);
      Tokens tokens = tokens(line.getBytes(StandardCharsets.US_ASCII));
      assertEquals(said(parser.of(tokens)), said(Plans.all().of(tokens)));
    }
    assertSame(known, Plans.all().of(usual));
  }
}
