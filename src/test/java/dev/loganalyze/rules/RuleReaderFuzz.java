package dev.loganalyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loganalyze.boot.Boot;
import dev.loganalyze.boot.Boots;
import dev.loganalyze.parse.Entries;
import dev.loganalyze.parse.LineParser;
import dev.loganalyze.pattern.Hits;
import dev.loganalyze.pattern.PatternSet;
import dev.loganalyze.transcript.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A rule file of anybody's is a rule, which can be looked for, or has faults that name a line. */
public final class RuleReaderFuzz {
  private static final Pattern ID =
      Pattern.compile("^id: *([a-z0-9-]+)\\.([a-z0-9-]+)", Pattern.MULTILINE);

  private static final Entries LOG =
      LineParser.parse(
          Transcript.console(
              """
              [    0.000000] Linux version 6.1.0 (a@b) #1 SMP
              [    1.000001] blk_update_request: I/O error, dev sda, sector 5 op 0x0:(READ)
              [    2.000001] Kernel panic - not syncing: VFS: Unable to mount root fs
              [FAILED] Failed to start a.service - A.
              [ TIME ] Timed out waiting for device b.device - /dev/b.
              host login: root
              root@host:~# mount /dev/sdb
              mount: /dev/sdb is busy
              """
                  .getBytes(StandardCharsets.UTF_8)));

  private static final List<Boot> BOOTS = Boots.of(LOG);

  private RuleReaderFuzz() {}

  public static List<byte[]> seeds() {
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/rules"))) {
      List<byte[]> seeds = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
      return seeds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) {
    String yaml = new String(input, StandardCharsets.UTF_8);
    Matcher id = ID.matcher(yaml);
    String file = id.find() ? id.group(1) + "/" + id.group(2) + ".yaml" : "a/b.yaml";
    List<String> faults = new ArrayList<>();
    Rule rule = RuleReader.read(file, yaml, faults);
    assertEquals(faults.isEmpty(), rule != null);
    for (String fault : faults) {
      assertTrue(fault.matches("(?s)" + Pattern.quote(file) + ":\\d+(:\\d+)?: .+"), fault);
      assertFalse(fault.contains("\n"), fault);
    }
    if (rule != null) {
      RuleMatcher matcher = new RuleMatcher(RuleSet.only(rule));
      assertEquals(said(found(matcher)), said(found(matcher)));
    }
  }

  private static List<Finding> found(RuleMatcher matcher) {
    Hits hits = Sought.in(new PatternSet(matcher.expressions()), LOG);
    return matcher.match(LOG, hits, BOOTS, List.of(), List.of(), List.of());
  }

  private static String said(List<Finding> findings) {
    StringBuilder said = new StringBuilder();
    for (Finding finding : findings) {
      said.append(finding.title()).append(finding.subject()).append(finding.advice());
      said.append(finding.firstLine()).append(finding.names()).append('\n');
    }
    return said.toString();
  }
}
