/**
 * What an owner should think about again. Enters: policies that are in order. Leaves: sentences.
 * Never: keeps anything from coming into force, or reads data.
 */
package io.sallyport.policy.advice;
