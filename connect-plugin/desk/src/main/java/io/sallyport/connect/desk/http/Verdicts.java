package io.sallyport.connect.desk.http;

import io.sallyport.connect.desk.DeskRefusal;
import io.sallyport.connect.desk.DeskService;
import io.sallyport.connect.desk.page.Verdict;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.request.ApprovalRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The verdicts of a queue. Reading one costs the stored result, which never changes, so that what
 * was read is remembered, for the newest of them. Safe for threads.
 */
final class Verdicts {
  private static final int REMEMBERED = 2_000;

  private final DeskService service;
  private final OneReading reading;
  private final Map<String, Verdict> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Verdict> eldest) {
              return size() > REMEMBERED;
            }
          });

  Verdicts(DeskService service, OneReading reading) {
    this.service = service;
    this.reading = reading;
  }

  /** The verdict of a request that this person decides on. */
  Verdict of(Principal person, ApprovalRequest request, PolicySet policies) {
    String key = request.artifactId() + " " + request.key().termsVersion() + policies.version();
    Verdict before = known.get(key);
    if (before != null) {
      return before;
    }
    try {
      Verdict verdict =
          Verdict.of(reading.alone(() -> service.file(person, request.id(), 0, 0)), policies);
      known.put(key, verdict);
      return verdict;
    } catch (DeskRefusal e) {
      return new Verdict(e.getMessage(), true);
    }
  }
}
