package io.sallyport.spark.answer;

import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.AnalystSpending;
import io.sallyport.policy.ledger.Balance;
import io.sallyport.policy.principal.Principal;
import io.sallyport.policy.request.ApprovalRequest;
import io.sallyport.policy.request.RequestFilter;
import io.sallyport.spark.Asking;
import io.sallyport.spark.RefusedException;
import io.sallyport.spark.artifact.ArtifactContent;
import io.sallyport.spark.scala.Scala;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Hex;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What people read before they decide: requests, results, budgets. Changes nothing. */
public final class Review {

  private static final int NEWEST = 1_000;

  private final DurableState durable;
  private final OwnerDesk desk;
  private final Supplier<PolicySet> policies;
  private final Stored stored;
  private final GivenAnswers given;

  public Review(DurableState durable, OwnerDesk desk, Supplier<PolicySet> policies) {
    this.durable = durable;
    this.desk = desk;
    this.policies = policies;
    this.stored = new Stored(durable);
    this.given = new GivenAnswers(durable);
  }

  /** The newest requests on which a person decides, the newest first. */
  public List<ApprovalRequest> requests(Principal person) {
    return durable.at(() -> durable.desk().list(RequestFilter.newest(NEWEST))).stream()
        .filter(request -> OwnerDesk.isEntitled(request, person))
        .toList();
  }

  /**
   * A request with its result.
   *
   * @param first the first row that is wanted, from 0
   * @param most how many rows
   * @throws RefusedException when there is none of this id for the one who asks to decide on
   */
  public ReviewFile file(Asking asking, String id, int first, int most) {
    Principal reader = asking.principal();
    ApprovalRequest request = desk.find(asking, id);
    if (!OwnerDesk.isEntitled(request, reader)) {
      throw OwnerDesk.unknown();
    }
    try {
      ArtifactContent content = stored.read(request.artifactId(), request.resultHash());
      OwnerDesk.requireRows(content);
      return file(request, content, first, most, reader);
    } catch (RefusedException e) {
      return new ReviewFile(
          request,
          "",
          Optional.of(e.refusal().subject()),
          List.of(),
          List.of(),
          0,
          given.before(request, policies, reader));
    }
  }

  private ReviewFile file(
      ApprovalRequest request, ArtifactContent content, int first, int most, Principal reader) {
    int from = Math.min(first, content.rows().size());
    int to = (int) Math.min(content.rows().size(), (long) from + most);
    List<List<String>> rows = new ArrayList<>();
    List<Expression> texts = new ArrayList<>();
    for (int i = 0; i < content.schema().length(); i++) {
      texts.add(text(i, content.schema().fields()[i].dataType()));
    }
    content.rows().subList(from, to).forEach(row -> rows.add(texts(row, texts)));
    return new ReviewFile(
        request,
        content.evidenceJson(),
        Optional.empty(),
        Arrays.asList(content.schema().fieldNames()),
        rows,
        content.rows().size(),
        given.before(request, policies, reader));
  }

  private static Expression text(int column, DataType type) {
    BoundReference value = new BoundReference(column, type, true);
    return type instanceof BinaryType
        ? new Hex(value)
        : new Cast(
            value,
            DataTypes.StringType,
            Scala.some("UTC"),
            org.apache.spark.sql.catalyst.expressions.EvalMode$.MODULE$.LEGACY());
  }

  private static List<String> texts(InternalRow row, List<Expression> texts) {
    List<String> values = new ArrayList<>();
    texts.forEach(
        text -> {
          Object value = text.eval(row);
          values.add(value == null ? null : value.toString());
        });
    return values;
  }

  /** How the budgets of the unit spaces stand on whose frames a person decides. */
  public List<Balance> balances(Principal person) {
    TreeMap<String, Balance> accounts = new TreeMap<>();
    PolicySet now = policies.get();
    for (String space : now.budgets().spaces().keySet()) {
      List<Frame> frames =
          now.frames().stream().filter(frame -> frame.facts().unitSpace().equals(space)).toList();
      if (frames.stream().anyMatch(frame -> frame.mayBeDecidedBy(person))) {
        List<FrameName> names = frames.stream().map(Frame::name).toList();
        durable.at(() -> durable.ledger().balances(person.name(), names, now)).stream()
            .filter(balance -> !balance.account().startsWith(person.name() + " in "))
            .forEach(balance -> accounts.put(balance.account(), balance));
      }
    }
    return List.copyOf(accounts.values());
  }

  /** What each analyst's questions took of them. */
  public List<AnalystSpending> spending(Principal person) {
    return BudgetTable.spending(durable, policies.get(), person);
  }
}
