package dev.loganalyze.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Binary, export and JSON journals of any bytes are read to their end, and printed in any form. */
public final class JournalsFuzz {
  private static final String EXPORT =
      "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1795000001500000\n__MONOTONIC_TIMESTAMP=5\n"
          + "_BOOT_ID=00000000000000030000000000000004\n_COMM=a\nPRIORITY=3\nMESSAGE=hello\n\n";

  private JournalsFuzz() {}

  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (boolean compact : new boolean[] {true, false}) {
      JournalBuilder journal = new JournalBuilder(compact);
      journal.entry(journal.data("MESSAGE=one"), journal.data("_COMM=a"));
      journal.entry(journal.data("MESSAGE=two\nlines"), journal.data("PRIORITY=3"));
      seeds.add(journal.build());
    }
    try {
      for (JournalFormat format : JournalFormat.values()) {
        seeds.add(printed(EXPORT.repeat(2).getBytes(StandardCharsets.UTF_8), format));
      }
    } catch (JournalException e) {
      throw new IllegalStateException(e);
    }
    byte[] binary = "MESSAGE\n\5\0\0\0\0\0\0\0a\nb\1c\n\n".getBytes(StandardCharsets.ISO_8859_1);
    seeds.add(binary);
    seeds.add(EXPORT.replace("MESSAGE=hello\n", "").getBytes(StandardCharsets.UTF_8));
    return seeds;
  }

  public static void fuzzerTestOneInput(byte[] input) {
    for (JournalFormat format : JournalFormat.values()) {
      try {
        assertArrayEquals(printed(input, format), printed(input.clone(), format));
      } catch (JournalException e) {
        return;
      }
    }
  }

  private static byte[] printed(byte[] bytes, JournalFormat format) throws JournalException {
    JournalReader journal = Journals.open(bytes);
    JournalWriter writer = format.writer(ZoneOffset.UTC, true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      for (JournalEntry e = journal.next(); e != null; e = journal.next()) {
        writer.write(e, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    journal.damage();
    return out.toByteArray();
  }
}
