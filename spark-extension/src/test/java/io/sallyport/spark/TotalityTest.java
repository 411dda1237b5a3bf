package io.sallyport.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spark.admission.AdmittedExpressions;
import io.sallyport.spark.admission.AdmittedOperators;
import io.sallyport.spark.admission.FunctionTable;
import io.sallyport.spark.certificate.CertificateChecker;
import io.sallyport.spark.label.LabelFlows;
import io.sallyport.spark.scala.Scala;
import io.sallyport.spark.seal.SealedFrame;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * Every operator, expression and function of this Spark is either admitted or on a reviewed list of
 * those that are not. A class that a later Spark adds is on neither, and fails here.
 */
final class TotalityTest {

  private static final List<Class<?>> JARS = List.of(LogicalPlan.class, SparkSession.class);

  @Test
  void everyOperator_isAdmittedOrReviewedAsRefused() {
    Set<String> refused = SparkClasses.concrete(LogicalPlan.class, JARS);
    Set<String> admitted = SparkClasses.names(AdmittedOperators.analysed());
    admitted.remove(SealedFrame.class.getName());
    assertThat(refused).containsAll(admitted).hasSizeGreaterThan(200);
    refused.removeAll(admitted);
    assertThat(refused).isEqualTo(SparkClasses.reviewed("refused-operators.txt", refused));
  }

  @Test
  void everyExpression_isAdmittedOrReviewedAsRefused() {
    Set<String> refused = SparkClasses.concrete(Expression.class, JARS);
    Set<String> admitted = SparkClasses.names(AdmittedExpressions.analysed());
    assertThat(refused).containsAll(admitted).hasSizeGreaterThan(500);
    refused.removeAll(admitted);
    assertThat(refused).isEqualTo(SparkClasses.reviewed("refused-expressions.txt", refused));
  }

  @Test
  void everyFunction_isAdmittedOrReviewedAsRefused() {
    Set<String> refused = new TreeSet<>();
    for (FunctionIdentifier function :
        Scala.<FunctionIdentifier>list(FunctionRegistry.builtin().listFunction())) {
      refused.add(function.funcName().toLowerCase(Locale.ROOT));
    }
    assertThat(refused).hasSizeGreaterThan(500);
    refused.removeIf(FunctionTable::admits);
    assertThat(refused).isEqualTo(SparkClasses.reviewed("refused-functions.txt", refused));
  }

  @Test
  void everyAdmittedOperator_hasAFlow_andNoOther() {
    assertThat(LabelFlows.operators()).isEqualTo(AdmittedOperators.analysed());
  }

  /** Else what labels let through would be rejected only when it is asked. */
  @Test
  void everyOperatorThatKeepsPeopleApart_canBeCertified() {
    Set<Class<?>> picksAmongPeople =
        Set.of(
            GlobalLimit.class,
            LocalLimit.class,
            Offset.class,
            Distinct.class,
            Deduplicate.class,
            Sample.class);
    Set<Class<?>> keepsApart = new HashSet<>(AdmittedOperators.analysed());
    keepsApart.removeAll(picksAmongPeople);

    assertThat(CertificateChecker.operators()).containsAll(keepsApart);
    assertThat(CertificateChecker.operators()).doesNotContainAnyElementsOf(picksAmongPeople);
  }
}
