package dev.loganalyze.excerpt;

import dev.loganalyze.journal.JournalEntry;
import dev.loganalyze.transcript.Transcript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes chunk after chunk, in their order, and keeps of them: the first and the last lines of the
 * log, each boot from its beginning until it is up, each end of one, what somebody typed and was
 * answered, and of all else that is told of a line the first of a kind in each boot, and the last.
 */
final class Keeper {
  /** So many lines at the beginning of the log are kept. */
  private static final int HEAD = 2000;

  /** No line has a greater number, so that there is room for what is added to one. */
  static final int LAST = 2_000_000_000;

  /** So many at its end, and before each boot. */
  private static final int TAIL = 100;

  /** Further apart, the banners are those of two boots. */
  private static final int BANNERS = 300;

  /** A boot that is not up after so many lines is not waited for. */
  private static final int BOOT = 50_000;

  /** So many kinds are told apart in each boot. */
  private static final int KINDS = 5_000;

  /** So many bytes of a boot are kept whole. */
  private static final int BOOT_BYTES = 4 << 20;

  /** So many bytes are kept; after this, only what is told of single lines, up to a half more. */
  private final int most;

  /** What is kept, in blocks of the size of a chunk; no line goes over the end of one. */
  private final List<byte[]> blocks = new ArrayList<>();

  /** So many bytes of the last block are used. */
  private int used = Chunk.SIZE;

  /** How many bytes are kept. */
  private int length;

  // The lines that are kept, not yet in order.

  private int kept;
  private int[] line = new int[4096];
  private int[] from = new int[4096];
  private int[] size = new int[4096];

  /**
   * What of a kind was left out of a boot.
   *
   * @param line the line of the one that was kept last
   * @param last that of the last one, 0 when it was kept after all
   */
  private record Left(int line, int count, int last) {}

  private final List<Left> left = new ArrayList<>();

  /** The entries that they are of; null when they are of none. */
  private final PackedEntries entries;

  /** The entry that was kept last. */
  private PackedEntries lastFrom;

  private int lastEntry;
  private byte[] packed = {};

  /** What of a kind was seen in this boot. */
  private static final class Kind {
    int seen;

    /** The one that was kept last. */
    int kept;

    /** How many were counted, and not kept. */
    int dropped;

    /** The last of them, which may have been kept after all. */
    boolean lastKept;

    int lastLine;
    byte[] lastBytes = {};
    int lastLength;
    int lastLines;

    /** The journal entry that it is of. */
    byte[] lastEntry = {};

    int lastEntrySize;
  }

  private final Map<Long, Kind> kinds = new HashMap<>();

  /** The 1-based line that comes next, and where it begins in the chunk. */
  private int next = 1;

  private int nextAt;

  /** All lines before this one are kept. */
  private int wholeTo = 1 + HEAD;

  /** And all before this one in which the kernel speaks: they may be of a report of it. */
  private int kernelTo;

  private boolean booting;

  /** The line of the last banner. */
  private int banner;

  /** How much was kept when the boot began. */
  private int bootBegan;

  private boolean keptBefore;

  private Chunk before;

  /**
   * A keeper of nothing so far.
   *
   * @param most so many bytes are kept
   * @param isOfEntries whether the lines are those of journal entries
   */
  Keeper(int most, boolean isOfEntries) {
    this.most = most;
    entries = isOfEntries ? new PackedEntries() : null;
  }

  /**
   * Takes {@code chunk}; the one before may be used again.
   *
   * @throws IOException when no numbers are left for its lines
   */
  void take(Chunk chunk) throws IOException {
    if (chunk.lines > LAST - next) {
      throw new IOException("it has more than " + LAST + " lines; cut it into several logs");
    }
    int base = next;
    chunk.number = base;
    lastFrom = null;
    nextAt = 0;
    for (int i = 0; i < chunk.spans; i++) {
      if (base + chunk.last[i] < next) {
        continue;
      }
      stretch(chunk, base + chunk.first[i]);
      skipTo(base + chunk.first[i], chunk.from[i]);
      span(chunk, i, base);
    }
    stretch(chunk, base + chunk.lines);
    skipTo(base + chunk.lines, chunk.length);
    before = chunk;
  }

  private void skipTo(int first, int begin) {
    if (next < first) {
      next = first;
      nextAt = begin;
      keptBefore = false;
    }
  }

  /** Keeps those of the next lines, up to {@code end}, that may be kept though nothing is told. */
  private void stretch(Chunk chunk, int end) {
    int whole = Math.min(wholeTo, end);
    if (next < whole && fits()) {
      pass(chunk, whole - 1, true);
    }
    int kernel = Math.min(kernelTo, end);
    while (next < kernel) {
      pass(chunk, next, chunk.isOfKernel(next - chunk.number) && fits());
    }
  }

