package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.fault.Reason;
import dev.loganalyze.report.Printable;
import dev.loganalyze.report.Report;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes a report to a file, whole or not at all. */
final class WholeFile {
  /** So long another process may take to change a file; milliseconds. */
  private static final int PATIENCE = 10_000;

  private static final int TICK = 20;

  private WholeFile() {}

  /**
   * Writes {@code report} of {@code runs} to {@code file}, through a file beside it that takes its
   * place when all is written. A link is followed, and a device such as {@code /dev/null} written
   * to as it is.
   *
   * @throws CommandException when it cannot be written
   */
  static void write(Report report, List<Run> runs, Path file) {
    write(out -> report.write(runs, out), file);
  }

  /**
   * Makes {@code folder}, and those above it, where they are not there.
   *
   * @throws CommandException when it cannot be made
   */
  static void folder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CommandException(folder + ": this folder could not be made: " + Reason.of(e));
    }
  }

  /** Writes {@code content} to {@code file}, as {@link #write(Report, List, Path)} does. */
  static void write(byte[] content, Path file) {
    write(out -> out.write(content), file);
  }

  /**
   * Writes to {@code file} what {@code change} makes of the text in it, which is empty where there
   * is no file yet. Other processes that change it meanwhile wait, so that none undoes what another
   * did.
   *
   * @throws CommandException when it cannot be read or written
   */
  static void change(Path file, UnaryOperator<String> change) {
    try (PartialFile next = locked(target(file))) {
      String before = Files.exists(file) ? read(file) : "";
      byte[] after = change.apply(before).getBytes(StandardCharsets.UTF_8);
      write(out -> out.write(after), next);
    } catch (FileAlreadyExistsException e) {
      throw new CommandException(
          Printable.text(file.toString())
              + ": another loganalyze has been changing it for "
              + PATIENCE / 1000
              + " s; if none runs, delete "
              + e.getFile());
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * The text in {@code file}.
   *
   * @throws CommandException when it cannot be read, or is not UTF-8
   */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** What is said of a file that could not be read. */
  static CommandException unreadable(String file, IOException e) {
    return new CommandException(Printable.text(file) + ": could not be read: " + Reason.of(e));
  }

  /** Something that writes bytes. */
  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private static void write(Content content, Path file) {
    try {
      Path target = target(file);
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
          content.write(out);
        }
        return;
      }
      try (PartialFile partial = PartialFile.beside(target)) {
        write(content, partial);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void write(Content content, PartialFile partial) throws IOException {
    try (OutputStream out = partial.out()) {
      content.write(out);
    }
    partial.replace();
  }

  private static PartialFile locked(Path target) throws IOException {
    for (int waited = 0; ; waited += TICK) {
      try {
        return PartialFile.lock(target);
      } catch (FileAlreadyExistsException e) {
        if (waited >= PATIENCE) {
          throw e;
        }
        try {
          Thread.sleep(TICK);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }

  /** What {@code file} links to, where that is a file: only it is replaced, and never the link. */
  private static Path target(Path file) throws IOException {
    return Files.isRegularFile(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  private static CommandException unwritable(Path file, IOException e) {
    return new CommandException(
        Printable.text(file.toString())
            + ": could not be written ("
            + reason(e)
            + "); choose another file or free space");
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException ? "its folder does not exist" : Reason.of(e);
  }
}
