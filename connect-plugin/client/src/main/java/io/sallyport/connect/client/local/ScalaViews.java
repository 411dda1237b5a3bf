package io.sallyport.connect.client.local;

import java.util.List;
import java.util.Optional;
import scala.Option;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** The only place here that touches Scala's collections. */
final class ScalaViews {

  private ScalaViews() {}

  static <T> List<T> list(Seq<T> seq) {
    return List.copyOf(CollectionConverters.asJava(seq));
  }

  static <T> Optional<T> optional(Option<T> option) {
    return OptionConverters.toJava(option);
  }
}
