package io.sallyport.connect.server.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has a place, and who gives it up. */
class ConnectionsTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private int ports = 1000;

  @Test
  void addressesOfOneNetwork_areCountedTogether() {
    Connections connections = new Connections(2, 10, LONG);
    Connection first = from("2001:db8:1:2::1");
    Connection second = from("2001:db8:1:2:ffff:ffff:ffff:ffff");
    assertThat(connections.admit(first)).isTrue();
    assertThat(connections.admit(second)).isTrue();
    connections.isKnown(first.ends());
    connections.isKnown(second.ends());

    assertThat(connections.admit(from("2001:db8:1:2:3:4:5:6"))).isFalse();
    assertThat(connections.admit(from("2001:db8:1:3::1"))).isTrue();
  }

  @Test
  void fullNetwork_givesTheNewcomer_thePlaceOfItsOldestStranger() {
    Connections connections = new Connections(2, 10, LONG);
    Line known = line("10.0.0.1");
    Line stranger = line("10.0.0.1");
    assertThat(connections.admit(known.connection())).isTrue();
    assertThat(connections.admit(stranger.connection())).isTrue();
    connections.isKnown(known.connection().ends());

    assertThat(connections.admit(from("10.0.0.1"))).isTrue();
    assertThat(known.isOpen()).isTrue();
    assertThat(stranger.isOpen()).isFalse();
    assertThat(connections.size()).isEqualTo(2);
  }

  @Test
  void fullServer_takesTheOldestStranger_ofTheNetworkThatHasMost() {
    Connections connections = new Connections(3, 4, LONG);
    Line alone = line("10.0.0.1");
    assertThat(connections.admit(alone.connection())).isTrue();
    List<Line> many = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Line one = line("10.0.0.2");
      assertThat(connections.admit(one.connection())).isTrue();
      many.add(one);
    }

    assertThat(connections.admit(from("10.0.0.3"))).isTrue();
    assertThat(alone.isOpen()).isTrue();
    assertThat(many.stream().map(Line::isOpen)).containsExactly(false, true, true);
  }

  @Test
  void fullServer_ofKnownPeople_hasNoPlace_untilOneGoes() {
    Connections connections = new Connections(2, 2, LONG);
    Line one = line("10.0.0.1");
    Line other = line("10.0.0.2");
    for (Line line : List.of(one, other)) {
      assertThat(connections.admit(line.connection())).isTrue();
      connections.isKnown(line.connection().ends());
    }

    assertThat(connections.admit(from("10.0.0.3"))).isFalse();
    assertThat(one.channel().close().isSuccess()).isTrue();
    assertThat(connections.admit(from("10.0.0.3"))).isTrue();
  }

  @Test
  void stranger_isClosed_whenItsTimeIsOver_andWhoIsKnownIsNot() {
    Connections connections = new Connections(2, 2, Duration.ZERO);
    Line known = line("10.0.0.1");
    Line stranger = line("10.0.0.1");
    assertThat(connections.admit(known.connection())).isTrue();
    assertThat(connections.admit(stranger.connection())).isTrue();
    connections.isKnown(known.connection().ends());
    stranger.connection().close(); // its channel is closed here and now; the sweep does the same

    assertThat(stranger.isOpen()).isFalse();
    connections.sweep();
    assertThat(known.isOpen()).isTrue();
    assertThat(connections.size()).isEqualTo(1);
  }

  private Connection from(String address) {
    return line(address).connection();
  }

  private Line line(String address) {
    try {
      Channel channel = new Channel(new InetSocketAddress(InetAddress.getByName(address), ports++));
      return new Line(channel, Connection.of(channel).orElseThrow());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private record Line(Channel channel, Connection connection) {

    boolean isOpen() {
      channel.runPendingTasks();
      return channel.isOpen();
    }
  }

  /** Comes from where it is told. */
  private static final class Channel extends EmbeddedChannel {

    private final SocketAddress peer;

    Channel(SocketAddress peer) {
      this.peer = peer;
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return peer;
    }
  }
}
