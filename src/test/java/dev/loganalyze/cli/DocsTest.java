package dev.loganalyze.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of README and docs: what stands in a {@code console} block behind {@code $} is run,
 * and must print what follows it there; {@code -Dgolden=update} rewrites it. One that ends with
 * status 2 is a mistake, unless {@code echo $?} shows that it is meant. {@code loganalyze} runs in
 * this process, from the root of the checkout; what its output is piped into, and all other
 * commands, run in a shell. Names in {@code out/} lie in a folder for the page alone.
 */
class DocsTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^(`{3,})console\\n(.*?)^\\1$");

  @TempDir Path folder;

  private int status;

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyExamplePrintsWhatThePageShows(Path page) throws Exception {
    Files.createDirectories(folder.resolve("out"));
    String text = Files.readString(page);
    StringBuilder now = new StringBuilder();
    Matcher blocks = BLOCK.matcher(text);
    int from = 0;
    while (blocks.find()) {
      now.append(text, from, blocks.start(2)).append(run(blocks.group(2)));
      from = blocks.end(2);
    }
    now.append(text, from, text.length());
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(page, now);
    }
    assertEquals(
        Files.readString(page), now.toString(), page + " shows old output; -Dgolden=update");
  }

  @Test
  void theGuidesAndTheReadmeHaveExamples() throws IOException {
    for (String page : List.of("README.md", "docs/guide-terminal.md", "docs/guide-triage.md")) {
      assertTrue(BLOCK.matcher(Files.readString(Path.of(page))).find(), page);
    }
  }

  /** The block, with the output of today. */
  private String run(String block) throws Exception {
    StringBuilder now = new StringBuilder();
    assertTrue(block.startsWith("$ "), "a console block begins with a command: " + block);
    status = 0;
    for (String line : block.lines().filter(l -> l.startsWith("$ ")).toList()) {
      assertTrue(status != 2 || line.equals("$ echo $?"), "no good example, before " + line);
      now.append(line).append('\n').append(output(line.substring(2)));
      status = line.equals("$ echo $?") ? 0 : status;
    }
    assertNotEquals(2, status, "no good example: " + now);
    return now.toString();
  }

  private String output(String command) throws Exception {
    String here = command.replace("out/", folder.resolve("out") + "/");
    String printed;
    if (command.equals("echo $?")) {
      printed = status + "\n";
    } else if (command.matches("(\\./)?loganalyze .*")) {
      printed = loganalyze(here);
    } else {
      printed = shell(here, new byte[0]);
    }
    String shown = printed.replace(folder + "/", "");
    return shown.isEmpty() || shown.endsWith("\n") ? shown : shown + "\n";
  }

  private String loganalyze(String command) throws Exception {
    List<String> words = ShellLine.words(command);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    status =
        Main.run(
            words.subList(1, words.size()).toArray(new String[0]),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8));
    String rest = ShellLine.rest(command);
    String said =
        rest.isEmpty()
            ? out.toString(StandardCharsets.UTF_8)
            : shell("cat " + rest, out.toByteArray());
    return said + err.toString(StandardCharsets.UTF_8);
  }

  private String shell(String command, byte[] input) throws Exception {
    Path in = Files.write(folder.resolve("in"), input);
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectInput(in.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), command + "\n" + said);
    return said;
  }
}
