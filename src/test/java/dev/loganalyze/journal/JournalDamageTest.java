package dev.loganalyze.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class JournalDamageTest {
  /** The most any damaged journal may take. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final long SEED = 20261123;

  /** How far the used part of the real journals reaches; what follows is zero. */
  private static final int USED = 1 << 20;

  private static final String ZSTD = "made257-ZSTD-compact0.journal.gz";

  /** Reads and prints all; gives the number of entries, or -1 when it is no journal. */
  private static int readAll(byte[] bytes, JournalFormat format) {
    return assertTimeoutPreemptively(LIMIT, () -> count(bytes, format));
  }

  private static int count(byte[] bytes, JournalFormat format) throws IOException {
    JournalReader journal;
    try {
      journal = Journals.open(bytes);
    } catch (JournalException e) {
      return -1;
    }
    JournalWriter writer = format.writer(ZoneId.of("UTC"), true);
    int count = 0;
    for (JournalEntry e = journal.next(); e != null; e = journal.next(), count++) {
      writer.write(e, OutputStream.nullOutputStream());
    }
    for (Damage damage : journal.damage()) {
      assertTrue(damage.entriesLost() >= 0 && damage.fieldsLost() >= 0, damage.toString());
    }
    return count;
  }

  // ---- real journals ----------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"made257-LZ4-compact1.journal.gz", ZSTD})
  void journalCutAnywhereGivesWhatIsLeft(String name) throws JournalException {
    byte[] whole = JournalLogs.bytes(JournalLogs.MADE.resolve(name));
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      byte[] cut = Arrays.copyOf(whole, random.nextInt(i % 2 == 0 ? whole.length : USED));
      int count = readAll(cut, JournalFormat.EXPORT);
      if (count >= 0) {
        JournalFile journal = new JournalFile(cut);
        JournalLogs.entries(journal);
        long lost = journal.damage().stream().mapToLong(Damage::entriesLost).sum();
        assertEquals(320, count + lost, "cut at " + cut.length);
        assertTrue(journal.damage().get(0).reason().contains("cut off"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"made257-LZ4-compact1.journal.gz", "made257-XZ-compact1.journal.gz", ZSTD})
  void journalWithOneWrongByteIsReadAllTheSame(String name) {
    byte[] bytes = JournalLogs.bytes(JournalLogs.MADE.resolve(name));
    int used = bytes.length;
    while (bytes[used - 1] == 0) {
      used--;
    }
    Random random = new Random(SEED);
    JournalFormat[] formats = {JournalFormat.EXPORT, JournalFormat.JSON, JournalFormat.SHORT};
    for (int i = 0; i < 1000; i++) {
      // The header in full, then anywhere; half of it where objects lie densely.
      int at =
          i < 272 ? i : i % 2 == 0 ? random.nextInt(used) : used / 2 + random.nextInt(used / 2);
      byte kept = bytes[at];
      bytes[at] = (byte) (kept ^ (1 + random.nextInt(255)));
      int count = readAll(bytes, formats[i % formats.length]);
      boolean refused = at < 8 || (at >= 12 && at < 16);
      assertTrue(refused || count >= 300, count + " entries with byte " + at + " wrong");
      bytes[at] = kept;
    }
  }

  @Test
  void exportAndJsonCutOrWithOneWrongByteAreReadAllTheSame() throws JournalException {
    for (JournalFormat format :
        List.of(JournalFormat.EXPORT, JournalFormat.JSON, JournalFormat.JSON_PRETTY)) {
      byte[] whole = JournalLogs.print(new JournalFile(JournalLogs.bytes(JournalLogs.ODD)), format);
      Random random = new Random(SEED);
      for (int i = 0; i < 200; i++) {
        int at = 200 + random.nextInt(whole.length - 200);
        readAll(Arrays.copyOf(whole, at), JournalFormat.JSON);
        byte kept = whole[at];
        whole[at] = (byte) random.nextInt(256);
        assertTrue(readAll(whole, JournalFormat.EXPORT) >= 315, format + " byte " + at);
        whole[at] = kept;
      }
    }
  }

  // ---- built journals ---------------------------------------------------------------------------

  private static JournalFile read(byte[] bytes) {
    readAll(bytes, JournalFormat.EXPORT);
    try {
      return new JournalFile(bytes);
    } catch (JournalException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertReads(int entries, String damage, byte[] bytes) {
    JournalFile journal = read(bytes);
    assertEquals(entries, JournalLogs.entries(journal).size());
    assertEquals(damage, journal.damage().toString());
  }

  private static JournalBuilder withEntries(int count) {
    JournalBuilder builder = new JournalBuilder(false);
    long message = builder.data("MESSAGE=x");
    for (int i = 0; i < count; i++) {
      builder.entry(message);
    }
    return builder;
  }

  @Test
  void chainThatLoopsIsLeftAndTheWalkFindsTheRest() {
    JournalBuilder builder = new JournalBuilder(false);
    long message = builder.data("MESSAGE=x");
    long first = builder.entry(message);
    builder.entry(message);
    int array = builder.array(0, List.of(first));
    byte[] bytes = builder.build(array, 2);
    LittleEndian.putU64(bytes, array + 16, array);
    assertReads(
        2, "[its chain of entries leads to byte " + array + ", which goes backwards]", bytes);
  }

  @Test
  void chainThatLeadsOutOfTheFileIsLeftAndTheWalkFindsTheRest() {
    byte[] bytes = withEntries(5).build();
    LittleEndian.putU64(bytes, 176, Long.MAX_VALUE - 7);
    assertReads(
        5, "[its chain of entries leads to byte 9223372036854775800, where there is none]", bytes);
  }

  @Test
  void offsetThatIsNoEntryIsCountedAndTheNextOnesAreRead() {
    JournalBuilder builder = withEntries(3);
    builder.nameEntry(8);
    builder.entry(builder.data("MESSAGE=y"));
    assertReads(
        4, "[1 entry lost, its list of entries names what is no entry: byte 8]", builder.build());
  }

  @Test
  void fieldThatIsNotThereIsCountedAndTheOthersAreRead() {
    JournalBuilder builder = new JournalBuilder(true);
    builder.entry(builder.data("A=1"), 12345, builder.data("B=2"));
    JournalFile journal = read(builder.build());
    assertEquals("[A=1, B=2]", journal.next().fields().toString());
    assertEquals(
        "[1 field lost, an entry names a field where there is none: byte 12345]",
        journal.damage().toString());
  }

  @Test
  void headerThatCountsTooManyIsNotBelieved() {
    byte[] bytes = withEntries(2).build();
    LittleEndian.putU64(bytes, 152, 3);
    assertReads(
        2, "[1 entry lost, its header counts more entries than there are: 3 instead of 2]", bytes);
    LittleEndian.putU64(bytes, 152, Long.MIN_VALUE);
    assertReads(
        2,
        "[its header counts more entries than there are: 9223372036854775808 instead of 2]",
        bytes);
  }

  @Test
  void entryWithAWrongSizeHidesNoOther() {
    JournalBuilder builder = new JournalBuilder(false);
    long message = builder.data("MESSAGE=x");
    builder.entry(message);
    long wrong = builder.entry(message);
    builder.entry(message);
    builder.entry(message);
    byte[] bytes = builder.build();
    LittleEndian.putU64(bytes, (int) wrong + 8, 64 + 16 * 9);
    assertReads(3, "[1 entry lost, an entry has a wrong size: byte " + wrong + "]", bytes);
  }

  @Test
  void entriesThatOverlapCostNoMoreThanTheFile() {
    // Each 64 bytes begin an entry that claims to reach to the end of the file.
    JournalBuilder builder = new JournalBuilder(false);
    byte[] payload = new byte[3 << 20];
    int start = 272 + 64;
    for (int at = 0; at + 64 <= payload.length; at += 64) {
      payload[at] = JournalObjects.ENTRY;
      LittleEndian.putU64(payload, at + 8, 64 + (payload.length - at - 64) / 16 * 16);
      LittleEndian.putU64(payload, at + 16, 1);
      LittleEndian.putU64(payload, at + 24, 1);
    }
    builder.data(payload, 0);
    for (int at = 0; at + 64 <= payload.length; at += 64) {
      builder.nameEntry(start + at);
    }
    assertEquals(1, readAll(builder.build(), JournalFormat.EXPORT));
  }

  @Test
  void arraysThatOverlapCostNoMoreThanTheFile() {
    // Each 24 bytes begin an array that claims to reach to the end of the file.
    JournalBuilder builder = new JournalBuilder(true);
    byte[] payload = new byte[3 << 20];
    int start = 272 + 72;
    long message = builder.data(payload, 0);
    long entry = builder.entry(message);
    byte[] bytes = builder.build(start, 2);
    for (int at = start; at + 48 <= entry; at += 24) {
      bytes[at] = JournalObjects.ENTRY_ARRAY;
      LittleEndian.putU64(bytes, at + 8, bytes.length - at);
      LittleEndian.putU64(bytes, at + 16, at + 24);
    }
    assertEquals(1, readAll(bytes, JournalFormat.CAT));
    assertTrue(read(bytes).damage().toString().contains("1 entry lost, its list of entries"));
  }

  @ParameterizedTest
  @ValueSource(ints = {Decompressor.XZ, Decompressor.LZ4, Decompressor.ZSTD})
  void bombInEveryEntryCostsLittle(int flag) throws IOException {
    byte[] plain = new byte[60 << 20];
    plain[0] = 'A';
    plain[1] = '=';
    byte[] packed = packed(flag, plain);
    JournalBuilder builder = new JournalBuilder(true);
    List<Long> bombs = new ArrayList<>();
    for (int i = 0; i < 200 && packed.length < 1 << 14; i++) {
      bombs.add(builder.data(packed, flag));
    }
    if (bombs.isEmpty()) {
      bombs.add(builder.data(packed, flag));
    }
    long small = builder.data("MESSAGE=x");
    for (int i = 0; i < 1000; i++) {
      builder.entry(small, bombs.get(i % bombs.size()));
    }
    JournalFile journal = read(builder.build());
    List<JournalEntry> entries = JournalLogs.entries(journal);
    assertEquals(1000, entries.size());
    assertTrue(entries.stream().allMatch(e -> e.has("MESSAGE", "x")));
    assertTrue(journal.damage().toString().contains("larger than a journal of this size can have"));
  }

  private static byte[] packed(int flag, byte[] plain) throws IOException {
    if (flag == Decompressor.ZSTD) {
      return Zstd.compress(plain);
    }
    if (flag == Decompressor.XZ) {
      ByteArrayOutputStream xz = new ByteArrayOutputStream();
      try (XZOutputStream out = new XZOutputStream(xz, new LZMA2Options(0))) {
        out.write(plain);
      }
      return xz.toByteArray();
    }
    // A= and a zero, one match of zeros as long as the rest, and the empty run that ends a block.
    int length = plain.length - 3 - 4 - 15;
    byte[] lz4 = new byte[8 + 1 + 3 + 2 + length / 255 + 1 + 1];
    LittleEndian.putU64(lz4, 0, plain.length);
    lz4[8] = 3 << 4 | 15;
    lz4[9] = 'A';
    lz4[10] = '=';
    lz4[12] = 1;
    Arrays.fill(lz4, 14, lz4.length - 2, (byte) 255);
    lz4[lz4.length - 2] = (byte) (length % 255);
    return lz4;
  }

  @Test
  void fieldAboveTheCapIsRefusedWithoutBeingUnpacked() {
    byte[] frame = Zstd.compress(new byte[(64 << 20) + 1]);
    JournalBuilder builder = new JournalBuilder(false);
    long field = builder.data(frame, Decompressor.ZSTD);
    builder.entry(field);
    assertReads(
        1,
        "[a field is larger than 64 MiB: byte "
            + field
            + ", 1 field lost, a field cannot be read: byte "
            + field
            + "]",
        builder.build());
  }

  @Test
  void manyEntriesWithOneHugeFieldGiveNoMoreThanTheBudget() {
    JournalBuilder builder = new JournalBuilder(true);
    byte[] huge = ("A=" + "x".repeat(1 << 20)).getBytes(StandardCharsets.US_ASCII);
    long field = builder.data(huge, 0);
    for (int i = 0; i < 20_000; i++) {
      builder.entry(field, field, field);
    }
    byte[] bytes = builder.build();
    Supplier<Long> given =
        () ->
            JournalLogs.entries(read(bytes)).stream()
                .flatMap(e -> e.fields().stream())
                .mapToLong(Field::length)
                .sum();
    assertTrue(assertTimeoutPreemptively(LIMIT.multipliedBy(3), given::get) < 200L << 20);
  }
}
