package dev.loganalyze.cli;

import dev.loganalyze.diagnosis.Run;
import dev.loganalyze.report.Report;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes a report to a file, whole or not at all. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Writes {@code report} of {@code runs} to {@code file}, through a file beside it that takes its
   * place when all is written. A device such as {@code /dev/null} is written to as it is.
   *
   * @throws CommandException when it cannot be written
   */
  static void write(Report report, List<Run> runs, Path file) {
    write(out -> report.write(runs, out), file);
  }

  /** Writes {@code content} to {@code file}, likewise. */
  static void write(byte[] content, Path file) {
    write(out -> out.write(content), file);
  }

  /** Something that writes bytes. */
  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private static void write(Content content, Path file) {
    Path target = file.toAbsolutePath();
    Path partial = null;
    try {
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
          content.write(out);
        }
        return;
      }
      // Not createTempFile, whose files nobody else may read.
      partial =
          target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid());
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
        content.write(out);
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      partial = null;
    } catch (IOException e) {
      throw new CommandException(
          file + ": could not be written (" + reason(e) + "); choose another file or free space");
    } finally {
      delete(partial);
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "its folder does not exist"
        : e instanceof java.nio.file.AccessDeniedException
            ? "permission denied"
            : String.valueOf(e.getMessage());
  }

  private static void delete(Path partial) {
    if (partial != null) {
      try {
        Files.deleteIfExists(partial);
      } catch (IOException e) {
        // The report is lost either way, and that has been said.
      }
    }
  }
}
