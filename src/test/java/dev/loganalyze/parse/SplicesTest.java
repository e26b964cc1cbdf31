package dev.loganalyze.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loganalyze.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines into which a kernel printed, cut at each byte. */
class SplicesTest {
  private static final String KERNEL = "[    9.000000] hub 1-1.4:1.0: 2 ports detected\r\n";
  private static final String FAILED =
      "[\u001b[0;1;31mFAILED\u001b[0m] Failed to start \u001b[0;1;39mwan.service\u001b[0m - Wan.";

  private static List<String> said(String log) {
    byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
    return LineParser.parse(Transcript.console(bytes)).stream()
        .filter(e -> e.shape() != Shape.BLANK)
        .map(e -> e.shape() + " " + e.unit() + " " + e.message())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FAILED,
        "[DEPEND] Dependency failed for data.mount - /data.",
        "ALERT!  /dev/vda1 does not exist.  Dropping to a shell!",
        "You are in emergency mode. After logging in, type \"journalctl -xb\" to view"
      })
  void aSentenceIsOneWhereverTheKernelPrinted(String sentence) {
    String after = "\r\nDebian GNU/Linux 12 debvm ttyS0\r\n";
    List<String> whole = said(KERNEL + sentence + after);
    for (int cut = 1; cut < sentence.length(); cut++) {
      String log = sentence.substring(0, cut) + KERNEL + sentence.substring(cut) + after;
      List<String> read = said(log);
      String sentenceRead = whole.get(1);
      assertEquals(1, read.stream().filter(sentenceRead::equals).count(), log);
      assertEquals(1, read.stream().filter(whole.get(0)::equals).count(), log);
    }
  }

  @Test
  void itMayBeCutTwice() {
    String log = "[FAI" + KERNEL + "LED] Failed to st" + KERNEL + KERNEL + "art wan.service.\n";
    assertEquals(
        List.of(
            "TEXT  hub 1-1.4:1.0: 2 ports detected",
            "TEXT  hub 1-1.4:1.0: 2 ports detected",
            "TEXT  hub 1-1.4:1.0: 2 ports detected",
            "JOB_FAILED wan.service Failed to start wan.service."),
        said(log));
  }

  @Test
  void behindAStampOfWhoRecordedItToo() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      log.append("[2026-11-23T12:00:0").append(i).append(".000Z] ").append(KERNEL);
    }
    log.append("[2026-11-23T12:00:08.000Z] [FAILED] Failed to st").append(KERNEL);
    log.append("[2026-11-23T12:00:09.000Z] art wan.service.\n");
    List<String> read = said(log.toString());
    assertEquals("JOB_FAILED wan.service Failed to start wan.service.", read.get(read.size() - 1));
  }

  @Test
  void answersStayAsTheyCame() {
    String log = "root@debvm:~# cat list\r\none tw" + KERNEL + "o three\r\nroot@debvm:~# ";
    assertEquals("TEXT  one tw", said(log).get(1));
  }
}
