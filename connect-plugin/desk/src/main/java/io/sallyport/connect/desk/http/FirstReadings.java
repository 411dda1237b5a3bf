package io.sallyport.connect.desk.http;

import io.sallyport.connect.desk.DeskService;
import io.sallyport.connect.desk.page.Viewer;
import java.util.Map;

/**
 * Has every reading of a result on record before it is shown: once for each request, person and
 * session. Remembers a bounded number; what is forgotten is recorded once more. Safe for threads.
 */
final class FirstReadings {
  private static final int REMEMBERED = 20_000;

  private final DeskService service;
  private final Map<String, Boolean> known = new LastUsed<>(REMEMBERED);

  FirstReadings(DeskService service) {
    this.service = service;
  }

  /** The viewer is about to read; when this returns, that is on record. */
  void reads(Viewer viewer, String request) {
    String key = Sessions.hash(viewer.csrf()) + " " + viewer.person().name() + " " + request;
    synchronized (known) {
      if (known.get(key) != null) {
        return;
      }
    }
    service.reads(viewer.person(), request);
    synchronized (known) {
      known.put(key, true);
    }
  }
}
