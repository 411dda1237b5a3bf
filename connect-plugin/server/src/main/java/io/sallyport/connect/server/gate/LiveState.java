package io.sallyport.connect.server.gate;

import java.util.Set;

/** What Spark Connect itself holds open at this moment: sessions expire and operations end. */
interface LiveState {

  /** The ids of open sessions. */
  Set<String> sessions();

  /** The ids of operations that have not ended. */
  Set<String> operations();
}
