/**
 * Whether some linear combination of numbers rests on few people: the vectors of people, an
 * aggregate function of Spark that keeps as many as that needs, and the search among them. Knows
 * neither policies nor plans.
 */
package io.sallyport.spark.relation;
