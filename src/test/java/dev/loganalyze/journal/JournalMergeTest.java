package dev.loganalyze.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class JournalMergeTest {
  private static final String S1 = "00000000000000000000000000000001";
  private static final String S2 = "00000000000000000000000000000002";

  private static String entry(String seqnumId, int seqnum, int boot, int monotonic, int realtime) {
    return String.format(
        Locale.ROOT,
        "__CURSOR=s=%s;i=%x;b=%032x;m=%x;t=%x;x=1\nMESSAGE=%d\n\n",
        seqnumId,
        seqnum,
        boot,
        monotonic,
        realtime,
        seqnum);
  }

  private static String merged(String... exports) {
    List<JournalReader> readers = new ArrayList<>();
    for (String export : exports) {
      readers.add(new ExportReader(export.getBytes(StandardCharsets.US_ASCII)));
    }
    StringBuilder messages = new StringBuilder();
    for (JournalEntry e : JournalLogs.entries(new JournalMerge(readers))) {
      messages.append(e.first("MESSAGE").text()).append(' ');
    }
    return messages.toString();
  }

  @Test
  void ofOneCountTheSequenceNumberDecides() {
    assertEquals(
        "1 2 3 4 ",
        merged(
            entry(S1, 1, 1, 9, 9) + entry(S1, 4, 1, 1, 1),
            entry(S1, 2, 1, 5, 5) + entry(S1, 3, 1, 2, 2)));
  }

  @Test
  void ofOneBootTheMonotonicTimeDecides() {
    assertEquals(
        "9 5 8 6 ",
        merged(
            entry(S1, 5, 1, 20, 1) + entry(S1, 6, 1, 40, 2),
            entry(S2, 9, 1, 10, 100) + entry(S2, 8, 1, 30, 50)));
  }

  @Test
  void ofTwoBootsTheRealtimeDecides() {
    assertEquals("7 5 ", merged(entry(S1, 5, 1, 1, 20), entry(S2, 7, 2, 50, 10)));
  }

  @Test
  void entriesInSeveralFilesComeOnce() {
    String both = entry(S1, 1, 1, 1, 1) + entry(S1, 2, 1, 2, 2);
    assertEquals("1 2 3 ", merged(both, both + entry(S1, 3, 1, 3, 3), both));
  }

  @Test
  void equalEntriesOfOneFileAllCome() {
    String twice = "__REALTIME_TIMESTAMP=5\nMESSAGE=1\n\n__REALTIME_TIMESTAMP=5\nMESSAGE=1\n\n";
    assertEquals("1 1 ", merged(twice));
    assertEquals("1 1 ", merged(twice, twice));
  }

  @Test
  void journalsOfSeveralMachinesStayWhole() throws JournalException {
    List<JournalReader> readers = new ArrayList<>();
    for (Path guest : JournalLogs.GUESTS) {
      readers.add(new JournalFile(JournalLogs.bytes(guest.resolve("system.journal.gz"))));
    }
    List<JournalEntry> all = JournalLogs.entries(new JournalMerge(readers));
    assertEquals(521 + 519 + 494 + 707, all.size());
    for (int i = 1; i < all.size(); i++) {
      JournalEntry before = all.get(i - 1);
      JournalEntry entry = all.get(i);
      if (before.seqnumId().equals(entry.seqnumId())) {
        assertEquals(before.seqnum() + 1, entry.seqnum());
      }
    }
  }
}
