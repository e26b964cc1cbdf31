package dev.loganalyze.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportReaderTest {
  private static ExportReader reader(String text) {
    return new ExportReader(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void whatJournalctlExportedIsExportedTheSame() {
    for (Path file :
        List.of(
            JournalLogs.MADE.resolve("made.export.txt.gz"),
            JournalLogs.GUESTS.get(0).resolve("journal.export.txt.gz"),
            JournalLogs.GUESTS.get(3).resolve("journal.export.txt.gz"))) {
      byte[] export = JournalLogs.bytes(file);
      ExportReader reader = new ExportReader(export);
      assertArrayEquals(export, JournalLogs.print(reader, JournalFormat.EXPORT));
      assertEquals(List.of(), reader.damage());
    }
  }

  @Test
  void binaryRepeatedAndEmptyFieldsAreRead() {
    ExportReader reader =
        reader(
            "__REALTIME_TIMESTAMP=5\n__SEQNUM=7\n__SEQNUM_ID=000000000000000000000000000000ff\n"
                + "__UNKNOWN=x\nA=\nA=b=c\nMESSAGE\n\3\0\0\0\0\0\0\0x\ny\n\n\n\nB=2\n\n");
    JournalEntry entry = reader.next();
    assertEquals("[A=, A=b=c, MESSAGE=x\ny]", entry.fields().toString());
    assertEquals(5, entry.realtime());
    assertEquals(7, entry.seqnum());
    assertEquals(new Id128(0, 255), entry.seqnumId());
    assertEquals("[B=2]", reader.next().fields().toString());
    assertEquals(null, reader.next());
    assertEquals(List.of(), reader.damage());
  }

  @Test
  void linesThatAreNoFieldsAreCountedWithTheirPlace() {
    ExportReader reader = reader("A=1\nno field\nB=2\n\nC=3\n\n");
    assertEquals("[A=1, B=2]", reader.next().fields().toString());
    assertEquals("[C=3]", reader.next().fields().toString());
    assertEquals("[1 field lost, a line is no field: byte 4]", reader.damage().toString());
  }

  @Test
  void binaryFieldWithALyingSizeCostsTheRestOfItsEntry() {
    ExportReader reader = reader("A=1\nMESSAGE\n\3\0\0\0\0\0\0\1xyz\nB=2\n\nC=3\n\n");
    assertEquals("[A=1]", reader.next().fields().toString());
    assertEquals("[C=3]", reader.next().fields().toString());
    assertEquals(
        "[1 field lost, a binary field has a wrong size or is cut off: byte 4]",
        reader.damage().toString());
  }

  @Test
  void fileThatEndsInsideAFieldGivesTheFieldsBefore() {
    ExportReader reader = reader("A=1\nMESS");
    assertEquals("[A=1]", reader.next().fields().toString());
    assertEquals(null, reader.next());
    assertEquals("[1 field lost, it ends inside a field: byte 4]", reader.damage().toString());
  }

  @Test
  void numbersThatAreNoneAreCounted() {
    ExportReader reader = reader("__REALTIME_TIMESTAMP=soon\n__CURSOR=s=x;i=5\nA=1\n\n");
    JournalEntry entry = reader.next();
    assertEquals(0, entry.realtime());
    assertEquals(5, entry.seqnum());
    assertEquals(2, reader.damage().get(0).fieldsLost());
  }

  @Test
  void formatIsKnownByItsFirstLine() {
    assertTrue(ExportReader.matches("\n_BOOT_ID=1\n".getBytes(StandardCharsets.US_ASCII)));
    assertFalse(ExportReader.matches("[    0.0] Linux\n".getBytes(StandardCharsets.US_ASCII)));
    assertFalse(ExportReader.matches(new byte[0]));
  }
}
