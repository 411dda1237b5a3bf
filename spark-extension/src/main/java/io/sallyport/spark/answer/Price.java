package io.sallyport.spark.answer;

import io.sallyport.dp.accounting.Composition;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.PrivacyLoss;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** What a release costs, for people to read. The ledger keeps the exact losses. */
record Price(Composition total) {

  private static final MathContext DIGITS = new MathContext(4, RoundingMode.UP);

  static Price of(List<PrivacyLoss> losses) {
    Composition total = Composition.EMPTY;
    for (PrivacyLoss loss : losses) {
      total = total.plus(loss);
    }
    return new Price(total);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    if (!total.pure().isZero()) {
      text.append("epsilon ").append(total.pure().value().round(DIGITS).toPlainString());
    }
    if (!total.rho().isZero()) {
      text.append(text.length() == 0 ? "" : ", ");
      text.append("rho ").append(total.rho().value().round(DIGITS).toPlainString());
    }
    if (total.delta().compareTo(Delta.ZERO) > 0) {
      text.append(", delta ").append(total.delta().value().round(DIGITS).toString());
    }
    return text.toString();
  }
}
