package io.sallyport.connect.server.hostile;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.sallyport.connect.server.Frames;
import io.sallyport.connect.server.GovernedServer;
import io.sallyport.connect.server.RawClient;
import io.sallyport.connect.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The server as operators start it, with a heap of 1 GiB, and a look into its JVM from outside. */
final class HostileServer implements AutoCloseable {

  private static final String MAIN = "io.sallyport.connect.server.server.SallyportServer";
  private static final String LISTENS = "Sallyport is listening on sc://";
  private static final Pattern PORT = Pattern.compile(LISTENS + "127\\.0\\.0\\.1:(\\d+)");

  private final GovernedServer people;
  private final Path directory;
  private final ServerProcess process;
  private final int port;
  private final JMXConnector jmx;

  private HostileServer(
      GovernedServer people, Path directory, ServerProcess process, int port, JMXConnector jmx) {
    this.people = people;
    this.directory = directory;
    this.process = process;
    this.port = port;
    this.jmx = jmx;
  }

  /** Over the tables of the tests' own server, with more lines of conf. */
  static HostileServer start(GovernedServer people, Path directory, Map<String, String> more) {
    ServerProcess process = ServerProcess.submit(MAIN, conf(people, directory, more), directory);
    try {
      Matcher line = PORT.matcher(process.awaitOutput(LISTENS));
      if (!line.find()) {
        throw new AssertionError("The server says no port");
      }
      return new HostileServer(
          people, directory, process, Integer.parseInt(line.group(1)), attached(process.pid()));
    } catch (InterruptedException e) {
      process.close();
      Thread.currentThread().interrupt();
      throw new AssertionError("The start was interrupted", e);
    } catch (AssertionError e) {
      process.close();
      throw e;
    }
  }

  private static Map<String, String> conf(
      GovernedServer people, Path directory, Map<String, String> more) {
    Map<String, String> conf = new TreeMap<>(Frames.settings(people.directory()));
    conf.remove("spark.sallyport.public");
    conf.put("spark.connect.grpc.binding.port", "0");
    conf.put("spark.hadoop.fs.s3a.secret.key", GovernedServer.SECRET);
    conf.put("spark.sallyport.store", directory.resolve("store").toString());
    conf.put(
        "spark.sallyport.principals", people.directory().resolve("principals.yaml").toString());
    conf.put("spark.sallyport.limit.recorded-per-minute", "100000");
    conf.putAll(more);
    return conf;
  }

  @SuppressWarnings("BanJNDI") // the address is what this machine's own JVM said
  private static JMXConnector attached(long pid) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      } finally {
        machine.detach();
      }
    } catch (IOException | AttachNotSupportedException e) {
      throw new AssertionError("The server's JVM lets nobody look", e);
    }
  }

  /** A client of hand-made messages, with the principal's token. */
  RawClient raw(String principal) {
    return people.raw(principal, port);
  }

  int port() {
    return port;
  }

  /** Bytes of the heap that are in use after a full collection. */
  long heap() {
    try {
      MemoryMXBean memory =
          ManagementFactory.newPlatformMXBeanProxy(
              jvm(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
      memory.gc();
      return memory.getHeapMemoryUsage().getUsed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many threads have a name that starts like this. */
  long threads(String start) {
    try {
      ThreadMXBean threads =
          ManagementFactory.newPlatformMXBeanProxy(
              jvm(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
      return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
          .filter(Objects::nonNull)
          .map(ThreadInfo::getThreadName)
          .filter(name -> name.startsWith(start))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many objects of a class there are after a full collection. */
  long objects(String className) {
    try {
      String histogram =
          (String)
              jvm()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
      Matcher line =
          Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +" + Pattern.quote(className) + "( |$)")
              .matcher(histogram);
      return line.find() ? Long.parseLong(line.group(1)) : 0;
    } catch (IOException | JMException e) {
      throw new AssertionError("The server's JVM lets nobody look", e);
    }
  }

  private MBeanServerConnection jvm() throws IOException {
    return jmx.getMBeanServerConnection();
  }

  /** The lines of the audit file. */
  List<String> audit() {
    try {
      return Files.readAllLines(directory.resolve("store/audit/audit.jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String log() {
    return process.output();
  }

  @Override
  public void close() {
    try {
      jmx.close();
    } catch (IOException e) {
      // The JVM may be gone, which is what the test is about.
    }
    process.close();
  }
}
