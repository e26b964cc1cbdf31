package dev.loganalyze.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class JournalFileTest {
  static List<Path> made() {
    List<Path> files = JournalLogs.made();
    assertEquals(11, files.size());
    return files;
  }

  static List<Path> guests() {
    return JournalLogs.GUESTS;
  }

  @ParameterizedTest
  @MethodSource("made")
  void exportOfMadeJournalsIsThatOfJournalctl(Path file) throws JournalException {
    Path export =
        file.resolveSibling(file.getFileName().toString().replace(".journal.", ".export."));
    JournalFile journal = new JournalFile(JournalLogs.bytes(file));
    assertArrayEquals(JournalLogs.bytes(export), JournalLogs.print(journal, JournalFormat.EXPORT));
    assertEquals(List.of(), journal.damage());
  }

  @ParameterizedTest
  @MethodSource("guests")
  void exportOfMachinesIsThatOfJournalctl(Path guest) throws JournalException {
    JournalFile journal = new JournalFile(JournalLogs.bytes(guest.resolve("system.journal.gz")));
    assertArrayEquals(
        JournalLogs.bytes(guest.resolve("journal.export.txt.gz")),
        JournalLogs.print(journal, JournalFormat.EXPORT));
    assertEquals(List.of(), journal.damage());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void entryTellsAllItsNumbers(boolean compact) throws JournalException {
    JournalBuilder builder = new JournalBuilder(compact);
    long a = builder.data("MESSAGE=hello");
    long b = builder.data("LINK=1");
    long c = builder.data("LINK=");
    builder.entry(a, b, c);
    JournalFile journal = new JournalFile(builder.build());
    JournalEntry entry = journal.next();
    assertEquals(JournalBuilder.SEQNUM_ID, entry.seqnumId());
    assertEquals(1, entry.seqnum());
    assertEquals(JournalBuilder.BOOT_ID, entry.bootId());
    assertEquals(JournalBuilder.REALTIME + 1, entry.realtime());
    assertEquals(1, entry.monotonic());
    assertEquals(99, entry.xorHash());
    assertEquals("[MESSAGE=hello, LINK=1, LINK=]", entry.fields().toString());
    assertEquals(
        "s=00000000000000010000000000000002;i=1;b=00000000000000030000000000000004;m=1;"
            + "t=6608b01761361;x=63",
        entry.cursor());
    assertEquals(null, journal.next());
  }

  @Test
  void packedFieldsOfAllThreeKindsAreRead() throws JournalException, IOException {
    byte[] plain = ("MESSAGE=" + "abcd".repeat(1000)).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream xz = new ByteArrayOutputStream();
    try (XZOutputStream out = new XZOutputStream(xz, new LZMA2Options(0))) {
      out.write(plain);
    }
    JournalBuilder builder = new JournalBuilder(true);
    builder.entry(builder.data(xz.toByteArray(), Decompressor.XZ));
    builder.entry(builder.data(Zstd.compress(plain), Decompressor.ZSTD));
    builder.entry(builder.data(lz4(plain), Decompressor.LZ4));
    JournalFile journal = new JournalFile(builder.build());
    for (JournalEntry entry : JournalLogs.entries(journal)) {
      assertEquals("abcd".repeat(1000), entry.first("MESSAGE").text());
    }
    assertEquals(List.of(), journal.damage());
  }

  /** One run of literals, one long match, the last five bytes as literals. */
  private static byte[] lz4(byte[] plain) {
    int literals = 12;
    int match = plain.length - literals - 5;
    ByteBuffer out = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(plain.length).put((byte) (literals << 4 | 15)).put(plain, 0, literals);
    out.putShort((short) 4);
    int rest = match - 4 - 15;
    for (; rest >= 255; rest -= 255) {
      out.put((byte) 255);
    }
    out.put((byte) rest).put((byte) (5 << 4)).put(plain, plain.length - 5, 5);
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  void otherBytesAreNoJournal() {
    JournalException e =
        assertThrows(JournalException.class, () -> new JournalFile(new byte[4096]));
    assertTrue(e.getMessage().startsWith("not a systemd journal"), e.getMessage());
    assertFalse(JournalFile.matches(new byte[4]));
  }

  @Test
  void unknownIncompatibleFlagIsRefusedByItsBit() {
    byte[] bytes = new JournalBuilder(true).build();
    bytes[12] |= 1 << 5;
    JournalException e = assertThrows(JournalException.class, () -> new JournalFile(bytes));
    assertTrue(e.getMessage().contains("in bit 5 (0x20)"), e.getMessage());
    bytes[12] &= 31;
    bytes[15] = (byte) 0x80;
    e = assertThrows(JournalException.class, () -> new JournalFile(bytes));
    assertTrue(e.getMessage().contains("in bit 31 (0x80000000)"), e.getMessage());
  }

  @Test
  void unknownCompatibleFlagIsNoMatter() throws JournalException {
    JournalBuilder builder = new JournalBuilder(false);
    builder.entry(builder.data("A=1"));
    byte[] bytes = builder.build();
    bytes[11] = (byte) 0xff;
    assertEquals(1, JournalLogs.entries(new JournalFile(bytes)).size());
  }
}
