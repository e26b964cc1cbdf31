package dev.loganalyze.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivesTest {
  private static final byte[] LOG = log(3000);
  private static final byte[] LONG = log(10_000);

  @TempDir Path folder;

  /** Lines that do not compress to nothing. */
  private static byte[] log(int lines) {
    Random random = new Random(7);
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      log.append("[    0.").append(100_000 + i).append("] ");
      log.append(Long.toHexString(random.nextLong())).append('\n');
    }
    return log.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Takes what has 256 KiB or more for a long log. */
  private static final Excerpter EVERYTHING = new Everything(1 << 18);

  /** Takes what has so many bytes or more for a long log, and gives back all of it. */
  record Everything(int least) implements Excerpter {
    @Override
    public int from(byte[] head) {
      return least;
    }

    @Override
    public boolean isByPlace(byte[] head) {
      return Magic.journal(head);
    }

    @Override
    public Excerpted read(byte[] head, InputStream in) {
      Content content = Content.read(in, Integer.MAX_VALUE);
      return new Excerpted(
          content.bytes(), new Source.Excerpt() {}, content.bytes().length, content.fault());
    }

    @Override
    public Source.OpenFile open(FileChannel file) {
      return () -> file;
    }
  }

  private Contents open(byte[] bytes) throws IOException {
    return open(bytes, Excerpter.NONE);
  }

  private Contents open(byte[] bytes, Excerpter excerpter) throws IOException {
    Path file = Files.write(folder.resolve("x"), bytes);
    return Inputs.open(new Inputs.Located("x", file, true), excerpter);
  }

  private static List<String> paths(Contents contents) {
    return contents.logs().stream().map(Source::path).toList();
  }

  private static List<String> sentences(Contents contents) {
    return contents.failures().stream().map(InputException::getMessage).toList();
  }

  /** All sentences that a user would see. */
  private static List<String> complaints(Contents contents) {
    List<String> all = new java.util.ArrayList<>(sentences(contents));
    contents.logs().stream().map(Source::damage).filter(d -> !d.isEmpty()).forEach(all::add);
    return all;
  }

  // ---- members ----------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource
  void theLogsOfAnArchiveAreHandedOutInTheOrderOfTheirNames(Magic.Archive kind) throws Exception {
    byte[] archive =
        Packed.archive(
            kind,
            Packed.members(
                "run/serial.log",
                LOG,
                "run/README.md",
                "# no",
                "a.log",
                "one\n",
                "disk",
                new byte[9999],
                "run/.hidden/x.log",
                "x",
                "run/ledger.jsonl",
                "{\"a\": 1}\n"));
    for (Source.Compression how : Source.Compression.values()) {
      Contents contents = open(Packed.compressed(how, archive));
      assertTrue(contents.archive());
      assertEquals(List.of(), sentences(contents));
      assertEquals(List.of("x!/a.log", "x!/run/serial.log"), paths(contents));
      Source serial = contents.logs().get(1);
      assertArrayEquals(LOG, serial.content());
      assertEquals("", serial.damage());
      assertEquals(LOG.length, serial.storedBytes());
      assertEquals(Source.Compression.NONE, serial.compression());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCompressedMemberIsReadLikeACompressedFile(Source.Compression how) throws Exception {
    byte[] stored = Packed.compressed(how, LOG);
    for (Magic.Archive kind : Magic.Archive.values()) {
      Contents contents = open(Packed.archive(kind, Packed.members("serial.log.gz", stored)));
      assertEquals(List.of("x!/serial.log.gz"), paths(contents));
      Source source = contents.logs().get(0);
      assertEquals(how, source.compression());
      assertArrayEquals(LOG, source.content());
      assertEquals(stored.length, source.storedBytes());
      assertEquals(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(stored)),
          source.sha256());
    }
  }

  @Test
  void archivesInArchivesAreReadAndNamedByTheirWay() throws Exception {
    byte[] inner = Packed.tar(Packed.members("./boot/serial.log", LOG));
    byte[] seven = Packed.sevenZ(Packed.members("inner.tar.xz", xz(inner), "z.log", "z\n"));
    byte[] cpio = Packed.cpio(Packed.members("seven.bin", seven));
    Contents contents = open(Packed.zip(Packed.members("a/initrd", cpio)));
    assertEquals(
        List.of(
            "x!/a/initrd!/seven.bin!/inner.tar.xz!/boot/serial.log",
            "x!/a/initrd!/seven.bin!/z.log"),
        paths(contents));
    assertArrayEquals(LOG, contents.logs().get(0).content());
    assertEquals(List.of(), sentences(contents));
  }

  private static byte[] xz(byte[] bytes) {
    return Packed.compressed(Source.Compression.XZ, bytes);
  }

  @Test
  void journalsCountAsLogsByTheirMagicAndJsonByItsFirstEntry() throws Exception {
    byte[] journal = Arrays.copyOf("LPKSHHRH".getBytes(StandardCharsets.US_ASCII), 4096);
    Map<String, byte[]> members =
        Packed.members(
            "a.json", "\n{ \"__CURSOR\" : \"s\", \"__REALTIME_TIMESTAMP\" : \"1\" }\n",
            "b.jsonl", "{\"MESSAGE\":\"x\"}\n",
            "c.json", "{\"vm\": 1}\n",
            "d.json", "[1, \"MESSAGE\"]\n",
            "e.expected.yaml", "x: y\n",
            "system.journal", journal);
    List<String> logs = List.of("a.json", "b.jsonl", "system.journal");
    assertEquals(
        logs.stream().map(name -> "x!/" + name).toList(), paths(open(Packed.tar(members))));
    Files.delete(folder.resolve("x"));
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      Files.write(folder.resolve(member.getKey()), member.getValue());
    }
    assertEquals(
        logs.stream().map(name -> folder.resolve(name).toString()).toList(),
        Inputs.list(List.of(folder.toString())).inputs().stream()
            .map(Inputs.Located::name)
            .toList());
  }

  @Test
  void archivesInFoldersAreReadAndThoseWithoutLogsAreSilent() throws Exception {
    Files.write(folder.resolve("a"), Packed.tar(Packed.members("x.log", LOG)));
    Files.write(folder.resolve("b"), Packed.zip(Packed.members("x.md", LOG)));
    List<Contents> all =
        Inputs.list(List.of(folder.toString())).inputs().stream().map(Inputs::open).toList();
    assertEquals(List.of(folder + "/a!/x.log"), paths(all.get(0)));
    assertEquals(List.of(), paths(all.get(1)));
    assertEquals(List.of(), sentences(all.get(1)));
  }

  @Test
  void anArchiveWithoutLogsThatTheUserNamedIsASentence() throws Exception {
    for (byte[] archive :
        List.of(
            Packed.zip(Packed.members("x.md", LOG)),
            Packed.zip(Map.of()),
            Packed.sevenZ(Packed.members("x.md", LOG)))) {
      assertEquals(List.of("x: no log files in this archive"), sentences(open(archive)));
    }
  }

  // ---- names ------------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SEVEN_Z")
  void namesAreOnlyNames(Magic.Archive kind) throws Exception {
    Map<String, byte[]> members =
        Packed.members(
            "../../evil.log",
            LOG,
            "/etc/evil",
            LOG,
            "a\\..\\evil",
            LOG,
            "\u001b]0;\u0007",
            LOG,
            "\u202egol",
            LOG);
    Contents contents = open(Packed.archive(kind, members));
    assertEquals(5, contents.logs().size(), contents.toString());
    assertTrue(paths(contents).contains("x!/../../evil.log"));
    for (String path : paths(contents)) {
      assertFalse(path.chars().anyMatch(c -> c < ' ' || c == 0x202e), path);
    }
    assertArrayEquals(new String[] {"x"}, folder.toFile().list());
    assertFalse(Files.exists(folder.resolve("../../evil.log")));
    assertFalse(Files.exists(Path.of("/etc/evil")));
  }

  @Test
  void membersOfOneNameAreAllRead() throws Exception {
    byte[] tar =
        Packed.written(
            out -> {
              try (TarArchiveOutputStream into = new TarArchiveOutputStream(out)) {
                for (String text : List.of("one\n", "two\n", "three\n", "four\n")) {
                  TarArchiveEntry entry =
                      new TarArchiveEntry(text.startsWith("two") ? "a.log#2" : "a.log");
                  entry.setSize(text.length());
                  into.putArchiveEntry(entry);
                  into.write(text.getBytes(StandardCharsets.US_ASCII));
                  into.closeArchiveEntry();
                }
              }
            });
    Contents contents = open(tar);
    assertEquals(List.of("x!/a.log", "x!/a.log#2", "x!/a.log#3", "x!/a.log#4"), paths(contents));
    assertEquals(
        "three\n", new String(contents.logs().get(2).content(), StandardCharsets.US_ASCII));
  }

  @Test
  void linksDevicesAndPipesInATarAreNoMembers() throws Exception {
    byte[] tar =
        Packed.written(
            out -> {
              try (TarArchiveOutputStream into = new TarArchiveOutputStream(out)) {
                for (byte type :
                    new byte[] {
                      TarConstants.LF_LINK,
                      TarConstants.LF_SYMLINK,
                      TarConstants.LF_CHR,
                      TarConstants.LF_BLK,
                      TarConstants.LF_FIFO,
                      TarConstants.LF_DIR
                    }) {
                  TarArchiveEntry entry = new TarArchiveEntry("special" + type, type);
                  entry.setLinkName("/etc/passwd");
                  into.putArchiveEntry(entry);
                  into.closeArchiveEntry();
                }
              }
            });
    assertEquals(List.of("x: no log files in this archive"), sentences(open(tar)));
  }

  @Test
  void linksInAZipAreNoMembers() throws Exception {
    byte[] zip =
        Packed.written(
            out -> {
              try (ZipArchiveOutputStream into = new ZipArchiveOutputStream(out)) {
                ZipArchiveEntry entry = new ZipArchiveEntry("link.log");
                entry.setUnixMode(0xa1ff);
                into.putArchiveEntry(entry);
                into.write("/etc/passwd".getBytes(StandardCharsets.US_ASCII));
                into.closeArchiveEntry();
              }
            });
    assertEquals(List.of("x: no log files in this archive"), sentences(open(zip)));
  }

  /** What GNU tar makes, with a file of 4 GiB that is a hole but for its ends. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=ustar",
        "--format=gnu",
        "--format=pax",
        "--format=gnu --sparse",
        "--format=pax --sparse --sparse-version=0.0",
        "--format=pax --sparse --sparse-version=0.1",
        "--format=pax --sparse --sparse-version=1.0"
      })
  void whatTarMakesIsReadAndHolesAreLeftOut(String options) throws Exception {
    Path run = Files.createDirectories(folder.resolve("run"));
    String name = "n".repeat(options.contains("ustar") ? 90 : 150) + ".log";
    Files.write(run.resolve(name), LOG);
    byte[] block = Arrays.copyOf(LOG, 4096);
    try (FileChannel hole =
        FileChannel.open(
            run.resolve("hole.log"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long size = options.contains("--sparse") ? 1L << 32 : 1 << 20;
      for (int i = 0; i < 30; i++) {
        hole.write(ByteBuffer.wrap(block), i * (size / 4096 / 30) * 4096);
      }
    }
    Path tar = folder.resolve("made.tar");
    List<String> command = new java.util.ArrayList<>(List.of("tar", "-C", folder.toString()));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("-cf", tar.toString(), "run"));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    Contents contents = assertTimeout(Duration.ofSeconds(1), () -> open(Files.readAllBytes(tar)));
    assertEquals(List.of(), complaints(contents));
    if (options.contains("--sparse")) {
      assertEquals(List.of("x!/run/hole.log", "x!/run/" + name), paths(contents));
      byte[] pieces = contents.logs().get(0).content();
      assertEquals(30 * 4096, pieces.length);
      for (int i = 0; i < 30; i++) {
        assertArrayEquals(block, Arrays.copyOfRange(pieces, i * 4096, (i + 1) * 4096));
      }
    }
    assertArrayEquals(LOG, contents.logs().get(contents.logs().size() - 1).content());
  }

  @Test
  void oneLogOrFolderOfAnArchiveCanBeNamed() throws Exception {
    byte[] inner = Packed.tar(Packed.members("in.log", "in\n", "of/x.log", "x\n"));
    byte[] archive =
        Packed.zip(
            Packed.members(
                "a.log",
                "a\n",
                "a.log.1",
                "b\n",
                "run/b.log",
                "b\n",
                "run/c.log",
                "c\n",
                "in.tar",
                inner));
    Path file = Files.write(folder.resolve("x.zip"), archive);
    Map<String, List<String>> asked = new LinkedHashMap<>();
    asked.put("a.log", List.of("a.log"));
    asked.put("run", List.of("run/b.log", "run/c.log"));
    asked.put("in.tar", List.of("in.tar!/in.log", "in.tar!/of/x.log"));
    asked.put("in.tar!/of", List.of("in.tar!/of/x.log"));
    List<String> names = asked.keySet().stream().map(m -> file + "!/" + m).toList();
    Inputs.Listing listing = Inputs.list(names);
    assertEquals(List.of(), listing.failures());
    List<List<String>> found = new java.util.ArrayList<>();
    for (Inputs.Located located : listing.inputs()) {
      Contents contents = Inputs.open(located);
      assertEquals(List.of(), complaints(contents));
      found.add(paths(contents));
    }
    assertEquals(
        asked.values().stream()
            .map(logs -> logs.stream().map(log -> file + "!/" + log).toList())
            .toList(),
        found);
    Path log = Files.write(folder.resolve("a.log"), LOG);
    List<String> said = new java.util.ArrayList<>();
    for (String wrong : List.of(file + "!/b.log", log + "!/b.log")) {
      said.addAll(sentences(Inputs.open(Inputs.list(List.of(wrong)).inputs().get(0))));
    }
    assertEquals(
        List.of(
            file + ": no log b.log in this archive",
            log + ": no archive, so there is no b.log in it"),
        said);
  }

  // ---- long logs --------------------------------------------------------------------------------

  /** Also in archives that lie in others, and that are too large to be held themselves. */
  @ParameterizedTest
  @EnumSource
  void aLongLogIsTakenAsItComesOutOfTheArchive(Magic.Archive kind) throws Exception {
    byte[] packed = gzip(LONG);
    Map<String, byte[]> members =
        Packed.members("a.log", "a\n", "long.log", LONG, "long.log.gz", packed, "z.log", "z\n");
    byte[] archive = Packed.archive(kind, members);
    Map<String, byte[]> nested =
        Map.of(
            "x!/",
            archive,
            "x!/in!/",
            Packed.zip(Packed.members("in", archive)),
            "x!/in.gz!/",
            Packed.tar(Packed.members("in.gz", gzip(archive))));
    for (Map.Entry<String, byte[]> each : nested.entrySet()) {
      // Not bzip2: nothing is known of its blocks of up to 900 kB before they are read whole.
      for (Source.Compression how : EnumSet.complementOf(EnumSet.of(Source.Compression.BZIP2))) {
        Contents contents = open(Packed.compressed(how, each.getValue()), EVERYTHING);
        assertEquals(List.of(), complaints(contents));
        String in = each.getKey();
        assertEquals(
            List.of(in + "a.log", in + "long.log", in + "long.log.gz", in + "z.log"),
            paths(contents));
        for (Source source : contents.logs()) {
          byte[] stored = members.get(source.path().substring(in.length()));
          boolean isLong = stored.length > 2;
          assertEquals(isLong, source.excerpt() != null);
          assertArrayEquals(isLong ? LONG : stored, source.content());
          assertEquals(stored.length, source.storedBytes());
          assertEquals(
              HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(stored)),
              source.sha256());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLongJournalInAnArchiveBecomesAFile(Magic.Archive kind) throws Exception {
    byte[] journal = ("LPKSHHRH" + "x".repeat(999_999)).getBytes(StandardCharsets.US_ASCII);
    Contents contents =
        open(Packed.archive(kind, Packed.members("x.journal", journal)), EVERYTHING);
    assertEquals(List.of(), complaints(contents));
    Source source = contents.logs().get(0);
    ByteBuffer bytes = ByteBuffer.allocate(journal.length);
    ((Source.OpenFile) source.excerpt()).file().read(bytes, 0);
    assertArrayEquals(journal, bytes.array());
    source.close();
  }

  @Test
  void aLongLogCountsForTheLimit() {
    byte[] archive = Packed.tar(Packed.members("1.log", LONG, "2.log.zst", Packed.zstd(LONG)));
    int all = 2 * LONG.length + Packed.zstd(LONG).length;
    assertEquals(2, limited("x", archive, all, EVERYTHING).logs().size());
    Contents contents = limited("x", archive, all - 1, EVERYTHING);
    assertEquals(List.of("x!/1.log"), paths(contents));
    assertTrue(sentences(contents).get(0).startsWith("x!/2.log.zst: with it more than 0 MiB"));
  }

  /** A tar of more than the heap, as a stream. */
  @Test
  void anArchiveIsNotHeld() {
    byte[] disk = new byte[1 << 20];
    long size = 4L << 30;
    byte[] header = Arrays.copyOf(Packed.tar(Packed.members("disk", new byte[0])), 512);
    byte[] octal = String.format("%011o\0", size).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(octal, 0, header, 124, 12);
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    System.arraycopy(
        String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII), 0, header, 148, 8);
    byte[] log = Packed.tar(Packed.members("z.log", LOG));
    List<InputStream> parts = new java.util.ArrayList<>();
    parts.add(new ByteArrayInputStream(header));
    for (long i = 0; i < size; i += disk.length) {
      parts.add(new ByteArrayInputStream(disk));
    }
    parts.add(new ByteArrayInputStream(log));
    Contents contents =
        Inputs.open(
            new Inputs.Located("x", null, true),
            EVERYTHING,
            () -> new SequenceInputStream(Collections.enumeration(parts)));
    assertEquals(List.of(), complaints(contents));
    assertEquals(List.of("x!/z.log"), paths(contents));
    assertArrayEquals(LOG, contents.logs().get(0).content());
  }

  // ---- limits -----------------------------------------------------------------------------------

  /** What is read of {@code archive} where no more than {@code limit} bytes may come out of it. */
  static Contents limited(String name, byte[] archive, int limit, Excerpter excerpter) {
    Archives.Limit exactly =
        new Archives.Limit() {
          @Override
          public long stored() {
            return archive.length;
          }

          @Override
          public long unpacked() {
            return limit;
          }
        };
    return Archives.read(begun(name, archive), null, excerpter, true, "", exactly);
  }

  private static Begun begun(String name, byte[] archive) {
    Begun.Origin origin = new Inputs.File(name);
    Content none = new Content(new byte[0], null);
    try {
      return Begun.of(
          name, none, new ByteArrayInputStream(archive), Excerpter.NONE, Content.MOST, origin);
    } catch (InputException e) {
      throw new AssertionError(e);
    }
  }

  private static Contents limited(byte[] archive, int limit) {
    return limited("x", archive, limit, Excerpter.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void noMoreComesOutOfAnArchiveThanTheLimit(Magic.Archive kind) {
    byte[] archive = Packed.archive(kind, Packed.members("1.log", LOG, "2.log", LOG, "3.log", LOG));
    Contents contents = limited(archive, 2 * LOG.length);
    assertEquals(List.of("x!/1.log", "x!/2.log"), paths(contents));
    assertEquals(1, contents.failures().size());
    String sentence = sentences(contents).get(0);
    assertTrue(sentence.startsWith("x!/3.log: with it more than 0 MiB come out of the "), sentence);
    assertTrue(sentence.endsWith(" of x, the most that is read; unpack it and name the logs"));
    assertEquals(3, limited(archive, 3 * LOG.length).logs().size());
  }

  @Test
  void theLimitHoldsAcrossNestedAndCompressedMembers() {
    byte[] inner = Packed.zip(Packed.members("1.log", LOG));
    byte[] archive = Packed.tar(Packed.members("a.zip", inner, "b.log.zst", Packed.zstd(LOG)));
    int all = inner.length + 2 * LOG.length + Packed.zstd(LOG).length;
    assertEquals(List.of(), sentences(limited(archive, all)));
    assertEquals(1, limited(archive, all - 1).failures().size());
  }

  @ParameterizedTest
  @EnumSource
  void aBombIsStopped(Magic.Archive kind) throws Exception {
    byte[] lines = new byte[100 << 20];
    Arrays.fill(lines, (byte) '\n');
    byte[] archive =
        Packed.archive(kind, Packed.members("a.log", "a\n", "bomb.log.zst", Packed.zstd(lines)));
    lines = null;
    assertTrue(archive.length < 65_536, "it is small: " + archive.length);
    Contents contents =
        assertTimeout(Duration.ofSeconds(5), () -> open(archive), "a bomb costs no time");
    assertEquals(List.of("x!/a.log"), paths(contents));
    assertEquals(
        List.of(
            "x!/bomb.log.zst: with it more than 64 MiB come out of the "
                + archive.length
                + " bytes of x, the most that is read; unpack it and name the logs"),
        sentences(contents));
  }

  @Test
  void ofATarThatExpandsTooMuchTheFirstMembersAreRead() throws Exception {
    byte[] tar =
        Packed.tar(Packed.members("a.log", "a\n", "disk", new byte[80 << 20], "z.log", LOG));
    Contents contents = open(Packed.zstd(tar));
    assertEquals(List.of("x!/a.log"), paths(contents));
    assertEquals(
        List.of(
            "x: it is longer than the 64 MiB that are read of it, at or after x!/disk; what"
                + " follows was not read"),
        sentences(contents));
  }

  @Test
  void whatIsSkippedInAZipWithoutIndexIsUnpackedAndSoCounts() {
    byte[] zip =
        Packed.written(
            out -> {
              // Streamed, so that sizes follow the data.
              try (java.util.zip.ZipOutputStream into = new java.util.zip.ZipOutputStream(out)) {
                into.putNextEntry(new java.util.zip.ZipEntry("disk.md"));
                into.write(new byte[1 << 20]);
                into.putNextEntry(new java.util.zip.ZipEntry("z.log"));
                into.write(LOG);
              }
            });
    Contents contents = limited(Arrays.copyOf(zip, zip.length - 30), 1 << 19);
    assertEquals(1, contents.failures().size());
    assertTrue(sentences(contents).get(0).startsWith("x!/disk.md: with it more"));
    assertEquals(1, limited(Arrays.copyOf(zip, zip.length - 30), 1 << 21).logs().size());
  }

  @Test
  void whatIsSkippedInA7zIsUnpackedAndSoCounts() {
    byte[] archive = Packed.sevenZ(Packed.members("disk", new byte[1 << 20], "z.log", LOG));
    Contents contents = limited(archive, 1 << 19);
    assertEquals(1, contents.failures().size());
    assertTrue(sentences(contents).get(0).startsWith("x!/disk: with it more"));
  }

  @Test
  void archivesAreReadFourDeep() throws Exception {
    byte[] archive = Packed.tar(Packed.members("x.log", LOG));
    for (int depth = 2; depth <= 4; depth++) {
      archive = Packed.tar(Packed.members("t", archive));
    }
    assertEquals(List.of("x!/t!/t!/t!/x.log"), paths(open(archive)));
    Contents deeper = open(Packed.tar(Packed.members("t", archive, "u.log", LOG)));
    assertEquals(List.of("x!/u.log"), paths(deeper));
    assertEquals(
        List.of("x!/t!/t!/t!/t: archives are read 4 deep, and it lies deeper"), sentences(deeper));
  }

  @ParameterizedTest
  @EnumSource
  void noMoreThanAHundredThousandMembersAreRead(Magic.Archive kind) throws Exception {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("a.log", LOG);
    for (int i = 0; i < 100_000; i++) {
      members.put(i + ".md", new byte[0]);
    }
    Contents contents = open(Packed.archive(kind, members));
    assertEquals(
        List.of("x: more than 100000 members, the most that are read; unpack it and name the logs"),
        sentences(contents));
  }

  @Test
  void aNameLongerThan4096CharactersIsLeftOut() throws Exception {
    String longest = "n".repeat(4096);
    Contents contents =
        open(Packed.tar(Packed.members(longest, LOG, longest + "n", LOG, "z.log", LOG)));
    assertEquals(List.of("x!/" + longest, "x!/z.log"), paths(contents));
    assertEquals(
        List.of("x!/" + "n".repeat(40) + "…: its name is longer than 4096 characters"),
        sentences(contents));
  }

  // ---- encryption -------------------------------------------------------------------------------

  @Test
  void encryptedMembersOfAZipAreOneSentenceAndTheOthersAreRead() throws Exception {
    byte[] zip = Packed.zip(Packed.members("a.log", LOG, "b.log", LOG, "c.log", LOG));
    encrypt(zip, "a.log");
    encrypt(zip, "c.log");
    Contents contents = open(zip);
    assertEquals(List.of("x!/b.log"), paths(contents));
    assertEquals(
        List.of("x!/a.log: it is encrypted; unpack it with its password first (and 1 more in x)"),
        sentences(contents));
  }

  /** Sets bit 0 of the general purpose flags before each place where the name stands. */
  private static void encrypt(byte[] zip, String name) {
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    for (int i = 46; i + wanted.length <= zip.length; i++) {
      if (Arrays.equals(zip, i, i + wanted.length, wanted, 0, wanted.length)) {
        boolean central = zip[i - 46] == 'P' && zip[i - 44] == 1;
        zip[central ? i - 46 + 8 : i - 30 + 6] |= 1;
      }
    }
    if (Arrays.equals(zip, 30, 30 + wanted.length, wanted, 0, wanted.length)) {
      zip[6] |= 1;
    }
  }

  @Test
  void anEncrypted7zIsOneSentence() throws Exception {
    Contents contents = open(Packed.sevenZ(Packed.members("a.log", LOG, "b.log", LOG), "secret"));
    assertEquals(List.of(), contents.logs());
    assertEquals(1, contents.failures().size(), sentences(contents).toString());
    assertTrue(
        sentences(contents).get(0).contains("it is encrypted; unpack it with its password first"));
  }

  // ---- damage -----------------------------------------------------------------------------------

  private static final Map<String, byte[]> THREE =
      Packed.members("a.log", LOG, "b.log", LONG, "c.log", log(1000));

  @ParameterizedTest
  @EnumSource
  void anArchiveCutAnywhereGivesWhatIsThereAndOneSentence(Magic.Archive kind) throws Exception {
    byte[] whole = Packed.archive(kind, THREE);
    int end = whole.length;
    while (whole[end - 1] == 0) {
      end--;
    }
    Random random = new Random(3);
    boolean first = false;
    for (int i = 0; i < 200; i++) {
      int cut = 512 + random.nextInt(end - 512);
      Excerpter excerpter = i % 2 == 0 ? Excerpter.NONE : EVERYTHING;
      Contents contents =
          assertTimeout(Duration.ofSeconds(1), () -> open(Arrays.copyOf(whole, cut), excerpter));
      assertEquals(1, complaints(contents).size(), "at " + cut + complaints(contents));
      assertTrue(complaints(contents).get(0).startsWith("x"));
      for (Source source : contents.logs()) {
        byte[] expected = THREE.get(source.path().substring(3));
        assertArrayEquals(Arrays.copyOf(expected, source.content().length), source.content());
        assertEquals(source.content().length < expected.length, !source.damage().isEmpty());
        first |= !source.damage().isEmpty();
      }
    }
    assertEquals(kind != Magic.Archive.SEVEN_Z, first, "the first part of a log was read");
  }

  @ParameterizedTest
  @EnumSource
  void aCompressedTarCutAnywhereGivesWhatIsThereAndOneSentence(Source.Compression how)
      throws Exception {
    byte[] whole = Packed.compressed(how, Packed.tar(THREE));
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      int cut = 512 + random.nextInt(whole.length - 512 - 10240 / 4);
      Excerpter excerpter = i % 2 == 0 ? Excerpter.NONE : EVERYTHING;
      Contents contents =
          assertTimeout(Duration.ofSeconds(1), () -> open(Arrays.copyOf(whole, cut), excerpter));
      assertEquals(1, complaints(contents).size(), "at " + cut + complaints(contents));
    }
  }

  @ParameterizedTest
  @EnumSource
  void flippedBytesNeverBreakTheReader(Magic.Archive kind) throws Exception {
    byte[] inner = Packed.archive(kind, Packed.members("i.log", log(20)));
    byte[] whole =
        Packed.archive(
            kind, Packed.members("a.log", log(50), "b.gz", gzip(log(50)), "n.bin", inner));
    Random random = new Random(5);
    int read = 0;
    for (int i = 0; i < 600; i++) {
      byte[] flipped = whole.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Excerpter excerpter = i % 2 == 0 ? Excerpter.NONE : EVERYTHING;
      Contents contents = assertTimeout(Duration.ofSeconds(1), () -> open(flipped, excerpter));
      assertTrue(contents.logs().size() + contents.failures().size() > 0);
      read += contents.logs().size();
    }
    assertNotEquals(0, read);
  }

  private static byte[] gzip(byte[] bytes) {
    return Packed.compressed(Source.Compression.GZIP, bytes);
  }

  @ParameterizedTest
  @EnumSource
  void rubbishAfterTheMagicNeverBreaksTheReader(Magic.Archive kind) throws Exception {
    byte[] head = Packed.archive(kind, Packed.members("a.log", "a\n"));
    Random random = new Random(6);
    for (int i = 0; i < 300; i++) {
      byte[] rubbish = new byte[600 + random.nextInt(5000)];
      random.nextBytes(rubbish);
      int kept = kind == Magic.Archive.TAR ? 512 : kind == Magic.Archive.CPIO ? 110 : 6;
      System.arraycopy(head, 0, rubbish, 0, kept);
      Contents contents = assertTimeout(Duration.ofSeconds(1), () -> open(rubbish));
      assertTrue(contents.archive());
      assertFalse(complaints(contents).isEmpty());
    }
  }

  @Test
  void tarHeadersThatOnlyDescribeTheNextOneAreNoTrap() throws Exception {
    byte[] one = Packed.tar(Packed.members("n".repeat(200), "a\n"));
    byte[] pax = new byte[64 << 20];
    for (int at = 0; at < pax.length; at += 1024) {
      System.arraycopy(one, 0, pax, at, 1024);
    }
    Contents contents = assertTimeout(Duration.ofSeconds(5), () -> open(pax));
    assertEquals(1, contents.failures().size());
  }

  @Test
  void aSizeThatLiesTakesNoMemory() throws Exception {
    byte[] cpio = Packed.cpio(Packed.members("a.log", LOG));
    // c_namesize and c_filesize of the newc format.
    for (int field : new int[] {94, 54}) {
      byte[] lying = cpio.clone();
      Arrays.fill(lying, field, field + 8, (byte) 'F');
      lying[field] = '7';
      Contents contents = assertTimeout(Duration.ofSeconds(1), () -> open(lying));
      assertEquals(1, complaints(contents).size());
    }
  }

  @Test
  void oneDamagedMemberOfAZipCostsTheOthersNothing() throws Exception {
    byte[] zip = Packed.zip(THREE);
    zip[2000] ^= 0x55;
    Contents contents = open(zip);
    assertTrue(paths(contents).containsAll(List.of("x!/b.log", "x!/c.log")));
    assertEquals(1, complaints(contents).size());
    assertTrue(complaints(contents).get(0).startsWith("x!/a.log: "));
  }
}
