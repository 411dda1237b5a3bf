/**
 * The generated hospital. Enters: a folder and a number of people. Leaves: Parquet files and a
 * small database, the same ones every time. Never: data about anybody who exists.
 */
package io.sallyport.examples.hospital;
