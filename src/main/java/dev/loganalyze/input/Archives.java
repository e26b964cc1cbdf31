package dev.loganalyze.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Reads the logs in an archive, and in the archives in it. Members are names and bytes; none is
 * written to a file with a name, and no link is followed. Archives without an index are read as
 * streams, so that logs that are too long to be held may be of any size.
 *
 * <p>All is bounded for the outermost archive: the bytes that come out of it and of its members,
 * how much of these is held, how many members there are, how deep archives lie in each other, how
 * long names are.
 */
final class Archives {
  private static final int DEPTH = 4;
  private static final int ENTRIES = 100_000;
  private static final int NAME = 4096;

  /** Of the type of a file in a Unix mode (stat.h); a regular file has {@code REGULAR}. */
  private static final int TYPE = 0xf000;

  private static final int REGULAR = 0x8000;

  private static final String ENCRYPTED = "it is encrypted; unpack it with its password first";

  private static final String UNKNOWN =
      "it is encrypted, or packed in a way that is not known; pack it anew";

  private static final String DAMAGED = "cut off or damaged";

  private static final int BLOCK = 1 << 16;

  /** How an entry of the index of a zip begins (APPNOTE.TXT 4.3.12), its bytes in their order. */
  private static final int INDEXED = ('P' << 24) | ('K' << 16) | (1 << 8) | 2;

  private final String outermost;

  /** What is printed for the log, folder or archive that is meant. */
  private final String asked;

  private final Excerpter excerpter;
  private final boolean hashes;
  private final Limit limit;
  private final List<Source> logs = new ArrayList<>();
  private final List<InputException> failures = new ArrayList<>();
  private final Map<Skip, Skipped> skipped = new LinkedHashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private String ends = DAMAGED;
  private long unpacked;
  private int held;
  private int damages;
  private int entries;

  /** Set when a limit was reached, as decoders may hide an exception that they met. */
  private TooMuch tooMuch;

  private Archives(
      String outermost, Excerpter excerpter, boolean hashes, String member, Limit limit) {
    this.outermost = outermost;
    asked = member.isEmpty() ? outermost : outermost + "!/" + member;
    this.excerpter = excerpter;
    this.hashes = hashes;
    this.limit = limit;
  }

  /** Members are left out of one archive for one reason. */
  private record Skip(String archive, String why) {}

  private record Skipped(String first, int count) {}

  /** A limit was reached; the message is the sentence. */
  private static final class TooMuch extends Exception {
    private static final long serialVersionUID = 1L;

    TooMuch(String sentence) {
      super(sentence);
    }
  }

  /** How much may come out of the outermost archive. */
  interface Limit {
    /** How many bytes it has; of a stream, those that were read. */
    long stored();

    /** So many bytes may come out of it. */
    default long unpacked() {
      return limit(stored());
    }
  }

  /**
   * So many bytes may come out of an archive of {@code stored} bytes. Logs are rarely a hundred
   * times smaller when compressed; data that expands a thousandfold was made to.
   */
  static long limit(long stored) {
    return Math.max(64L << 20, 1000L * stored);
  }

  /**
   * Reads the logs in an archive, compressed or not.
   *
   * @param file where it lies; null where that is no regular file
   * @param in what it is read from; the logs have their {@link Source#sha256} if it is hashed
   * @param member see {@link Inputs.Located#member}
   */
  static Contents read(Begun archive, Path file, Hashed in, Excerpter excerpter, String member) {
    in.stopHashing();
    // Once, for it is asked at each read.
    long size = size(file);
    Limit limit = () -> Math.max(in.bytes(), size);
    return read(archive, file, excerpter, in.isHashing(), member, limit);
  }

