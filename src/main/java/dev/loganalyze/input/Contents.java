package dev.loganalyze.input;

import java.util.List;

/**
 * What an input holds: one log, itself; or the logs of the archive that it is.
 *
 * @param name what is printed for the input
 * @param archive whether it is an archive; then the path of each log begins with {@code name!/}
 * @param logs those of an archive in the order of their names
 * @param failures what of it could not be read and so is not among the logs; a log of which only
 *     the first part could be read is among them, with {@link Source#damage()}
 */
public record Contents(
    String name, boolean archive, List<Source> logs, List<InputException> failures) {}
