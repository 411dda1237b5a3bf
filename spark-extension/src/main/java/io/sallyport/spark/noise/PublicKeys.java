package io.sallyport.spark.noise;

import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * All the groups that there can be, where that is public. Each is answered, also when nobody is in
 * it, so that which groups there are says nothing and costs nothing.
 */
sealed interface PublicKeys permits DeclaredKeys, KeyTable {

  /** More groups than these are never shown for being public. */
  long MOST = 100_000;

  /** How many groups there are at most, where plan and policy alone tell. */
  OptionalLong atMost();

  /** Whether a row that is somebody's is in one of the groups. */
  Expression contain(List<Expression> keys);

  /** What an analyst should know of them. */
  String inWords();
}
