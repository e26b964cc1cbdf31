package dev.loganalyze.transcript;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.loganalyze.resource.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/**
 * A chunk record: when each piece of a console arrived at the program that recorded it.
 *
 * <p>Either tab-separated ({@code seconds offset length}, with a {@code # host_start_utc} line), or
 * JSON lines ({@code [offset, length, seconds]}, with a first object that has {@code start_epoch}).
 * Seconds count from the start, offsets are bytes of the raw console log.
 */
public final class Chunks {
  /** When a byte arrived of which nobody says. */
  public static final long UNKNOWN = -1;

  private static final double MICROS = 1e6;

  private long start;
  private long[] offsets = new long[1024];
  private long[] micros = new long[1024];
  private long[] earliest = new long[1024];
  private int size;

  private Chunks() {}

  /** The record in {@code bytes}; lines that are none are passed over. */
  public static Chunks of(byte[] bytes) {
    Chunks chunks = new Chunks();
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      if (line.startsWith("#")) {
        chunks.header(line);
      } else if (line.startsWith("[") || line.startsWith("{")) {
        chunks.json(line);
      } else {
        chunks.row(line);
      }
    }
    return chunks;
  }

  /**
   * The record of these chunks, in order.
   *
   * @param chunks of each the offset, when it was read, and since when it may have waited for that;
   *     microseconds since 1970 UTC or {@link #UNKNOWN}
   */
  public static Chunks of(List<long[]> chunks) {
    Chunks record = new Chunks();
    for (long[] chunk : chunks) {
      record.put(chunk[0], chunk[1], chunk[2]);
    }
    return record;
  }

  private void header(String line) {
    int tab = line.indexOf('\t');
    if (line.startsWith("# host_start_utc") && tab > 0) {
      try {
        start =
            ChronoUnit.MICROS.between(
                Instant.EPOCH, Instant.parse(line.substring(tab + 1).strip()));
      } catch (DateTimeParseException e) {
        start = 0;
      }
    }
  }

  private void json(String line) {
    JsonNode node;
    try {
      node = Json.read(line);
    } catch (JsonProcessingException e) {
      return;
    }
    if (node.isObject()) {
      start = Math.round(node.path("start_epoch").asDouble() * MICROS);
    } else if (node.size() >= 3) {
      add(node.get(0).asLong(), node.get(2).asDouble());
    }
  }

  private void row(String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length >= 3) {
      try {
        add(Long.parseLong(cells[1]), Double.parseDouble(cells[0]));
      } catch (NumberFormatException e) {
        // The line with the names of the columns, or a torn one.
      }
    }
  }

  /** Offsets only grow; one that does not is of another recording. */
  private void add(long offset, double seconds) {
    long time = start + Math.round(seconds * MICROS);
    put(offset, time, time);
  }

  private void put(long offset, long time, long since) {
    if (size > 0 && offset < offsets[size - 1]) {
      return;
    }
    if (size > 0 && offset == offsets[size - 1]) {
      // An empty chunk stands before the bytes that arrived there.
      size--;
    }
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * size);
      micros = Arrays.copyOf(micros, 2 * size);
      earliest = Arrays.copyOf(earliest, 2 * size);
    }
    offsets[size] = offset;
    earliest[size] = since;
    micros[size++] = time;
  }

  /** Whether it tells of no chunk. */
  public boolean isEmpty() {
    return size == 0;
  }

  /**
   * When byte {@code offset} of the console log arrived: microseconds since 1970 UTC, or since the
   * recording began where the record does not say when that was; or {@link #UNKNOWN}. A byte before
   * the first chunk arrived with it.
   */
  public long at(int offset) {
    return micros[chunk(offset)];
  }

  /**
   * Since when byte {@code offset} may have waited to be read, on the clock of {@link #at}: a
   * recorder that was at its place says the same there.
   */
  public long earliest(int offset) {
    return earliest[chunk(offset)];
  }

  private int chunk(int offset) {
    int chunk = Arrays.binarySearch(offsets, 0, size, offset);
    return Math.max(0, chunk >= 0 ? chunk : -chunk - 2);
  }
}
