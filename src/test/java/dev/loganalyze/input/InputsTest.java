package dev.loganalyze.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InputsTest {
  private static final byte[] LOG = log();

  @TempDir Path folder;

  private static byte[] log() {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      log.append("[    0.").append(100_000 + i * 37).append("] line ").append(i).append('\n');
    }
    return log.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  private static Source open(Path file) throws InputException {
    Contents contents = Inputs.open(new Inputs.Located(file.toString(), file, true));
    assertFalse(contents.archive());
    if (!contents.failures().isEmpty()) {
      throw contents.failures().get(0);
    }
    return contents.logs().get(0);
  }

  private static byte[] compressed(Source.Compression how, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed =
        switch (how) {
          case NONE -> out;
          case GZIP -> new GzipCompressorOutputStream(out);
          case XZ -> new XZCompressorOutputStream(out);
          case BZIP2 -> new BZip2CompressorOutputStream(out);
          case ZSTD -> new ZstdCompressorOutputStream(out);
        }) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  private List<String> names(String... arguments) {
    return Inputs.list(List.of(arguments)).inputs().stream()
        .map(i -> i.name().replace(folder.toString(), ""))
        .toList();
  }

  private String failure(String argument) {
    List<InputException> failures = Inputs.list(List.of(argument)).failures();
    assertEquals(1, failures.size());
    return failures.get(0).getMessage();
  }

  // ---- reading ----------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource
  void aLogIsReadHoweverItWasStoredAndWhateverItIsCalled(Source.Compression how) throws Exception {
    byte[] stored = compressed(how, LOG);
    Source source = open(write("serial.txt", stored));
    assertEquals(how, source.compression());
    assertArrayEquals(LOG, source.content());
    assertEquals(stored.length, source.storedBytes());
    assertEquals("", source.damage());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void ofAFileThatIsCutInHalfTheFirstHalfIsRead(Source.Compression how) throws Exception {
    byte[] stored = compressed(how, LOG);
    Path file = write("half", Arrays.copyOf(stored, stored.length / 2));
    try {
      Source source = open(file);
      assertArrayEquals(Arrays.copyOf(LOG, source.content().length), source.content());
      assertTrue(
          source
              .damage()
              .startsWith(file + ": its " + how.name().toLowerCase(java.util.Locale.ROOT)));
      assertTrue(source.damage().contains("only the first " + source.content().length + " bytes"));
    } catch (InputException e) {
      // A block that lies in both halves may be all there is.
      assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
      assertTrue(e.getMessage().contains("nothing could be read"), e.getMessage());
    }
  }

  @Test
  void gzipMembersInARowAreOneLog() throws Exception {
    byte[] one = compressed(Source.Compression.GZIP, LOG);
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    assertEquals(2 * LOG.length, open(write("two.gz", two)).content().length);
  }

  @Test
  void bytesAreReadAsTheyAre() throws Exception {
    byte[] bytes = {0, (byte) 0xff, '\r', '\n', 0x1b, 'x'};
    assertArrayEquals(bytes, open(write("raw", bytes)).content());
    assertEquals(0, open(write("empty", new byte[0])).content().length);
  }

  @Test
  void theHashIsThatOfTheFile() throws Exception {
    assertEquals(
        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        open(write("hello", "hello".getBytes(StandardCharsets.US_ASCII))).sha256());
  }

  @Test
  void aFileThatVanishedIsOneSentence() {
    Path gone = folder.resolve("gone");
    InputException e = assertThrows(InputException.class, () -> open(gone));
    assertTrue(e.getMessage().startsWith(gone + ": could not be read"), e.getMessage());
  }

  // ---- finding ----------------------------------------------------------------------------------

  @Test
  void aFolderIsWalkedInTheOrderOfNames() throws Exception {
    write("b/2.log", LOG);
    write("b/1.log", LOG);
    write("a.log.gz", compressed(Source.Compression.GZIP, LOG));
    assertEquals(List.of("/a.log.gz", "/b/1.log", "/b/2.log"), names(folder.toString()));
  }

  @Test
  void whatIsNoLogInAFolderIsLeftAlone() throws Exception {
    write("serial.log", LOG);
    write("serial.log.expected.yaml", LOG);
    write("README.md", LOG);
    write(".git/log", LOG);
    write("disk.img", new byte[4096]);
    assertEquals(List.of("/serial.log"), names(folder.toString()));
  }

  @Test
  void lineNoiseAtPowerOnMakesALogNoBinary() throws Exception {
    byte[] noisy = new byte[LOG.length + 64];
    System.arraycopy(LOG, 0, noisy, 64, LOG.length);
    write("serial.log", noisy);
    assertEquals(List.of("/serial.log"), names(folder.toString()));
  }

  @Test
  void globsThatTheShellDidNotExpand() throws Exception {
    write("x/1.log", LOG);
    write("x/y/2.log", LOG);
    write("x/3.txt", LOG);
    assertEquals(List.of("/x/1.log"), names(folder + "/x/*.log"));
    assertEquals(List.of("/x/1.log", "/x/y/2.log"), names(folder + "/{x,x/y}/*.log"));
    assertEquals(List.of("/x/y/2.log"), names(folder + "/x/**/*.log"));
  }

  @Test
  void aFileWhoseNameLooksLikeAGlobIsThatFile() throws Exception {
    write("a[1].log", LOG);
    assertEquals(List.of("/a[1].log"), names(folder + "/a[1].log"));
  }

  @Test
  void whatIsNamedTwiceIsReadOnce() throws Exception {
    write("1.log", LOG);
    assertEquals(List.of("/1.log"), names(folder + "/1.log", folder.toString()));
  }

  @Test
  void oneArgumentThatFailsCostsTheOthersNothing() throws Exception {
    write("1.log", LOG);
    Inputs.Listing listing = Inputs.list(List.of(folder + "/none", folder + "/1.log", "-"));
    assertEquals(2, listing.inputs().size());
    assertEquals(1, listing.failures().size());
  }

  @Test
  void everyFailureNamesWhatWasAskedForAndWhy() throws Exception {
    write("empty/x.md", LOG);
    assertTrue(failure(folder + "/none").endsWith("none: no such file"));
    assertTrue(failure(folder + "/empty").endsWith("empty: no log files in this folder"));
    assertTrue(failure(folder + "/*.log").endsWith("*.log: matches no log file"));
    assertTrue(failure(folder + "/nowhere/*.log").contains("no such folder as"));
    assertTrue(failure(folder + "/[.log").contains("not a glob"));
    assertTrue(failure("a\0b").contains("no file can have this name"));
  }

  @Test
  void controlCharactersOfANameDoNotReachTheTerminal() {
    String sentence = failure("evil\u001b]0;x\u0007\u202e.log");
    assertFalse(sentence.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x202e));
    assertTrue(sentence.contains("\\u001b"), sentence);
  }

  @Test
  void aLinkThatLeadsToItselfIsASentence() throws Exception {
    Path loop = folder.resolve("loop.log");
    Files.createSymbolicLink(loop, loop);
    Inputs.Listing listing = Inputs.list(List.of(loop.toString()));
    assertEquals(1, listing.failures().size());
  }
}
