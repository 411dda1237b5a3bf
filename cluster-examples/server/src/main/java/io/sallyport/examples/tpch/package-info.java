/**
 * TPC-H under noise. Enters: the generated tables, with customers as the people, and the 22 queries
 * as they are and as an analyst asks them. Leaves: what becomes of each, what it costs and how near
 * it comes. Never: a policy that knows a query.
 */
package io.sallyport.examples.tpch;
