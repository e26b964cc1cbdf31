package dev.loganalyze.fleet;

import dev.loganalyze.input.Packed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The logs of a fleet's day, made of those in sample-logs: other hosts, other kernels, slower and
 * faster, some cut off. Always the same ones.
 */
final class VariedLogs {
  private static final Pattern STAMP = Pattern.compile("(?m)^\\[ *(\\d{1,5}\\.\\d{6})\\]");

  private final Random random;
  private final List<Path> samples;

  /**
   * @param seed another gives other logs
   * @param without samples whose names begin so are left out
   */
  VariedLogs(long seed, List<String> without) throws IOException {
    random = new Random(seed);
    try (Stream<Path> files = Files.list(Path.of("sample-logs"))) {
      samples =
          files
              .filter(file -> file.toString().endsWith(".log"))
              .filter(file -> without.stream().noneMatch(file.getFileName().toString()::startsWith))
              .sorted()
              .toList();
    }
  }

  /** Writes {@code args[1]} logs into the folder {@code args[0]}. */
  public static void main(String[] args) throws IOException {
    new VariedLogs(1, List.of()).write(Path.of(args[0]), Integer.parseInt(args[1]));
  }

  /** Writes so many logs into {@code folder}; a tenth of them are compressed. */
  void write(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      String name = name(i);
      switch (i % 20) {
        case 7 -> Files.write(folder.resolve(name + ".gz"), gzip(log(i)));
        case 13 -> Files.write(folder.resolve(name + ".zst"), Packed.zstd(log(i)));
        default -> Files.write(folder.resolve(name), log(i));
      }
    }
  }

  /** Members of an archive: so many logs, in folders of ten. */
  Map<String, byte[]> members(int count) throws IOException {
    Map<String, byte[]> members = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      members.put(i / 10 + "/" + name(i), log(i));
    }
    return members;
  }

  private String name(int i) {
    return String.format(Locale.ROOT, "%04d-", i) + samples.get(i % samples.size()).getFileName();
  }

  /** A variation of the {@code i}th sample. */
  byte[] log(int i) throws IOException {
    byte[] sample = Files.readAllBytes(samples.get(i % samples.size()));
    double pace = 0.8 + random.nextDouble();
    String log =
        new String(sample, StandardCharsets.ISO_8859_1)
            .replace("debvm", String.format(Locale.ROOT, "vm%03d", random.nextInt(1000)))
            .replace("6.1.0-56-cloud", "6.1.0-" + (54 + random.nextInt(3)) + "-cloud");
    log =
        STAMP
            .matcher(log)
            .replaceAll(
                stamp ->
                    String.format(
                        Locale.ROOT, "[%12.6f]", pace * Double.parseDouble(stamp.group(1))));
    byte[] bytes = log.getBytes(StandardCharsets.ISO_8859_1);
    return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
