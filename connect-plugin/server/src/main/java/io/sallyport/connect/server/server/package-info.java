/**
 * Our own Spark Connect server. Enters: a Spark conf, by SparkSubmit. Leaves: a listening endpoint
 * with TLS and both doors around Spark's service. Never: listens before every part was seen to be
 * in force, nor in plain text where others than this machine can reach it.
 */
package io.sallyport.connect.server.server;
