/**
 * The owner's program for a terminal. Arguments enter; pages to read, decisions to the server and
 * an exit code leave. It never holds more rights than the owner's token and never decides by
 * itself.
 */
package io.sallyport.connect.cli;
