package io.sallyport.connect.server.gate;

import java.util.Optional;

/** A session that Spark Connect holds for a principal, as far as the gate has to do with it. */
interface OpenSession {

  /** By which clients tell whether the server's side of a session was replaced. */
  String serverSideId();

  /** The session's own value of a configuration key. */
  Optional<String> conf(String key);

  void setConf(String key, String value);

  void unsetConf(String key);
}
