package dev.loganalyze.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loganalyze.fault.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The record of a run, written as it happens, so that a run that was killed leaves all that was
 * known of it. {@code harness.log} is written as the harness of the pre-nixos image writes it, and
 * {@code metadata.json} and the ledger beside the folder have its names.
 */
public final class RunFolder implements AutoCloseable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** One line a run, beside the folders of the runs. */
  private static final String LEDGER = "vm-run-ledger.jsonl";

  private final Path folder;
  private final OutputStream harness;
  private final ObjectNode metadata = JSON.createObjectNode();
  private int diagnostics;

  private RunFolder(Path folder) throws IOException {
    this.folder = folder;
    this.harness = Files.newOutputStream(folder.resolve("harness.log"));
  }

  /**
   * Makes the folder.
   *
   * @throws RunnerException when it holds something already, or cannot be made
   */
  public static RunFolder make(Path folder) throws RunnerException {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new RunnerException(
              folder
                  + ": this folder is not empty, and a run is written into one of its own; "
                  + "name another with --into");
        }
      }
      return new RunFolder(folder);
    } catch (IOException e) {
      throw new RunnerException(
          folder
              + ": cannot be written to ("
              + Reason.of(e)
              + "); name another folder with --into");
    }
  }

  public Path path() {
    return folder;
  }

  /** Where what shows how something went is kept. */
  Path diagnostics() throws IOException {
    return Files.createDirectories(folder.resolve("diagnostics"));
  }

  /** {@code time} as the record writes it. */
  static String time(Instant time) {
    return TIME.format(time);
  }

  /** Writes a line of the harness's log. */
  synchronized void say(String sentence) {
    String line = "[" + time(Instant.now()) + "] " + sentence.replaceAll("\\s*\\R\\s*", " ") + "\n";
    try {
      harness.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A full disk must not end the machine; what is lost, the console's own record shows.
    }
  }

  /** What {@code metadata.json} holds once {@link #save} was called. */
  ObjectNode metadata() {
    return metadata;
  }

  /** Writes {@code metadata.json}, whole. */
  synchronized void save() throws IOException {
    metadata.put("generated_at", time(Instant.now()));
    Path partial = folder.resolve(".metadata.json");
    Files.write(
        partial, (JSON.writeValueAsString(metadata) + "\n").getBytes(StandardCharsets.UTF_8));
    Files.move(partial, folder.resolve("metadata.json"), StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Keeps what shows how something went, under {@code diagnostics/}.
   *
   * @param label what it is, for a person
   * @param suffix of the file's name
   */
  void diagnostic(String label, byte[] content, String suffix) throws IOException {
    String slug = label.replaceAll("[^A-Za-z0-9@]+", "-").replaceAll("^-|-$", "");
    String name =
        String.format(
            Locale.ROOT,
            "%02d-%s%s",
            ++diagnostics,
            slug.substring(0, Math.min(60, slug.length())),
            suffix);
    Files.write(diagnostics().resolve(name), content);
    artifacts().addObject().put("label", label).put("path", "diagnostics/" + name);
    say("Saved " + label + " to diagnostics/" + name);
  }

  private ArrayNode artifacts() {
    return metadata
        .withObject("/diagnostics")
        .put("directory", "diagnostics")
        .withArray("artifacts");
  }

  /** Keeps the machine's journal. */
  void journal(byte[] export) throws IOException {
    Files.write(Files.createDirectories(folder.resolve("journal")).resolve("boot.export"), export);
    say("Saved the journal of this boot to journal/boot.export");
  }

  /** Appends the run to the ledger. */
  void ledger() throws IOException {
    ObjectNode line = JSON.createObjectNode();
    for (String key :
        new String[] {
          "artifact",
          "diagnostics",
          "failure",
          "image",
          "outcome",
          "qemu",
          "run",
          "ssh",
          "timeouts",
          "timings"
        }) {
      if (metadata.has(key)) {
        line.set(
            key,
            key.equals("diagnostics") ? metadata.path(key).path("artifacts") : metadata.get(key));
      }
    }
    String here = folder.toAbsolutePath().normalize().getFileName() + "/";
    line.put("harness_log", here + "harness.log");
    line.put("metadata", here + "metadata.json");
    line.put("serial_log", here + "serial.log");
    line.put("timestamp", time(Instant.now()));
    Files.write(
        folder.toAbsolutePath().normalize().resolveSibling(LEDGER),
        (line + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Closes the record; nothing that is empty is left in it. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> kept = Files.list(diagnostics())) {
      if (kept.findAny().isEmpty()) {
        Files.delete(diagnostics());
      }
    }
    harness.close();
  }
}
