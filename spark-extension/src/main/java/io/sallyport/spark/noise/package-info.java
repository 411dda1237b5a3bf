/**
 * Noise. A release point whose rows are each one person's enters, with the owner's caps; what is
 * asked of the data, with every person's contribution bounded, and how much noise each number gets
 * leave, and after the chamber has counted, the noisy rows. Everything but the last step is known
 * before any data are read. It never reads governed rows itself.
 */
package io.sallyport.spark.noise;
