package dev.loganalyze.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

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

  @Test
  void whatEndsBeforeItIsCompressedDataIsClosed() throws IOException {
    for (int i = 0; i < 40; i++) {
      write("many/" + i + ".log.gz", new byte[] {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0});
    }
    assertEquals(40, Inputs.list(List.of(folder.resolve("many").toString())).inputs().size());
    int open = 0;
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      for (Path link : links.toList()) {
        // The one that the listing itself reads from is gone by now.
        boolean there = Files.exists(link, LinkOption.NOFOLLOW_LINKS);
        open += there && Files.readSymbolicLink(link).startsWith(folder.toRealPath()) ? 1 : 0;
      }
    }
    assertEquals(0, open);
  }

  // ---- reading ----------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource
  void aLogIsReadHoweverItWasStoredAndWhateverItIsCalled(Source.Compression how) throws Exception {
    byte[] stored = Packed.compressed(how, LOG);
    Source source = open(write("serial.txt", stored));
    assertEquals(how, source.compression());
    assertArrayEquals(LOG, source.content());
    assertEquals(stored.length, source.storedBytes());
    assertEquals("", source.damage());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void ofAFileThatIsCutInHalfTheFirstHalfIsRead(Source.Compression how) throws Exception {
    byte[] stored = Packed.compressed(how, LOG);
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
    byte[] one = Packed.compressed(Source.Compression.GZIP, LOG);
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

  /** With a mark of either order of bytes, compressed too; pairs may stand anywhere. */
  @Test
  void textInUtf16IsReadAsUtf8() throws Exception {
    String text =
        "[FAILED] Failed to start x.service \u25cf\r\n" + "\ud83d\udd25x".repeat(3000) + "\n";
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] bytes = ("\ufeff" + text).getBytes(charset);
      Path plain = write("plain", bytes);
      assertEquals(text, new String(open(plain).content(), StandardCharsets.UTF_8));
      assertEquals(bytes.length, open(plain).storedBytes());
      assertEquals("", open(plain).damage());
      Path packed = write("packed", Packed.compressed(Source.Compression.XZ, bytes));
      assertEquals(text, new String(open(packed).content(), StandardCharsets.UTF_8));
      byte[] cut = Arrays.copyOf(bytes, bytes.length - 3);
      String rest = new String(open(write("cut", cut)).content(), StandardCharsets.UTF_8);
      assertEquals(text.substring(0, text.length() - 2) + "\ufffd", rest);
    }
    assertEquals(2, open(write("mark", new byte[] {(byte) 0xff, (byte) 0xfe})).storedBytes());
  }

  @Test
  void theHashIsThatOfTheFile() throws Exception {
    assertEquals(
        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        open(write("hello", "hello".getBytes(StandardCharsets.US_ASCII))).sha256());
  }

  @Test
  void nobodyHashesWhatNobodyAsksFor() throws Exception {
    Path file = write("hello", "hello".getBytes(StandardCharsets.US_ASCII));
    Inputs.Located located = new Inputs.Located(file.toString(), file, true);
    Source source = Inputs.open(located, Excerpter.NONE, false).logs().get(0);
    assertEquals("", source.sha256());
    assertEquals(5, source.storedBytes());
    assertEquals("hello", new String(source.content(), StandardCharsets.US_ASCII));
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
    write("a.log.gz", Packed.compressed(Source.Compression.GZIP, LOG));
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
    write("there/1.log", LOG);
    Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(folder.resolve("links/2.log"), folder.resolve("there/1.log"));
    Files.createSymbolicLink(folder.resolve("links/1.log"), folder.resolve("there/1.log"));
    String followed = "; links below a folder are not followed, as " + folder + "/links/1.log: ";
    assertTrue(
        failure(folder + "/links")
            .endsWith("no log files in this folder" + followed + "name the file"));
    assertTrue(
        failure(folder + "/l*/1.log").endsWith("matches no log file" + followed + "name the file"));
    assertTrue(failure(folder + "/links/3*").endsWith("links/3*: matches no log file"));
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

  // ---- special files ----------------------------------------------------------------------------

  private Path pipe(String name) throws Exception {
    Path pipe = folder.resolve(name);
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    return pipe;
  }

  @Test
  void aNamedPipeThatTheUserNamedIsRead() throws Exception {
    Path pipe = pipe("pipe");
    Process writer =
        new ProcessBuilder("sh", "-c", "gzip -c > \"$0\"", pipe.toString())
            .redirectInput(write("serial.log", LOG).toFile())
            .start();
    Inputs.Listing listing = Inputs.list(List.of(pipe.toString()));
    assertEquals(1, listing.inputs().size());
    Contents contents = Inputs.open(listing.inputs().get(0));
    assertArrayEquals(LOG, contents.logs().get(0).content());
    assertEquals(0, writer.waitFor());
  }

  @Test
  void aFolderWalkOpensNoPipeNoDeviceAndFollowsNoLink() throws Exception {
    pipe("a.log");
    write("x/serial.log", LOG);
    Files.createSymbolicLink(folder.resolve("x/up"), folder);
    Files.createSymbolicLink(folder.resolve("x/zero.log"), Path.of("/dev/zero"));
    Inputs.Listing listing =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10), () -> Inputs.list(List.of(folder.toString())));
    assertEquals(List.of(folder + "/x/serial.log"), located(listing));
    assertEquals(List.of(), listing.failures());
    assertEquals(List.of("/x/serial.log"), names(folder + "/**.log"));
  }

  private static List<String> located(Inputs.Listing listing) {
    return listing.inputs().stream().map(Inputs.Located::name).toList();
  }

  @Test
  void aLinkToAFolderThatTheUserNamedIsThatFolder() throws Exception {
    write("x/serial.log", LOG);
    Files.createSymbolicLink(folder.resolve("latest"), folder.resolve("x"));
    assertEquals(List.of("/latest/serial.log"), names(folder + "/latest"));
  }

  /** Even root may not read some of these. */
  @Test
  void whatCannotBeReadInAFolderIsOneSentenceEachAndTheOthersGoOn() throws Exception {
    Inputs.Listing listing = Inputs.list(List.of("/proc/sys/vm"));
    List<Contents> all = listing.inputs().stream().map(Inputs::open).toList();
    assertTrue(all.stream().anyMatch(c -> c.logs().size() == 1 && c.failures().isEmpty()));
    List<String> sentences =
        all.stream().flatMap(c -> c.failures().stream()).map(InputException::getMessage).toList();
    assertTrue(
        sentences.contains("/proc/sys/vm/compact_memory: could not be read: permission denied"),
        sentences.toString());
  }

  @Test
  void aFolderThatCannotBeReadCostsTheOthersNothing() throws Exception {
    write("a/1.log", LOG);
    Path shut = write("b/2.log", LOG).getParent();
    write("c/3.log", LOG);
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, folder);
    Files.setPosixFilePermissions(shut, Set.of());
    try {
      Inputs.Listing listing = Inputs.list(List.of(link.toString()));
      assertTrue(located(listing).containsAll(List.of(link + "/a/1.log", link + "/c/3.log")));
      // Root may read it all the same.
      List<String> expected =
          Files.isReadable(shut)
              ? List.of()
              : List.of(link + "/b: could not be read: permission denied");
      assertEquals(expected, listing.failures().stream().map(Exception::getMessage).toList());
    } finally {
      Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aFileThatIsDeletedBetweenListingAndReadingIsOneSentence() throws Exception {
    Path file = write("serial.log", LOG);
    Inputs.Listing listing = Inputs.list(List.of(folder.toString()));
    Files.delete(file);
    Contents contents = Inputs.open(listing.inputs().get(0));
    assertEquals(
        List.of(file + ": could not be read: it is not there"),
        contents.failures().stream().map(Exception::getMessage).toList());
  }

  @Test
  void aFileThatFailsWhileItIsReadIsOneSentence() {
    InputException e = assertThrows(InputException.class, () -> open(Path.of("/proc/self/mem")));
    assertTrue(e.getMessage().startsWith("/proc/self/mem: could not be read: "), e.getMessage());
  }

  @Test
  void aFileThatLooksEmptyAndIsNotIsRead() throws Exception {
    Source source = open(Path.of("/proc/version"));
    assertTrue(new String(source.content(), StandardCharsets.UTF_8).startsWith("Linux version"));
  }

  @Test
  void xzAtItsHighestPresetIsRead() throws Exception {
    // The dictionary of xz -9 is 64 MiB, and its decoder needs a little more.
    byte[] stored =
        Packed.written(
            out -> {
              try (OutputStream xz = new XZOutputStream(out, new LZMA2Options(9))) {
                xz.write(LOG);
              }
            });
    assertArrayEquals(LOG, open(write("x", stored)).content());
  }
}
