package dev.loganalyze.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that was seen between the bytes of real consoles, as small as it can be. */
class TerminalTest {
  private static final String ESC = "\u001b";

  private static ConsoleText read(String bytes) {
    return Terminal.read(bytes.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(String bytes) {
    ConsoleText text = read(bytes);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      lines.add(text.text(i));
    }
    return lines;
  }

  @Nested
  class LineEnds {
    @Test
    void anEmptyInputHasNoLines() {
      assertEquals(0, read("").size());
      assertEquals(0, read("").rawLines());
    }

    @Test
    void everyEndingOfTheTtyEndsOneLine() {
      assertEquals(List.of("a", "b", "c", "d"), lines("a\nb\r\nc\r\r\nd"));
    }

    @Test
    void emptyLinesAreLines() {
      assertEquals(List.of("", "", "a", ""), lines("\n\r\na\n\n"));
    }

    @Test
    void aLoneCarriageReturnBeginsAPlainLineInsideTheRawLine() {
      ConsoleText text = read("first\rsecond\nthird\n");
      assertEquals(List.of("first", "second", "third"), lines("first\rsecond\nthird\n"));
      assertEquals(1, text.rawLine(0));
      assertEquals(1, text.rawLine(1));
      assertEquals(2, text.rawLine(2));
      assertTrue(text.has(1, Mark.RESTARTED));
      assertEquals(6, text.rawStart(1));
    }

    @Test
    void aLineOfSixtyThousandCharactersIsOneLine() {
      String line = "x".repeat(60_000);
      assertEquals(List.of(line, "y"), lines(line + "\ny"));
    }

    @Test
    void noOtherUnicodeLineEndEndsALine() {
      assertEquals(List.of("a\u0085b\u2028c"), lines("a\u0085b\u2028c\n"));
    }
  }

  @Nested
  class Sequences {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "[0;32m", // SGR
          "[0;1;38:5:185m", // systemd 257 writes sub-parameters with colons
          "[0;1;38;5;185m", // systemd 252 with semicolons
          "[?2004h", // bracketed paste
          "[!p", // soft reset, an intermediate byte
          "[?7h",
          "[6n", // where is the cursor?
          "[K",
          "]104\u0007", // OSC ended by BEL
          "]3008;start=x;type=boot\u001b\\", // OSC ended by ST
          "]8;;file:///x\u001b\\",
          "]0;root@host: ~\u0007",
          "P1$r0m\u001b\\", // DCS
          "^secret\u001b\\", // PM
          "_app\u001b\\", // APC
          "c", // RIS
          "M", // RI
          "7",
          "8",
          "e",
          "(B",
          ")0",
          "%@",
          "%G",
          "=",
          ">"
        })
    void leavesNoTraceInTheText(String sequence) {
      assertEquals(List.of("before after"), lines("before " + ESC + sequence + "after\n"));
    }

    @Test
    void aStatusLineIsReadWithoutItsColours() {
      assertEquals(
          List.of("[  OK  ] Finished systemd-sysusers.service - Create System Users."),
          lines(
              "["
                  + ESC
                  + "[0;32m  OK  "
                  + ESC
                  + "[0m] Finished "
                  + ESC
                  + "[0;1;39msystemd-sysusers.service"
                  + ESC
                  + "[0m - Create System Users.\r\r\n"));
    }

    @Test
    void aSequenceThatTheFileCutsOffIsDropped() {
      for (String cut : List.of("", "[", "[0;3", "]0;ti", "(", "P1")) {
        assertEquals("text", lines("text" + ESC + cut).get(0).substring(0, 4), cut);
      }
    }

    @Test
    void aStringWithoutEndDoesNotSwallowTheLog() {
      assertEquals(List.of("0;title", "next"), lines(ESC + "]0;title\nnext\n"));
    }

    @Test
    void aByteThatCannotGoOnEndsTheSequenceAndIsReadAfresh() {
      assertEquals(List.of("a", "b"), lines("a" + ESC + "[0;\nb\n"));
      assertEquals(List.of("ab"), lines("a" + ESC + "[0;" + ESC + "[1mb\n"));
    }

