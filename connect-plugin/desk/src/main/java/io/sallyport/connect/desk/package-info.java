/**
 * The owners' desk: a web application for owners and reviewers. Enters: a browser's requests, and
 * through {@link io.sallyport.connect.desk.DeskService} what a governed server knows. Leaves:
 * pages, and decisions that the service makes. Never: decides anything itself, shows anything that
 * the service does not give to that person, or serves an analyst.
 */
package io.sallyport.connect.desk;
