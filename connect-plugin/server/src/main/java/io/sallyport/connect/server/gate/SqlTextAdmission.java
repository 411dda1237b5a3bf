package io.sallyport.connect.server.gate;

import io.sallyport.connect.server.proto.TextAdmission;
import io.sallyport.spark.admission.AdmitText;

/** Hands SQL that a request carries as text to the station that parses it. */
final class SqlTextAdmission implements TextAdmission {

  @Override
  public void expression(String text) {
    AdmitText.expression(text);
  }

  @Override
  public void query(String text) {
    AdmitText.query(text);
  }
}
