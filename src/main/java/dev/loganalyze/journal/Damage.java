package dev.loganalyze.journal;

/**
 * What could not be read of a journal, for one reason.
 *
 * @param entriesLost how many entries are missing; 0 when only fields are, or when all could be
 *     read in spite of the damage
 * @param fieldsLost how many fields are missing in entries that were read
 * @param reason what is wrong, with the first place (byte offset or 1-based line); no full stop
 */
public record Damage(long entriesLost, long fieldsLost, String reason) {
  /** One clause for the user: how much is missing, and why. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (entriesLost > 0) {
      text.append(entriesLost).append(entriesLost == 1 ? " entry" : " entries").append(" lost, ");
    }
    if (fieldsLost > 0) {
      text.append(fieldsLost).append(fieldsLost == 1 ? " field" : " fields").append(" lost, ");
    }
    return text.append(reason).toString();
  }
}
