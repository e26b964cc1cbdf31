package dev.loganalyze.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.loganalyze.input.InputException;
import dev.loganalyze.input.Source;
import dev.loganalyze.rules.RuleSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a folder, whatever is in them: logs of harnesses, consoles, chunk records, metadata.
 */
public final class RunFoldersFuzz {
  /** Stands before each file, with its name behind it in the same line. */
  private static final String FILE = "\nFILE ";

  private static final Analyzer ANALYZER = new Analyzer(RuleSet.builtIn());

  private RunFoldersFuzz() {}

  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    String console = "[    0.000000] Linux version 6.1.0\nhost login: root\nroot@host:~# ls\n";
    try (Stream<Path> files = Files.walk(Path.of("../shared/corpus/seed-logs"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        String text =
            new String(bytes, 0, Math.min(3000, bytes.length), StandardCharsets.ISO_8859_1);
        for (String folder :
            List.of(
                FILE + "x/" + file.getFileName() + "\n" + text,
                FILE + "x/console.log\n" + console + FILE + "x/h.log\n" + text)) {
          seeds.add(folder.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    seeds.add(
        (FILE
                + "x/serial.log\n"
                + console
                + FILE
                + "x/serial.chunks.tsv\n0\t0.5\n40\t1.5\n"
                + FILE
                + "x/run-ledger.jsonl\n{\"run\": 1}\n"
                + FILE
                + "x/metadata.json\n{\"outcome\": \"passed\", \"totalSeconds\": 5}\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    return seeds;
  }

  public static void fuzzerTestOneInput(byte[] input) {
    List<Source> files = new ArrayList<>();
    for (String file : new String(input, StandardCharsets.ISO_8859_1).split(FILE)) {
      int end = file.indexOf('\n');
      String name = end < 0 ? "x/log" : file.substring(0, end);
      byte[] content = file.substring(end + 1).getBytes(StandardCharsets.ISO_8859_1);
      if (files.stream().noneMatch(f -> f.path().equals(name))) {
        files.add(
            new Source(name, Source.Compression.NONE, content.length, "0".repeat(64), content, ""));
      }
    }
    assertEquals(said(files), said(files));
  }

  private static String said(List<Source> files) {
    StringBuilder said = new StringBuilder();
    try {
      for (RunFolders.Run folder : RunFolders.in(files)) {
        for (Run run : ANALYZER.analyzeAll(folder.name(), folder.sources())) {
          said.append(run.name()).append(run.verdict()).append(run.values());
          said.append(
              Arrays.toString(
                  run.findings().stream()
                      .map(f -> f.finding())
                      .map(f -> f.title() + f.firstLine() + f.names())
                      .toArray()));
          said.append(run.rootCauses()).append(run.boots()).append(run.timings()).append('\n');
        }
      }
    } catch (InputException e) {
      assertFalse(e.getMessage().isBlank());
      said.append(e.getMessage());
    }
    return said.toString();
  }
}
