/**
 * The database behind everything that must survive a restart. Enters: work in transactions. Leaves:
 * what was committed, or a clear error within seconds. Never: tells who may do what.
 */
package io.sallyport.policy.store;