    @Test
    void whatColoursAndTitlesAPromptIsRemembered() {
      ConsoleText text = read(ESC + "[?2004h" + ESC + "]0;t\u0007" + ESC + "[01;32mroot#\n$\n");
      assertTrue(text.has(0, Mark.PASTE_ON));
      assertTrue(text.has(0, Mark.TITLE));
      assertTrue(text.has(0, Mark.COLOUR));
      assertFalse(text.has(0, Mark.SCREEN));
      assertEquals(0, text.marks(1));
    }
  }

  /** systemd up to 252 shortens a status line with its sequences inside. */
  @Nested
  class CutByAnEllipsis {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "modprobe@dm_mod.s\u2026[0m - Load",
          "modprobe@dm_mod.s\u20260m - Load",
          "modprobe@dm_mod.s\u2026m - Load",
          "modprobe@dm_mod.s\u2026;39m - Load"
        })
    void theTailThatLostItsHeadGoes(String line) {
      assertEquals(List.of("modprobe@dm_mod.s\u2026 - Load"), lines(line + "\n"));
    }

    @Test
    void theHeadThatLostItsTailGoes() {
      assertEquals(
          List.of("timeout.service\u2026service that times out"),
          lines("timeout.service" + ESC + "[\u2026service that times out\n"));
      assertEquals(
          List.of("timeout.service\u2026service that times out"),
          lines("timeout.service" + ESC + "\u2026service that times out\n"));
    }

    @Test
    void aWordThatBeginsWithMStays() {
      assertEquals(List.of("sys-\u2026mount"), lines("sys-\u2026mount\n"));
      assertEquals(List.of("a\u20260min"), lines("a\u20260min\n"));
    }
  }

  @Nested
  class Cursor {
    @Test
    void backspacesOverwrite() {
      assertEquals(List.of("autoboot:  2"), lines("autoboot:  3 \b\b\b 2 \n"));
      assertEquals(List.of(""), lines("abc\b \b\b \b\b \b\n"));
    }

    @Test
    void theSpinnerErasesNothingThatTheKernelPrintedInBetween() {
      String spinner = "[" + ESC + "[0;31m*     " + ESC + "[0m] A start job is running (1s / 2s)";
      assertEquals(
          List.of(
              "[*     ] A start job is running (1s / 2s)",
              "[   12.000001] usb 1-1: new device",
              "[*     ] A start job is running (1s / 2s)"),
          lines(
              spinner
                  + "\r\n[   12.000001] usb 1-1: new device\r\n"
                  + ESC
                  + "M\r"
                  + ESC
                  + "[K"
                  + spinner
                  + "\r\n"));
    }

    @Test
    void nulsAndOtherControlsPrintNothing() {
      assertEquals(List.of("ab"), lines("\0\0a\u0007\u0001b\u007f\n"));
    }

    @Test
    void tabsAreKept() {
      assertEquals(List.of("a\tb"), lines("a\tb\n"));
    }

    @Test
    void bytesThatAreNoUtf8AreKeptAsTheyCame() {
      byte[] raw = {'a', (byte) 0xff, (byte) 0xfe, 'b', '\n'};
      ConsoleText text = Terminal.read(raw);
      assertEquals(4, text.to(0) - text.from(0));
      assertEquals((byte) 0xff, text.buffer()[text.from(0) + 1]);
      assertEquals("a\ufffd\ufffdb", text.text(0));
    }
  }

  @Nested
  class Screens {
    @Test
    void whatIsPaintedAtAnAddressIsALineOfItsOwn() {
      ConsoleText text =
          read(
              ESC
                  + "[2J"
                  + ESC
                  + "[1;28HGNU GRUB  version 2.06"
                  + ESC
                  + "[5;4H*Debian GNU/Linux"
                  + ESC
                  + "[6;4H Advanced options\n");
      assertEquals("GNU GRUB  version 2.06", text.text(0));
      assertEquals("*Debian GNU/Linux", text.text(1));
      assertEquals("Advanced options", text.text(2).strip());
      assertTrue(text.has(1, Mark.SCREEN));
      assertEquals(1, text.rawLines());
    }

    @Test
    void anAddressThatGoesOnWhereTheTextStandsBreaksNothing() {
      assertEquals("Welcome", lines(ESC + "[3;1HWe" + ESC + "[3;3Hlcome\n").get(0));
    }

    @Test
    void framesAreNoText() {
      assertEquals(
          List.of("| x"),
          lines(ESC + "[1;1H+--------+" + ESC + "[2;1H| x      |" + ESC + "[3;1H+--------+\n"));
      assertEquals(List.of("Boot"), lines("\u000elqqk\u000fBoot\u000emqqj\u000f\n"));
    }
  }

  @Test
  void everyColumnKnowsTheRawByteItCameFrom() {
    String raw = "a" + ESC + "[31mb\bcd\u2026[0m - e\n";
    ConsoleText text = read(raw);
    assertEquals("acd\u2026 - e", text.text(0));
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    for (int column = 0; column < text.to(0) - text.from(0); column++) {
      assertEquals(
          text.buffer()[text.from(0) + column], bytes[text.rawOffset(0, column)], "" + column);
    }
    assertEquals(bytes.length, text.rawOffset(0, 100));
  }
}
