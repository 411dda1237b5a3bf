package io.sallyport.spark.weather;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Starts a server, lets it work, kills it, inspects what remains, and so on, always over the same
 * directory. Every other kill is at a failure point, in turn; the others are at random times, some
 * of them while the server is still starting.
 */
final class KillLoop implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(KillLoop.class.getName());

  private final Path directory;
  private final Random random;
  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private final Map<String, Integer> kills = new TreeMap<>();
  private Life next;
  private int lives;

  KillLoop(Path directory, long seed) throws IOException {
    this.directory = directory;
    this.random = new Random(seed);
    this.next = prepare();
  }

  /** All that was acknowledged in all lives. */
  List<Acknowledged> acknowledged() {
    return acknowledged;
  }

  /** How often the server was killed where. */
  Map<String, Integer> kills() {
    return kills;
  }

  /** One life, until it is killed, and what violations there are afterwards. */
  List<String> once() throws IOException, InterruptedException {
    Life life = next;
    life.begin(questions());
    next = prepare(); // meanwhile: a Spark takes seconds to start
    String where;
    if (life.point().isPresent()) {
      where = life.awaitStop() ? life.point().get().name() : "missed";
    } else if (!acknowledged.isEmpty() && random.nextInt(4) == 0) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(6_000));
      where = "starting";
    } else {
      life.awaitWork(Acknowledged.Kind.TOLD);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
      where = "working";
    }
    return end(life, where);
  }

  /** A life that goes on until it has done each of these, so that there is no doubt it can. */
  List<String> calm(List<Acknowledged.Kind> all) throws IOException, InterruptedException {
    Life life = next;
    life.begin(questions());
    next = prepare();
    for (Acknowledged.Kind kind : all) {
      life.awaitWork(kind);
    }
    return end(life, "calm");
  }

  private List<String> end(Life life, String where) throws IOException, InterruptedException {
    acknowledged.addAll(life.kill());
    kills.merge(where, 1, Integer::sum);
    Remains remains = Remains.of(directory);
    List<String> violations = Inspection.violations(remains, acknowledged);
    LOG.log(
        System.Logger.Level.INFO,
        "Killed {0}: {1}; {2} requests, {3} steps, {4} files swept, {5} violations",
        life,
        where,
        remains.requests().size(),
        acknowledged.size(),
        remains.swept(),
        violations.size());
    return violations;
  }

  /** Only half of the lives is stopped at a point; each point has its turn. */
  private Life prepare() throws IOException {
    int number = lives++;
    FailurePoint[] points = FailurePoint.values();
    return Life.prepare(
        directory,
        "life" + number,
        random.nextLong(),
        number % 2 == 1 ? Optional.of(points[number / 2 % points.length]) : Optional.empty(),
        random.nextInt(3));
  }

  /** One question of each analyst in each life is new at least, and the last ones are repeated. */
  private int questions() {
    return 4 * kills.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public void close() {
    next.destroy();
  }
}
