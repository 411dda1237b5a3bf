/**
 * Requests to the engine interface enter; calls to Google's differential-privacy library leave. The
 * guarantees are that library's, in floating point, and a request it cannot honour is refused
 * before any data. Nothing here ever silently answers with another engine.
 */
package io.sallyport.dp.google;
