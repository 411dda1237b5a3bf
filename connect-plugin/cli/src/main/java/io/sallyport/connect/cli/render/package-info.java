/**
 * What an owner reads. Texts of servers, analysts and data enter; lines for a terminal leave. It
 * never lets a text steer the terminal or pass as a line of ours.
 */
package io.sallyport.connect.cli.render;
