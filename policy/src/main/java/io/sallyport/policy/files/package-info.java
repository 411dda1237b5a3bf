/**
 * Files that are one server's alone. Enters: a path. Leaves: a file or folder there that nobody but
 * its owner can read. Never: makes one that others could read for a moment.
 */
package io.sallyport.policy.files;
