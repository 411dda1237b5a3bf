package io.sallyport.connect.server.server;

import io.sallyport.connect.server.gate.UnreadableRequest;
import java.io.InputStream;
import org.sparkproject.connect.grpc.MethodDescriptor;
import org.sparkproject.connect.grpc.MethodDescriptor.PrototypeMarshaller;
import org.sparkproject.connect.grpc.ServerMethodDefinition;
import org.sparkproject.connect.grpc.ServerServiceDefinition;
import org.sparkproject.connect.grpc.ServiceDescriptor;
import org.sparkproject.connect.grpc.StatusRuntimeException;
import org.sparkproject.connect.protobuf.Message;

/** A service whose requests all reach the gate, those as well that gRPC cannot read. */
final class ReadableRequests {

  private ReadableRequests() {}

  /**
   * The same service; an {@link UnreadableRequest} stands for what cannot be read.
   *
   * @throws IllegalStateException if a method's requests are no protobuf messages
   */
  static ServerServiceDefinition of(ServerServiceDefinition service) {
    ServiceDescriptor before = service.getServiceDescriptor();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(before.getName())
            .setSchemaDescriptor(before.getSchemaDescriptor());
    var methods = service.getMethods().stream().map(ReadableRequests::readable).toList();
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder readable = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(readable::addMethod);
    return readable.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> readable(ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> before = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        before.toBuilder(reading(before), before.getResponseMarshaller()).build(),
        method.getServerCallHandler());
  }

  @SuppressWarnings("unchecked") // The message that stands for others is of the method's own type.
  private static <Q> MethodDescriptor.Marshaller<Q> reading(MethodDescriptor<Q, ?> method) {
    if (method.getRequestMarshaller() instanceof PrototypeMarshaller<Q> marshaller
        && marshaller.getMessagePrototype() instanceof Message prototype) {
      return new Reading<>(marshaller, (Q) UnreadableRequest.like(prototype));
    }
    throw new IllegalStateException("What " + method.getFullMethodName() + " is sent is unknown");
  }

  private record Reading<Q>(MethodDescriptor.Marshaller<Q> marshaller, Q unreadable)
      implements MethodDescriptor.Marshaller<Q> {

    @Override
    public InputStream stream(Q value) {
      return marshaller.stream(value);
    }

    @Override
    public Q parse(InputStream stream) {
      try {
        return marshaller.parse(stream);
      } catch (StatusRuntimeException | StackOverflowError e) {
        return unreadable;
      }
    }
  }
}
