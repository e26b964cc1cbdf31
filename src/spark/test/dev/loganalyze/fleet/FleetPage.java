package dev.loganalyze.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/fleet.md tells its readers to type. */
final class FleetPage {
  private final String text;

  FleetPage(Path page) throws IOException {
    text = Files.readString(page);
  }

  /** The commands under a heading, a line each. */
  List<String> commands(String heading) {
    return blocks(heading, "sh").stream()
        .flatMap(block -> block.replace("\\\n", "").lines())
        .toList();
  }

  /** The SQL statements under a heading, without what stands under those below it. */
  List<String> statements(String heading) {
    return blocks(heading, "sql").stream()
        .flatMap(block -> Arrays.stream(block.split(";\n", 0)))
        .map(String::strip)
        .toList();
  }

  private List<String> blocks(String heading, String language) {
    int start = text.indexOf("\n" + heading + "\n");
    if (start < 0) {
      throw new IllegalArgumentException("there is no heading " + heading);
    }
    Matcher next = Pattern.compile("(?m)^## ").matcher(text);
    int end = next.find(start + heading.length()) ? next.start() : text.length();
    Matcher block =
        Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
            .matcher(text.substring(start, end));
    List<String> blocks = new ArrayList<>();
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }
}