  private void span(Chunk chunk, int i, int base) {
    int last = base + chunk.last[i];
    Telling telling = chunk.telling[i];
    boolean kernel = chunk.isOfKernel(chunk.first[i]);
    boolean whole =
        last < wholeTo || (kernel && last < kernelTo) || (telling == Telling.GOES_ON && keptBefore);
    switch (telling) {
      case BOOTS, GETS_UP -> {
        // The banners of one boot follow each other closely.
        boots(chunk, last, !booting || (telling == Telling.BOOTS && last - banner > BANNERS));
        whole = true;
      }
      case IS_UP -> {
        if (booting) {
          booting = false;
          wholeTo = last;
        }
      }
      default -> {}
    }
    if (telling.kept == 0) {
      pass(chunk, last, whole && fits());
      return;
    }
    Kind kind = kinds.get(chunk.alike[i]);
    if (kind == null && kinds.size() < KINDS) {
      kind = new Kind();
      kinds.put(chunk.alike[i], kind);
    }
    boolean first = kind != null && kind.seen < telling.kept;
    boolean follows = kind != null && kind.seen < telling.followed && fits();
    if ((whole && fits()) || (first && hasRoom())) {
      pass(chunk, last, true);
      if (kind != null) {
        kind.kept = kept - 1;
      }
    } else {
      drop(chunk, i, last, kind);
      pass(chunk, last, false);
    }
    if (kind != null) {
      kind.seen++;
    }
    if (follows && kernel && telling == Telling.REPORT) {
      kernelTo = Math.max(kernelTo, last + 1 + telling.following);
    } else if (follows) {
      wholeTo = Math.max(wholeTo, last + 1 + telling.following);
    }
  }

  /** Whether whole stretches may be kept. */
  private boolean fits() {
    return length() < most && length() - bootBegan < BOOT_BYTES;
  }

  /** Whether single lines may be kept. */
  private boolean hasRoom() {
    return length() < most + most / 2;
  }

  /** An entry without its message may take three times the room of its line. */
  private int length() {
    return entries == null ? length : Math.max(length, entries.size() / 3);
  }

  private void boots(Chunk chunk, int at, boolean begins) {
    banner = at;
    if (begins) {
      if (length() < most) {
        keepBefore(chunk, at, nextAt, TAIL);
      }
      flush();
      bootBegan = length();
      booting = true;
    }
    wholeTo = Math.max(wholeTo, at + BOOT);
  }

  /** Goes on behind the span that ends with line {@code last}. */
  private void pass(Chunk chunk, int last, boolean keeps) {
    while (next <= last) {
      int to = chunk.end(nextAt);
      if (keeps) {
        keep(chunk, next, nextAt, to);
      }
      next++;
      nextAt = to;
    }
    keptBefore = keeps;
  }

  /** Counts span {@code i}, of which others were kept. */
  private static void drop(Chunk chunk, int i, int last, Kind kind) {
    if (kind == null || kind.seen == 0) {
      return;
    }
    chunk.counted[i] = true;
    kind.dropped++;
    kind.lastKept = false;
    kind.lastLine = last;
    kind.lastLength = chunk.to[i] - chunk.from[i];
    if (kind.lastBytes.length < kind.lastLength) {
      kind.lastBytes = new byte[kind.lastLength + kind.lastLength / 4];
    }
    System.arraycopy(chunk.bytes, chunk.from[i], kind.lastBytes, 0, kind.lastLength);
    kind.lastLines = chunk.last[i] - chunk.first[i] + 1;
    if (chunk.entries != null) {
      int entry = chunk.entries.of(chunk.last[i]);
      kind.lastEntry = chunk.entries.copy(entry, kind.lastEntry);
      kind.lastEntrySize = chunk.entries.size(entry);
    }
  }

  /** Keeps the {@code count} lines before line {@code at}, which begins at {@code begin}. */
  private void keepBefore(Chunk chunk, int at, int begin, int count) {
    int start = chunk.back(begin, count);
    int here = chunk.lines(start, begin);
    keepAll(chunk, at - here, start, begin);
    if (here < count && before != null && before != chunk) {
      int older = before.back(before.length, count - here);
      keepAll(before, at - here - before.lines(older, before.length), older, before.length);
    }
  }

  private void keepAll(Chunk chunk, int first, int begin, int end) {
    int number = first;
    for (int at = begin; at < end; number++) {
      int to = chunk.end(at);
      keep(chunk, number, at, to);
      at = to;
    }
    // What is kept is not counted, too.
    for (int i = chunk.spans - 1; i >= 0 && chunk.from[i] >= begin; i--) {
      Kind kind = chunk.counted[i] && chunk.to[i] <= end ? kinds.get(chunk.alike[i]) : null;
      if (kind != null && kind.dropped > 0) {
        kind.dropped--;
        kind.lastKept |= first + chunk.lines(begin, chunk.to[i]) - 1 == kind.lastLine;
      }
    }
  }

