/** What operators see of a server: logs, health, numbers, files; in good weather and in bad. */
package io.sallyport.connect.server.operating;
