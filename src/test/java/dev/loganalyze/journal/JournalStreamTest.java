package dev.loganalyze.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A journal that is read piece by piece gives what it gives when it is held. */
class JournalStreamTest {
  private static final long SEED = 20261128;

  private static final List<String> FAULTS =
      List.of("\n", "\n\n", "{", "}", "\"", "\\", "[", ",", "null", "data:", "=", "\0", "\\u0041");

  @TempDir private Path folder;

  private static JournalReader held(byte[] bytes, JournalFormat format) {
    return switch (format) {
      case EXPORT -> new ExportReader(bytes);
      case VERBOSE -> new VerboseReader(bytes);
      default -> new JsonReader(bytes);
    };
  }

  private static JournalStream stream(InputStream in, JournalFormat format, Set<String> asked) {
    return switch (format) {
      case EXPORT -> new ExportReader(in, asked);
      case VERBOSE -> new VerboseReader(in, asked);
      default -> new JsonReader(in, asked);
    };
  }

  /** A stream that gives a few bytes at a time. */
  private static InputStream trickle(byte[] bytes) {
    Random random = new Random(SEED);
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(length, 1 + random.nextInt(5000)));
      }
    };
  }

  private static void assertSame(JournalReader expected, JournalReader actual, String what) {
    int i = 0;
    for (JournalEntry e = expected.next(); e != null; e = expected.next(), i++) {
      assertEquals(e, actual.next(), what + ", entry " + i);
    }
    assertEquals(null, actual.next(), what);
    assertEquals(expected.damage(), actual.damage(), what);
  }

  /** Long enough that objects lie across the pieces in which a stream is read. */
  private static byte[] printed(JournalFormat format) throws JournalException {
    byte[] once = JournalLogs.print(new JournalFile(JournalLogs.bytes(JournalLogs.ODD)), format);
    byte[] thrice = Arrays.copyOf(once, 3 * once.length);
    System.arraycopy(once, 0, thrice, once.length, once.length);
    System.arraycopy(once, 0, thrice, 2 * once.length, once.length);
    return thrice;
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPORT", "VERBOSE", "JSON", "JSON_PRETTY", "JSON_SEQ", "JSON_SSE"})
  void textIsReadAsAStreamAsWhenItIsHeld(JournalFormat format) throws Exception {
    byte[] whole = printed(format);
    assertTrue(whole.length > 300_000, whole.length + " bytes");
    assertSame(held(whole, format), stream(trickle(whole), format, null), format.word());
    Random random = new Random(SEED);
    for (int i = 0; i < 60; i++) {
      byte[] bytes = Arrays.copyOf(whole, i % 2 == 0 ? whole.length : random.nextInt(whole.length));
      for (int fault = random.nextInt(30); fault > 0 && bytes.length > 8; fault--) {
        byte[] wrong = FAULTS.get(random.nextInt(FAULTS.size())).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(wrong, 0, bytes, random.nextInt(bytes.length - 8), wrong.length);
      }
      String what = format.word() + ", round " + i;
      assertSame(held(bytes, format), stream(trickle(bytes), format, null), what);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPORT", "VERBOSE", "JSON", "JSON_PRETTY"})
  void onlyFieldsThatAreAskedForAreRead(JournalFormat format) throws Exception {
    byte[] whole = printed(format);
    Set<String> asked = Set.of("MESSAGE", "_PID", "__REALTIME_TIMESTAMP");
    JournalStream some = stream(trickle(whole), format, asked);
    JournalReader all = held(whole, format);
    for (JournalEntry e = all.next(); e != null; e = all.next()) {
      JournalEntry read = some.next();
      assertEquals(
          e.fields().stream().filter(f -> asked.contains(f.name())).toList(), read.fields());
      assertEquals(e.realtime(), read.realtime());
    }
    assertEquals(null, some.next());
    assertEquals(whole.length, some.read());
    assertEquals(null, some.fault());
  }

  @Test
  void whatCameBeforeAFaultIsRead() {
    InputStream broken =
        new InputStream() {
          private final InputStream in =
              new ByteArrayInputStream("A=1\n\nA=2\n\n".getBytes(StandardCharsets.US_ASCII));

          @Override
          public int read() throws IOException {
            int b = in.read();
            if (b < 0) {
              throw new IOException("the disk is gone");
            }
            return b;
          }

          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            into[from] = (byte) read();
            return 1;
          }
        };
    JournalStream journal = new ExportReader(broken, null);
    assertEquals(2, JournalLogs.entries(journal).size());
    assertEquals("the disk is gone", journal.fault().getMessage());
    assertEquals(10, journal.read());
  }

  @Test
  void aLongValueThatNobodyAsksForIsPassed() {
    byte[] bytes = new byte[9_000_000];
    Arrays.fill(bytes, (byte) 'x');
    byte[] head = "COREDUMP\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, bytes, 0, head.length);
    byte[] tail = "\nA=1\n\nA=2\n\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(tail, 0, bytes, bytes.length - tail.length, tail.length);
    LittleEndian.putU64(bytes, head.length, bytes.length - tail.length - head.length - 8);
    JournalStream journal = new ExportReader(new ByteArrayInputStream(bytes), Set.of("A"));
    assertEquals("[[A=1], [A=2]]", fields(journal));
    assertEquals(List.of(), journal.damage());
  }

  private static String fields(JournalReader journal) {
    return JournalLogs.entries(journal).stream().map(JournalEntry::fields).toList().toString();
  }

  // ---- binary files -----------------------------------------------------------------------------

  private static List<Path> journals() {
    return JournalLogs.made();
  }

  private FileChannel file(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("x.journal"), bytes);
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @ParameterizedTest
  @MethodSource("journals")
  void aFileIsReadByPlaceAsWhenItIsHeld(Path gzip) throws Exception {
    byte[] whole = JournalLogs.bytes(gzip);
    try (FileChannel file = file(whole)) {
      assertSame(new JournalFile(whole), new JournalFile(file, null), gzip.toString());
    }
    Random random = new Random(SEED);
    for (int i = 0; i < 20; i++) {
      byte[] bytes =
          Arrays.copyOf(whole, 300 + random.nextInt(i % 2 == 0 ? whole.length : 1 << 20));
      bytes[272 + random.nextInt(bytes.length - 272)] ^= (byte) (1 << random.nextInt(8));
      try (FileChannel file = file(bytes)) {
        assertSame(new JournalFile(bytes), new JournalFile(file, null), gzip + ", round " + i);
      }
    }
  }

  @Test
  void aFileThatBecomesShorterWhileItIsReadGivesWhatWasThere() throws Exception {
    byte[] whole = JournalLogs.bytes(JournalLogs.ODD);
    try (FileChannel file = file(whole)) {
      JournalFile journal = new JournalFile(file, null);
      assertEquals(new JournalFile(whole).next(), journal.next());
      file.truncate(1 << 14);
      int more = JournalLogs.entries(journal).size();
      assertTrue(more <= 319, more + " entries");
      assertTrue(
          more == 319 || journal.damage().get(0).reason().startsWith("it became shorter while"),
          journal.damage().toString());
    }
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsReadAsItWas() throws Exception {
    byte[] whole = JournalLogs.bytes(JournalLogs.ODD);
    try (FileChannel file = file(whole)) {
      JournalFile journal = new JournalFile(file, null);
      file.write(java.nio.ByteBuffer.wrap(new byte[100_000]), whole.length);
      assertSame(new JournalFile(whole), journal, "grown");
    }
  }
}
