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
    // Procedures and explanations are the command plugin's affair, and only there are they done.
    if (AdmitText.call(text).isEmpty()) {
      AdmitText.query(AdmitText.explained(text).orElse(text));
    }
  }
}
