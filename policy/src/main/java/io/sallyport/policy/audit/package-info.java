/**
 * The record of every question. Enters: who asked what, and what became of it. Leaves: a chain of
 * lines that shows every change. Never: holds rows or tokens.
 */
package io.sallyport.policy.audit;
