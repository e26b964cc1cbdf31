package dev.loganalyze.bench;

import java.util.List;

/**
 * One entry of a journal.
 *
 * @param realtime microseconds since 1970
 * @param monotonic microseconds since the boot began
 * @param ident who speaks, such as {@code sshd}; empty when nobody says
 * @param pid its process, or 0
 * @param fields all other fields but the boot's id, each as {@code NAME=value}
 */
record Message(
    long realtime, long monotonic, String ident, int pid, String text, List<String> fields) {
  Message at(long time, long clock) {
    return new Message(time, clock, ident, pid, text, fields);
  }
}
