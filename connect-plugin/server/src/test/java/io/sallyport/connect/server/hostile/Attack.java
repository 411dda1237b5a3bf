package io.sallyport.connect.server.hostile;

import java.util.function.Function;

/**
 * One thing that an analyst may try.
 *
 * @param id of the catalogue of attacks; {@code 14.} stands before a row of the table
 * @param what is sent
 * @param isRecorded whether it is to be on record as the attacker's
 * @param run does it
 */
record Attack(String id, String what, boolean isRecorded, Function<HostileServer, Result> run) {

  static Attack of(String id, String what, Function<HostileServer, Result> run) {
    return new Attack(id, what, true, run);
  }

  /** The same where no question is asked, nothing refused, or nobody known. */
  Attack unrecorded() {
    return new Attack(id, what, false, run);
  }
}
