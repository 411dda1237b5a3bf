package io.sallyport.connect.server.plugin;

/** A Spark conf with which Sallyport does not let the driver start. Names the line to change. */
final class RefusedToStart extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedToStart(String problem) {
    super("Sallyport does not start. " + problem);
  }
}
