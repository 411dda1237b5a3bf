/** One hostile analyst against a server in a JVM of its own, with a small heap. */
package io.sallyport.connect.server.hostile;
