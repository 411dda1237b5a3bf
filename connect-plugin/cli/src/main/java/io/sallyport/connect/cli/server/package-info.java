/**
 * The server as the owner's program sees it. SQL and a token from a file enter; rows as text leave.
 * It never sends a token without TLS and never prints one.
 */
package io.sallyport.connect.cli.server;