  private static long size(Path file) {
    try {
      return file == null ? 0 : Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /** As the other, with a limit of the caller's. */
  static Contents read(
      Begun archive, Path file, Excerpter excerpter, boolean hashes, String member, Limit limit) {
    String name = archive.stored().name();
    Archives archives = new Archives(name, excerpter, hashes, member, limit);
    try {
      archives.outermost(archive, file);
    } catch (TooMuch e) {
      archives.failures.add(new InputException(e.getMessage()));
    }
    archives.skipped.forEach(archives::tell);
    archives.logs.sort(Comparator.comparing(Source::path));
    return new Contents(name, true, List.copyOf(archives.logs), List.copyOf(archives.failures));
  }

  private void outermost(Begun archive, Path file) throws TooMuch {
    boolean compressed = !archive.stored().isPlain();
    int before = damages;
    Watched stream = new Watched(archive.stream());
    Watched in = compressed ? new Expanded(decompressed(stream)) : stream;
    archive(outermost, archive.head(), in, compressed ? null : file, 1);
    Content.pass(in);
    boolean cut =
        in.fault() != null || stream.fault() != null || !archive.stored().damage().isEmpty();
    if (damages == before && cut) {
      damaged(outermost, "its data is " + DAMAGED + "; what could be read was analysed");
    }
  }

  /** What the outermost archive is, decompressed. */
  private final class Expanded extends Watched {
    private long bytes;

    Expanded(InputStream in) {
      super(in);
    }

    @Override
    void count(int more) throws IOException {
      bytes += more;
      long most = limit.unpacked();
      if (bytes > most) {
        ends = "longer than the " + (most >> 20) + " MiB that are read of it";
        throw new IOException(ends);
      }
    }
  }

  /** What comes out of a member. */
  private final class Unpacked extends Watched {
    private final String name;

    Unpacked(String name, InputStream in) {
      super(in);
      this.name = name;
    }

    @Override
    void count(int more) throws IOException {
      unpacked += more;
      long most = limit.unpacked();
      if (unpacked > most) {
        tooMuch =
            new TooMuch(
                name
                    + ": with it more than "
                    + (most >> 20)
                    + " MiB come out of the "
                    + limit.stored()
                    + " bytes of "
                    + outermost
                    + ", the most that is read; unpack it and name the logs");
        throw new IOException(tooMuch.getMessage());
      }
    }
  }

  private void check() throws TooMuch {
    if (tooMuch != null) {
      throw tooMuch;
    }
  }

  /**
   * Reads the members of an archive.
   *
   * @param file where the same bytes lie; null where that is no regular file
   */
  private void archive(String name, byte[] head, InputStream in, Path file, int depth)
      throws TooMuch {
    switch (Magic.archive(head)) {
      case TAR -> stream(name, new Tar(in), depth);
      case CPIO ->
          stream(
              name,
              entries(
                  new CpioArchiveInputStream(in, StandardCharsets.UTF_8.name()),
                  CpioArchiveEntry::isRegularFile),
              depth);
      case ZIP, SEVEN_Z -> {
        try (SeekableByteChannel bytes = byPlace(name, in, file)) {
          check();
          if (Magic.archive(head) == Magic.Archive.ZIP) {
            zip(name, bytes, depth);
          } else {
            sevenZ(name, bytes, depth);
          }
        } catch (InputException e) {
          failed(e);
        } catch (IOException e) {
          check();
          failed(Begun.unreadable(name, e));
        }
      }
    }
  }

  /** An archive with an index is read here and there: held where it is small, else as a file. */
  private SeekableByteChannel byPlace(String name, InputStream in, Path file)
      throws InputException, IOException {
    if (file != null) {
      return FileChannel.open(file, StandardOpenOption.READ);
    }
    int least = Math.min(excerpter.least(), Content.MOST);
    Content first = Content.read(in, least);
    if (first.bytes().length < least) {
      return new SeekableInMemoryByteChannel(first.bytes());
    }
    return Spool.of(name, first.before(in)).file().position(0);
  }

  // ---- formats ----------------------------------------------------------------------------------

  /** The members of an archive without an index, one after the other. */
  interface Entries {
    /**
     * The next member; null at the end of the archive.
     *
     * @throws IOException when there is no next one and no end, as in an archive that is cut off
     */
    Entry next() throws IOException;
  }

  /**
   * A member of an archive without an index.
   *
   * @param regular whether it is a file, and no folder, link, device or pipe
   * @param readable whether it is neither encrypted nor packed in a way that is not known
   * @param packed whether its data must be unpacked even to skip it
   * @param data its bytes, to be read before the next member is asked for
   */
  record Entry(String name, boolean regular, boolean readable, boolean packed, InputStream data) {}

  private static <E extends ArchiveEntry> Entries entries(
      ArchiveInputStream<E> in, Predicate<E> regular) {
    return () -> {
      E entry = in.getNextEntry();
      return entry == null
          ? null
          : new Entry(
              entry.getName(),
              regular.test(entry),
              in.canReadEntryData(entry),
              in instanceof ZipArchiveInputStream,
              in);
    };
  }

  /** Reads an archive without an index; what follows a fault is lost. */
  private void stream(String archive, Entries members, int depth) throws TooMuch {
    String last = "";
    int before = damages;
    try {
      for (Entry entry = members.next(); entry != null; entry = members.next()) {
        count(archive);
        if (entry.regular() && isCandidate(archive, entry.name())) {
          last = printed(archive, entry.name());
          if (!entry.readable()) {
            skip(archive, last, UNKNOWN);
          } else if (member(archive, last, entry.name(), depth, entry.data()) != null) {
            if (damages == before) {
              damaged(archive, "it is " + ends(last));
            }
            return;
          }
        }
        if (entry.packed()) {
          // Otherwise the reader would do it, without a bound.
          drain(archive + "!/" + brief(entry.name()), entry.data());
        }
        before = damages;
      }
    } catch (IOException | RuntimeException e) {
      // The readers throw any RuntimeException on rubbish.
      check();
      if (damages == before) {
        damaged(archive, "it is " + ends(last));
      }
    }
  }

  private String ends(String last) {
    return ends + (last.isEmpty() ? "" : ", at or after " + last) + "; what follows was not read";
  }

  private void zip(String archive, SeekableByteChannel bytes, int depth)
      throws TooMuch, IOException {
    entriesOfZip(archive, bytes);
    ZipFile zip = indexed(bytes);
    if (zip == null) {
      zipWithoutIndex(archive, bytes, depth);
      return;
    }
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      count(archive);
      int type = entry.getUnixMode() & TYPE;
      boolean regular = !entry.isDirectory() && (type == 0 || type == REGULAR);
      if (regular && isCandidate(archive, entry.getName())) {
        zipped(archive, printed(archive, entry.getName()), entry, zip, depth);
      }
    }
  }

  /** Null when its index cannot be read. */
  private static ZipFile indexed(SeekableByteChannel bytes) {
    try {
      return ZipFile.builder().setSeekableByteChannel(new Unclosed(bytes)).get();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /** Without the index at the end, each member still begins with a header. */
  private void zipWithoutIndex(String archive, SeekableByteChannel bytes, int depth)
      throws TooMuch, IOException {
    int before = damages;
    stream(
        archive,
        entries(new ZipArchiveInputStream(fromStart(bytes)), entry -> !entry.isDirectory()),
        depth);
    if (damages == before) {
      damaged(archive, "its index, which is at its end, is missing or damaged; copy it again");
    }
  }

  private static InputStream fromStart(SeekableByteChannel bytes) throws IOException {
    return new BufferedInputStream(Channels.newInputStream(bytes.position(0)), BLOCK);
  }

  private void zipped(String archive, String name, ZipArchiveEntry entry, ZipFile zip, int depth)
      throws TooMuch {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      skip(archive, name, ENCRYPTED);
      return;
    }
    if (!zip.canReadEntryData(entry)) {
      skip(archive, name, UNKNOWN);
      return;
    }
    int before = damages;
    try (InputStream in = checked(zip.getInputStream(entry), entry.getCrc())) {
      Exception fault = member(archive, name, entry.getName(), depth, in);
      if (fault != null && damages == before) {
        spoilt(archive, name);
      }
    } catch (IOException | RuntimeException e) {
      check();
      spoilt(archive, name);
    }
  }

  /** {@code in}, with a fault at its end when it has not the checksum {@code crc}. */
  private static InputStream checked(InputStream in, long crc) {
    return new CheckedInputStream(in, new CRC32()) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int n = super.read(into, offset, length);
        if (n < 0 && crc >= 0 && getChecksum().getValue() != crc) {
          throw new IOException("wrong checksum");
        }
        return n;
      }
    };
  }