  private void keep(Chunk chunk, int number, int begin, int end) {
    if (chunk.entries != null) {
      int line = number - chunk.number;
      int entry = chunk.entries.of(line);
      if (lastFrom != chunk.entries || lastEntry != entry) {
        packed = chunk.entries.copy(entry, packed);
        entries.add(packed, chunk.entries.size(entry));
        lastFrom = chunk.entries;
        lastEntry = entry;
      }
      entries.addLine(entries.count() - 1, chunk.entries.begins(line));
    }
    keep(chunk.bytes, number, begin, end - begin);
  }

  private void keep(byte[] bytes, int number, int begin, int count) {
    if (kept == line.length) {
      int n = kept + (kept >> 1);
      line = Arrays.copyOf(line, n);
      from = Arrays.copyOf(from, n);
      size = Arrays.copyOf(size, n);
    }
    if (used + count > Chunk.SIZE) {
      blocks.add(new byte[Chunk.SIZE]);
      used = 0;
    }
    System.arraycopy(bytes, begin, blocks.get(blocks.size() - 1), used, count);
    line[kept] = number;
    from[kept] = (blocks.size() - 1) * Chunk.SIZE + used;
    size[kept++] = count;
    used += count;
    length += count;
  }

  /** The boot is over: the last of each kind are kept, and how many were between. */
  private void flush() {
    for (Kind kind : kinds.values()) {
      if (kind.dropped > 0) {
        int count = kind.lastKept ? kind.dropped : kind.dropped - 1;
        left.add(new Left(line[kind.kept], count, kind.lastKept ? 0 : kind.lastLine));
        if (!kind.lastKept && hasRoom()) {
          keepLast(kind);
        }
      }
    }
    kinds.clear();
  }

  private void keepLast(Kind kind) {
    if (entries != null) {
      entries.add(kind.lastEntry, kind.lastEntrySize);
      lastFrom = null;
    }
    int number = kind.lastLine - kind.lastLines + 1;
    for (int at = 0; at < kind.lastLength; number++) {
      int end = at;
      while (end < kind.lastLength && kind.lastBytes[end] != '\n') {
        end++;
      }
      end = Math.min(kind.lastLength, end + 1);
      if (entries != null) {
        entries.addLine(entries.count() - 1, at == 0);
      }
      keep(kind.lastBytes, number, at, end - at);
      at = end;
    }
  }

  // ---- the end ----------------------------------------------------------------------------------

  /** All lines are taken; what was kept of them, in their order. */
  Kept kept() {
    if (before != null) {
      keepBefore(before, next, before.length, TAIL);
    }
    flush();
    long[] order = new long[kept];
    for (int i = 0; i < kept; i++) {
      order[i] = (long) line[i] << 32 | i;
    }
    Arrays.sort(order);
    int again = 0;
    int bytesAgain = 0;
    for (int i = 1; i < kept; i++) {
      if (order[i] >>> 32 == order[i - 1] >>> 32) {
        again++;
        bytesAgain += size[(int) order[i]];
      }
    }
    int[] lineOf = new int[kept - again];
    byte[] all = new byte[length - bytesAgain];
    List<JournalEntry> records = entries == null ? null : new ArrayList<>(kept);
    JournalEntry record = null;
    int lastOf = -1;
    int lines = 0;
    int to = 0;
    for (long one : order) {
      int i = (int) one;
      if (lines == 0 || lineOf[lines - 1] != line[i]) {
        System.arraycopy(blocks.get(from[i] / Chunk.SIZE), from[i] % Chunk.SIZE, all, to, size[i]);
        to += size[i];
        if (entries != null) {
          // The lines of an entry share it.
          boolean same =
              lastOf == entries.of(i)
                  || (lines > 0 && line[i] == lineOf[lines - 1] + 1 && !entries.begins(i));
          record = same ? record : entries.get(entries.of(i));
          lastOf = entries.of(i);
          records.add(record);
        }
        lineOf[lines++] = line[i];
      }
    }
    return new Kept(all, lineOf, alike(lineOf), records);
  }

  private Transcript.Alike alike(int[] lineOf) {
    int[] count = new int[lineOf.length];
    int[] last = new int[lineOf.length];
    for (Left one : left) {
      int at = Arrays.binarySearch(lineOf, one.line());
      count[at] += one.count();
      last[at] = Math.max(last[at], one.last());
    }
    return new Transcript.Alike(count, last);
  }

  /**
   * What was kept.
   *
   * @param text whole lines
   * @param lineOf for each the 1-based line of the log
   * @param alike what was left out after each
   * @param records for each the journal entry that it is of; null when they are of none
   */
  record Kept(byte[] text, int[] lineOf, Transcript.Alike alike, List<JournalEntry> records) {}
}
