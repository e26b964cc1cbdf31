package dev.loganalyze.fault;

import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written. */
public final class Reason {
  private Reason() {}

  /**
   * The reason that {@code fault} tells, in a few words without the name of the file: that in its
   * message may be of another, which nobody asked for. It may hold characters that steer a
   * terminal.
   */
  public static String of(Exception fault) {
    Throwable cause = fault instanceof UncheckedIOException ? fault.getCause() : fault;
    if (cause instanceof NoSuchFileException) {
      return "it is not there";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof FileSystemLoopException) {
      return "its links go in a circle";
    }
    if (cause instanceof NotDirectoryException || cause instanceof FileAlreadyExistsException) {
      return "it is no folder";
    }
    if (cause instanceof CharacterCodingException) {
      return "it is not UTF-8; save it as UTF-8";
    }
    String said = cause instanceof FileSystemException f ? f.getReason() : cause.getMessage();
    return said == null ? cause.getClass().getSimpleName() : said;
  }
}
