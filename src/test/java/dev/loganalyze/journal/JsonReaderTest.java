package dev.loganalyze.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static JsonReader reader(String text) {
    return new JsonReader(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> sorted(JournalEntry entry) {
    return entry.fields().stream()
        .filter(f -> !f.name().equals("BINARY"))
        .sorted(Comparator.comparing(Field::name))
        .map(Field::toString)
        .toList();
  }

  /** The made journal has one field, BINARY, that journalctl leaves out of its JSON. */
  @ParameterizedTest
  @ValueSource(strings = {"json", "json-pretty", "json-seq", "json-sse"})
  void whatJournalctlPrintedIsWhatItExported(String format) {
    List<JournalEntry> expected =
        JournalLogs.entries(
            new ExportReader(JournalLogs.bytes(JournalLogs.MADE.resolve("made.export.txt.gz"))));
    byte[] json = JournalLogs.bytes(JournalLogs.MADE.resolve("made." + format + ".txt.gz"));
    assertTrue(JsonReader.matches(json));
    JsonReader reader = new JsonReader(json);
    List<JournalEntry> read = JournalLogs.entries(reader);
    assertEquals(320, read.size());
    for (int i = 0; i < read.size(); i++) {
      assertEquals(sorted(expected.get(i)), sorted(read.get(i)));
      assertEquals(expected.get(i).cursor(), read.get(i).cursor());
    }
    assertEquals(1, reader.damage().size());
    assertEquals(1, reader.damage().get(0).fieldsLost());
  }

  @Test
  void bytesAndRepeatedFieldsAreRead() {
    JsonReader reader =
        reader("{\"A\":[0,255,-1],\"B\":[\"x\",[121,122],null],\"C\":\"\",\"D\":[],\"E\":5}");
    JournalEntry entry = reader.next();
    assertEquals("[0, -1, -1]", Arrays.toString(entry.first("A").value()));
    assertEquals("[B=x, B=yz, C=, D=, E=5]", entry.fields().subList(1, 6).toString());
    assertEquals(1, reader.damage().get(0).fieldsLost());
  }

  @Test
  void malformedLinesAreCountedWithTheirPlaceAndTheNextOnesAreRead() {
    JsonReader reader =
        reader(
            "{\"A\":\"1\"}\n{\"A\":\"2\n{\"A\":\"3\"}\n-- Boot --\n{\"A\":{}}\n{\"A\":\"4\",\n"
                + "{\"A\":\"5\"}\n{\"A\":[1,\"x\"]}\n{\"A\":[300]}\n{\"a\":\"6\"}\n{\"A\":\"7\"}\n{\"A\"");
    StringBuilder read = new StringBuilder();
    for (JournalEntry entry : JournalLogs.entries(reader)) {
      read.append(entry.first("A").text());
    }
    assertEquals("1357", read.toString());
    assertEquals(
        "[7 entries lost, an entry is malformed or cut off: line 2, "
            + "1 entry lost, a line is no JSON object: line 4]",
        reader.damage().toString());
  }

  @Test
  void malformedPrettyObjectCostsNoOther() {
    JsonReader reader = reader("{\n\t\"A\" : \"1\",\n\t\"B\" : }\n{\n\t\"A\" : \"2\"\n}\n");
    assertEquals("[A=2]", reader.next().fields().toString());
    assertEquals(null, reader.next());
    assertEquals(1, reader.damage().get(0).entriesLost());
  }

  @Test
  void formatIsKnownByItsFirstKey() {
    assertTrue(JsonReader.matches("data: {\"_PID\":\"1".getBytes(StandardCharsets.US_ASCII)));
    assertFalse(JsonReader.matches("{\"name\":1}".getBytes(StandardCharsets.US_ASCII)));
    assertFalse(JsonReader.matches("{".getBytes(StandardCharsets.US_ASCII)));
  }
}
