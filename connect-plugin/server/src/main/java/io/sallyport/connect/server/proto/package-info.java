/**
 * Proto admission and rewrite: the first thing that happens to what a client sends.
 *
 * <p>A protobuf request of any shape enters. The same request leaves, every message type, field and
 * value of it on a list, its tables and SQL texts turned into our own extension relations and its
 * root into a release. Nothing here resolves a name, parses SQL, reads governed data, or hands a
 * client's type string, class name or memory offset to Spark.
 */
package io.sallyport.connect.server.proto;
