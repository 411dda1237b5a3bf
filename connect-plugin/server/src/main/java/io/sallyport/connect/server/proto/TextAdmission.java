package io.sallyport.connect.server.proto;

/**
 * Whoever judges SQL that a request carries as text. It is called once for each text, in the order
 * of the walk, before anything of the request reaches Spark; it throws to refuse.
 */
public interface TextAdmission {

  /**
   * A text that Spark would parse as an expression.
   *
   * @throws io.sallyport.spark.RefusedException when the expression is not admitted
   */
  void expression(String text);

  /**
   * A text that Spark would parse as a query.
   *
   * @throws io.sallyport.spark.RefusedException when the query is not admitted
   */
  void query(String text);
}
