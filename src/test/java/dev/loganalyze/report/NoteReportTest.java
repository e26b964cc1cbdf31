package dev.loganalyze.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoteReportTest {
  private static String note(String run) throws IOException {
    return new String(
        ReportTest.bytes(new NoteReport(), List.of(ReportTest.RUNS.get(run))),
        StandardCharsets.UTF_8);
  }

  @Test
  void nothingOfTheLogBecomesMarkup() throws IOException {
    String outside = note("hostile").replaceAll("(?ms)^(`{3,}).*?^\\1$", "");
    assertFalse(outside.contains("<script"), outside);
    assertFalse(outside.contains("\u001b"), outside);
  }

  @Test
  void theNameOfAFileHoldsNothingOfTheLogButLettersAndDigits() {
    String name = new Note(ReportTest.RUNS.get("hostile")).fileName();
    assertTrue(name.matches("[0-9A-Za-z-]+\\.md"), name);
  }

  @Test
  void aRunWithoutABootRulesNothingOut() throws IOException {
    assertFalse(note("no-boot").contains("Looked for"));
    assertTrue(note("many").contains("## Looked for, and not in these logs"));
  }
}
