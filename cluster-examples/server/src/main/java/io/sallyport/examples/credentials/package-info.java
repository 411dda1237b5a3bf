/**
 * Credentials for trying Sallyport. Enters: a folder and names with roles. Leaves: a self-signed
 * certificate, random tokens and the file of principals that recognises them. Never: a secret that
 * others than the user who runs it can read.
 */
package io.sallyport.examples.credentials;
