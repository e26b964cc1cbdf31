package dev.loganalyze.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class JournalFormatTest {
  private static final String JSON = "^JSON.*";

  /** The made outputs come from another copy of the journal: all but its own id is the same. */
  private static String withoutSeqnumId(String text) {
    StringBuilder same = new StringBuilder(text);
    int idLength = 32;
    for (int i = same.indexOf("s="); i >= 0; i = same.indexOf("s=", i + 2)) {
      if (same.indexOf(";i=", i) == i + 2 + idLength) {
        same.replace(i + 2, i + 2 + idLength, "-");
      }
    }
    return same.toString();
  }

  private static JournalFile odd() throws JournalException {
    return new JournalFile(JournalLogs.bytes(JournalLogs.ODD));
  }

  /** More than is printed in one piece. */
  @Test
  void manyValuesOfOneNameAreOneList() throws IOException {
    StringBuilder export = new StringBuilder("__REALTIME_TIMESTAMP=1\n");
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      values.add("value " + i);
      export.append("A=value ").append(i).append('\n');
    }
    byte[] log = export.append("B=last\n\n").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] printed = JournalLogs.print(new ExportReader(log), JournalFormat.JSON);
    JsonNode entry = new ObjectMapper().readTree(printed);
    List<String> told = new ArrayList<>();
    entry.get("A").forEach(value -> told.add(value.asText()));
    assertEquals(values, told);
    assertEquals("last", entry.get("B").asText());
  }

  private static Path made(JournalFormat format) {
    return JournalLogs.MADE.resolve("made." + format.word() + ".txt.gz");
  }

  @ParameterizedTest
  @EnumSource(
      value = JournalFormat.class,
      mode = Mode.MATCH_NONE,
      names = {JSON, "EXPORT"})
  void textOfTheMadeJournalIsThatOfJournalctl(JournalFormat format) throws JournalException {
    assertEquals(
        withoutSeqnumId(JournalLogs.text(made(format))),
        withoutSeqnumId(JournalLogs.printed(odd(), format)));
  }

  @ParameterizedTest
  @EnumSource(
      value = JournalFormat.class,
      mode = Mode.MATCH_NONE,
      names = {JSON, "EXPORT"})
  void textOfMachinesIsThatOfJournalctl(JournalFormat format) throws JournalException {
    for (Path guest : JournalLogs.GUESTS) {
      Path stored = guest.resolve("journal." + format.word() + ".txt.gz");
      if (Files.exists(stored)) {
        String printed =
            JournalLogs.printed(
                new JournalFile(JournalLogs.bytes(guest.resolve("system.journal.gz"))), format);
        String expected = JournalLogs.text(stored);
        // The text of one machine was printed before it went down, its journal taken after.
        boolean earlier = guest.equals(JournalLogs.GUESTS.get(3));
        assertTrue(expected.length() > 30_000);
        assertEquals(expected, earlier ? printed.substring(0, expected.length()) : printed);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = JournalFormat.class, mode = Mode.MATCH_ALL, names = JSON)
  void jsonTellsTheSameAsThatOfJournalctl(JournalFormat format)
      throws JournalException, IOException {
    String expected = withoutSeqnumId(JournalLogs.text(made(format)));
    String printed = withoutSeqnumId(JournalLogs.printed(odd(), format));
    assertEquals(objects(expected), objects(printed));
    // Keys come in another order, and that is all.
    assertEquals(sorted(expected), sorted(printed));
  }

  private static List<JsonNode> objects(String text) throws IOException {
    String plain = text.replace("\ndata: ", "\n").replace("\u001e", "");
    plain = plain.startsWith("data: ") ? plain.substring("data: ".length()) : plain;
    try (MappingIterator<JsonNode> nodes =
        new ObjectMapper().readerFor(JsonNode.class).readValues(plain)) {
      return new ArrayList<>(nodes.readAll());
    }
  }

  private static String sorted(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Arrays.sort(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Test
  void seqnumsAreToldWhenAskedFor() throws JournalException, IOException {
    JournalBuilder builder = new JournalBuilder(true);
    builder.entry(builder.data("A=1"));
    JournalEntry entry = new JournalFile(builder.build()).next();
    for (JournalFormat format : List.of(JournalFormat.EXPORT, JournalFormat.JSON)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      format.writer(ZoneId.of("UTC"), true).write(entry, out);
      JournalEntry read = Journals.open(out.toByteArray()).next();
      assertTrue(out.toString(StandardCharsets.UTF_8).contains("__SEQNUM_ID"));
      assertEquals(entry.fields(), read.fields().subList(1, 2));
      assertEquals(entry.cursor(), read.cursor());
    }
  }

  @Test
  void localTimesFollowTheZone() throws JournalException, IOException {
    JournalBuilder builder = new JournalBuilder(false);
    builder.entry(builder.data("MESSAGE=x"), builder.data("_COMM=y"));
    JournalEntry entry = new JournalFile(builder.build()).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    JournalFormat.SHORT_ISO.writer(berlin, false).write(entry, out);
    JournalFormat.SHORT_FULL.writer(berlin, false).write(entry, out);
    assertEquals(
        "2026-11-18T12:06:41+0100 y: x\nWed 2026-11-18 12:06:41 CET y: x\n",
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void everyFormatIsFoundByItsWord() {
    for (JournalFormat format : JournalFormat.values()) {
      assertEquals(format, JournalFormat.of(format.word()));
    }
    assertEquals(null, JournalFormat.of("SHORT"));
  }
}