  /** The reader takes memory for each entry of the index before it hands out the first. */
  private void entriesOfZip(String archive, SeekableByteChannel bytes) throws TooMuch, IOException {
    int before = entries;
    InputStream in = fromStart(bytes);
    byte[] block = new byte[BLOCK];
    int seen = 0;
    for (int n = in.read(block); n > 0; n = in.read(block)) {
      for (int i = 0; i < n; i++) {
        seen = (seen << 8) | (block[i] & 0xff);
        if (seen == INDEXED) {
          count(archive);
        }
      }
    }
    entries = before;
  }

  private void sevenZ(String archive, SeekableByteChannel bytes, int depth) throws TooMuch {
    String last = "";
    try (SevenZFile file =
        SevenZFile.builder()
            .setSeekableByteChannel(bytes)
            .setMaxMemoryLimitKiB(Stored.DECODER_KIB)
            .get()) {
      for (SevenZArchiveEntry entry = file.getNextEntry();
          entry != null;
          entry = file.getNextEntry()) {
        count(archive);
        if (entry.isDirectory() || entry.isAntiItem()) {
          continue;
        }
        InputStream in = stream(file);
        String raw = entry.getName() == null ? "unnamed" : entry.getName();
        last = brief(raw);
        if (isRegular(entry) && isCandidate(archive, raw)) {
          String name = printed(archive, raw);
          int before = damages;
          Exception fault = member(archive, name, raw, depth, in);
          if (fault != null && damages == before) {
            if (fault instanceof PasswordRequiredException) {
              skip(archive, name, ENCRYPTED);
            } else {
              spoilt(archive, name);
            }
          }
        }
        // Otherwise the reader would do it, without a bound.
        drain(archive + "!/" + last, in);
      }
    } catch (PasswordRequiredException e) {
      fail(archive, ENCRYPTED);
    } catch (IOException | RuntimeException e) {
      check();
      damaged(
          archive,
          last.isEmpty()
              ? "it is cut off or damaged: its index, which is at its end, could not be read; copy"
                  + " it again"
              : "it is " + ends(last));
    }
  }

