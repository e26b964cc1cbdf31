package dev.loganalyze.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.loganalyze.runner.Check;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The formats that {@code loganalyze doctor} writes. */
public enum DoctorFormat {
  TEXT,
  JSON,
  MARKDOWN;

  private static final int WIDTH = 100;

  /** The word on the command line: the name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of this word.
   *
   * @throws IllegalArgumentException when there is none; the message is a sentence for the user
   */
  public static DoctorFormat of(String word) {
    return FormatWord.of(word, values(), DoctorFormat::word);
  }

  /** {@code checks} in this format, in UTF-8. */
  public byte[] bytes(List<Check> checks) throws IOException {
    String text =
        switch (this) {
          case TEXT -> text(checks);
          case JSON -> json(checks);
          case MARKDOWN -> {
            StringWriter page = new StringWriter();
            Templates.write("doctor.md.ftl", Map.of("checks", checks), page);
            yield page.toString();
          }
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(List<Check> checks) {
    StringBuilder text = new StringBuilder();
    for (Check check : checks) {
      String head = String.format(Locale.ROOT, "%-4s  %-12s  ", check.state().word(), check.name());
      lines(text, head, check.found());
      if (check.state() != Check.State.PASS) {
        lines(text, " ".repeat(head.length()) + "why: ", check.why());
        lines(text, " ".repeat(head.length()) + "do: ", check.remedy());
      }
    }
    return text.toString();
  }

  private static void lines(StringBuilder text, String head, String said) {
    Lines.wrap(Printable.text(said), head, 20, WIDTH, 9)
        .forEach(line -> text.append(line).append('\n'));
  }

  private static String json(List<Check> checks) throws JsonProcessingException {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Check check : checks) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", check.name());
      one.put("state", check.state().word());
      one.put("needed", check.needed());
      one.put("found", check.found());
      one.put("why", check.why());
      one.put("remedy", check.remedy());
      one.values().removeIf(value -> value.equals(""));
      all.add(one);
    }
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("ready", checks.stream().noneMatch(Check::stops));
    page.put("checks", all);
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(page)
        + "\n";
  }
}
