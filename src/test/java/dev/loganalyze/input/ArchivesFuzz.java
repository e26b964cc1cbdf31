package dev.loganalyze.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whatever is said to be an archive or compressed, it is read, or refused in a sentence. */
public final class ArchivesFuzz {
  /** Far less than a heap, and far more than an honest input of this length holds. */
  private static final int LIMIT = 1 << 20;

  /** A log of so many bytes is long. */
  private static final int LONG = 512;

  private ArchivesFuzz() {}

  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    String log = "[    0.000000] Linux version 6.1.0\n";
    Map<String, byte[]> members = Packed.members("a/serial.log", log, "b.log", log.repeat(3));
    for (Magic.Archive kind : Magic.Archive.values()) {
      byte[] archive = Packed.archive(kind, members);
      seeds.add(archive);
      for (Source.Compression how : Source.Compression.values()) {
        seeds.add(Packed.compressed(how, archive));
        seeds.add(Packed.archive(kind, Packed.members("in." + how, seeds.get(0))));
      }
    }
    for (Source.Compression how : Source.Compression.values()) {
      seeds.add(Packed.compressed(how, log.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    return seeds;
  }

  public static void fuzzerTestOneInput(byte[] input) {
    Stored stored = new Stored("input", input, "");
    if (Magic.archive(stored.head()) == null) {
      log(stored);
      return;
    }
    for (Excerpter excerpter : List.of(Excerpter.NONE, new ArchivesTest.Everything(LONG))) {
      Contents contents = ArchivesTest.limited("input", input, LIMIT, excerpter);
      long bytes = 0;
      for (Source log : contents.logs()) {
        assertTrue(log.path().startsWith("input!/"), log.path());
        bytes += log.content().length;
        log.close();
      }
      assertTrue(bytes <= LIMIT, () -> "more than the limit: " + contents.logs().size() + " logs");
      contents.failures().forEach(failure -> sentence(failure.getMessage()));
      Contents again = ArchivesTest.limited("input", input, LIMIT, excerpter);
      again.logs().forEach(Source::close);
      assertEquals(said(contents), said(again));
    }
  }

  private static void log(Stored stored) {
    try {
      Content content = stored.decompressed(LIMIT);
      assertTrue(content.bytes().length <= LIMIT);
      String damage = stored.log("input", content, "").damage();
      if (!damage.isEmpty()) {
        sentence(damage);
      }
    } catch (InputException e) {
      sentence(e.getMessage());
    }
  }

  private static String said(Contents contents) {
    StringBuilder said = new StringBuilder();
    for (Source log : contents.logs()) {
      said.append(log.path()).append(' ').append(log.sha256()).append(log.damage()).append('\n');
    }
    contents.failures().forEach(failure -> said.append(failure.getMessage()).append('\n'));
    return said.toString();
  }

  /** One line that can be printed and names the input. */
  private static void sentence(String text) {
    assertTrue(text.startsWith("input"), text);
    assertFalse(text.endsWith(": null"), text);
    assertTrue(text.chars().noneMatch(Character::isISOControl), text);
  }
}