  /** The upper half of the attributes is the Unix mode when bit 15 of the lower half is set. */
  private static boolean isRegular(SevenZArchiveEntry entry) {
    int attributes = entry.getHasWindowsAttributes() ? entry.getWindowsAttributes() : 0;
    int type = (attributes >>> 16) & TYPE;
    return (attributes & 0x8000) == 0 || type == 0 || type == REGULAR;
  }

  private static InputStream stream(SevenZFile file) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return file.read();
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return file.read(into, offset, length);
      }
    };
  }

  private void drain(String name, InputStream in) throws TooMuch {
    Content.pass(new Unpacked(name, in));
    check();
  }

  // ---- members ----------------------------------------------------------------------------------

  /**
   * Reads a member if it is a log or an archive.
   *
   * @param name what is printed for it
   * @param raw its name in the archive
   * @return what ended its data before the end; null when nothing did
   */
  private Exception member(String archive, String name, String raw, int depth, InputStream data)
      throws TooMuch {
    if (!isAsked(name)) {
      return null;
    }
    Watched stored = new Unpacked(name, data);
    Hashed in = new Hashed(stored, hashes);
    Content head = Content.read(in, Content.HEAD);
    check();
    boolean plain = Magic.isPlain(head.bytes());
    boolean nothing = head.fault() != null && head.bytes().length == 0;
    if (!nothing && (!plain || Candidates.byHead(raw, head.bytes()))) {
      begun(archive, name, raw, depth, head, in);
      check();
    }
    return stored.fault();
  }

  private void begun(String archive, String name, String raw, int depth, Content head, Hashed in)
      throws TooMuch {
    Begun begun;
    try {
      begun = Begun.of(name, head, in, excerpter, Content.MOST - held, new Member(name));
    } catch (InputException e) {
      check();
      failed(e);
      return;
    }
    check();
    if (!Candidates.byHead(raw, begun.head())) {
      return;
    }
    if (!begun.isArchive()) {
      log(begun, in);
    } else if (depth == DEPTH) {
      skip(archive, name, "archives are read " + DEPTH + " deep, and it lies deeper");
    } else {
      nested(name, begun, depth);
      // Its checksum stands behind it.
      Content.pass(in);
    }
  }

  private void nested(String name, Begun begun, int depth) throws TooMuch {
    boolean compressed = !begun.stored().isPlain();
    InputStream in = compressed ? new Unpacked(name, decompressed(begun.stream())) : begun.stream();
    archive(name, begun.head(), in, null, depth + 1);
  }

  /** Of an archive, of which the head has been decompressed before. */
  private static InputStream decompressed(InputStream stored) {
    try {
      return Stored.decompressed(stored);
    } catch (IOException | RuntimeException e) {
      // Decoders throw any RuntimeException on data that no encoder makes.
      throw new IllegalStateException("its head could be decompressed", e);
    }
  }

  private final class Member implements Begun.Origin {
    private final String name;

    Member(String name) {
      this.name = name;
    }

    @Override
    public String partly(long bytes, Exception fault) {
      return name
          + ": its archive is "
          + ends
          + "; only the first "
          + bytes
          + " bytes of the log were analysed";
    }

    /** No other log of the archive is read then. */
    @Override
    public InputException tooLarge(int most) {
      tooMuch =
          new TooMuch(
              name
                  + ": with it more than "
                  + (Content.MOST >> 20)
                  + " MiB of "
                  + outermost
                  + " would be held, the most that is; unpack it and name the logs");
      return new InputException(tooMuch.getMessage());
    }

    @Override
    public InputStream decompressed(InputStream in) {
      return new Unpacked(name, in);
    }
  }

  private void log(Begun begun, Hashed in) throws TooMuch {
    String name = begun.stored().name();
    try {
      Source log = begun.log(name, null, in, excerpter);
      if (tooMuch != null) {
        log.close();
        throw tooMuch;
      }
      held += log.content().length;
      logs.add(log);
      damages += log.damage().isEmpty() ? 0 : 1;
    } catch (InputException e) {
      check();
      failed(e);
    } catch (IOException | RuntimeException e) {
      check();
      failed(Begun.unreadable(name, e));
    }
  }

  /** Whether it is what is meant, lies in it, or is an archive in which that may lie. */
  private boolean isAsked(String name) {
    return name.equals(asked)
        || name.startsWith(asked + "/")
        || name.startsWith(asked + "!/")
        || asked.startsWith(name + "!/");
  }

  private boolean isCandidate(String archive, String raw) {
    if (raw.length() > NAME) {
      skip(archive, archive + "!/" + brief(raw), "its name is longer than " + NAME + " characters");
      return false;
    }
    return Candidates.byName(raw);
  }

  private static String brief(String raw) {
    return raw.length() > NAME ? Names.shown(raw.substring(0, 40)) + "…" : Names.shown(raw);
  }

  /** The second of one name is {@code …#2}. */
  private String printed(String archive, String raw) {
    String name = archive + "!/" + Names.shown(raw.startsWith("./") ? raw.substring(2) : raw);
    int number = names.merge(name, 1, Integer::sum);
    // A member may be called like a second of another name.
    while (number > 1 && names.putIfAbsent(name + "#" + number, 1) != null) {
      number = names.merge(name, 1, Integer::sum);
    }
    return number == 1 ? name : name + "#" + number;
  }

  // ---- limits and sentences ---------------------------------------------------------------------

  private void count(String archive) throws TooMuch {
    entries++;
    if (entries > ENTRIES) {
      throw new TooMuch(
          archive
              + ": more than "
              + ENTRIES
              + " members, the most that are read; unpack it and name the logs");
    }
  }

  private void fail(String name, String sentence) {
    failures.add(new InputException(name + ": " + sentence));
  }

  private void damaged(String name, String sentence) {
    failed(new InputException(name + ": " + sentence));
  }

  private void failed(InputException e) {
    damages++;
    failures.add(e);
  }

  /** All that are left out of an archive for one reason are one sentence. */
  private void skip(String archive, String name, String why) {
    if (!isAsked(name)) {
      return;
    }
    skipped.merge(
        new Skip(archive, why),
        new Skipped(name, 1),
        (old, one) -> new Skipped(old.first(), old.count() + 1));
  }

  private void spoilt(String archive, String name) {
    damages++;
    skip(archive, name, "its data is damaged; copy the archive again");
  }

  private void tell(Skip skip, Skipped members) {
    int others = members.count() - 1;
    String more = others == 0 ? "" : " (and " + others + " more in " + skip.archive() + ")";
    fail(members.first(), skip.why() + more);
  }
}
