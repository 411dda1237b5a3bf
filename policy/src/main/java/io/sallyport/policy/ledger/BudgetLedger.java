package io.sallyport.policy.ledger;

import static java.util.Objects.requireNonNull;

import io.sallyport.dp.accounting.Composition;
import io.sallyport.dp.accounting.PrivacyFilter;
import io.sallyport.dp.loss.Delta;
import io.sallyport.dp.loss.Epsilon;
import io.sallyport.dp.loss.PrivacyLoss;
import io.sallyport.dp.loss.Rho;
import io.sallyport.policy.frame.Frame;
import io.sallyport.policy.frame.FrameName;
import io.sallyport.policy.frame.PolicySet;
import io.sallyport.policy.ledger.Links.Link;
import io.sallyport.policy.store.Row;
import io.sallyport.policy.store.Store;
import io.sallyport.policy.store.StoredTime;
import io.sallyport.policy.store.Transaction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was spent. Safe for threads, and for several servers on one database.
 *
 * <p>Guarantees: a charge is durable before {@link #charge} returns; however many charge at once,
 * no account ever goes beyond its budget; a charge is made once, whatever happens to the server;
 * none is ever taken back; and no change of a policy makes an account forget, because charges
 * remember frames and where their rows are beside the names of accounts, and which names follow
 * each other is remembered for every version of the policies. Windows slide: a charge counts while
 * it is younger than the window of the budget of now.
 *
 * <p>Every method throws {@link io.sallyport.policy.audit.StoreUnavailableException} when the store
 * does not answer, and {@link IllegalArgumentException} when a frame or the budget of its unit
 * space does not exist.
 */
public final class BudgetLedger {
  private static final int SCALE = 60;
  private static final String SUMS =
      "COALESCE(SUM(pure), 0) AS pure, COALESCE(SUM(rho), 0) AS rho,"
          + " COALESCE(SUM(pure_as_rho), 0) AS pure_as_rho, COALESCE(SUM(delta), 0) AS delta";

  private final Store store;
  private final InstantSource clock;

  /** The ledger in this store. */
  public BudgetLedger(Store store, InstantSource clock) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Charges every account that the frames concern, or none.
   *
   * @throws IllegalArgumentException when the operation was charged before with other content
   */
  public ChargeOutcome charge(Charge charge, PolicySet policies) {
    return store.inTransaction(
        transaction -> {
          Links links = takeUp(transaction, policies, Map.of()).links();
          Accounts concerned = new Accounts(policies, links, charge.frames());
          List<Account> accounts = concerned.all(charge.principal());
          Set<String> subjects = concerned.subjects(charge.principal());
          lock(transaction, accounts, subjects);
          Instant now = now();
          if (isCharged(transaction, charge)) {
            return new ChargeOutcome.Charged(balances(transaction, accounts, now));
          }
          List<Balance> before = balances(transaction, accounts, now);
          Optional<Balance> exhausted = exhausted(before, charge);
          if (exhausted.isPresent()) {
            return new ChargeOutcome.Exhausted(exhausted.get());
          }
          write(transaction, charge, subjects, now);
          return new ChargeOutcome.Charged(balances(transaction, accounts, now));
        });
  }

  /** What {@link #charge} would say now; nothing is charged. */
  public ChargeOutcome quote(Charge charge, PolicySet policies) {
    List<Balance> balances = balances(charge.principal(), charge.frames(), policies);
    return exhausted(balances, charge)
        .<ChargeOutcome>map(ChargeOutcome.Exhausted::new)
        .orElseGet(() -> new ChargeOutcome.Charged(balances));
  }

  /** How the accounts stand that a question of this principal about these frames would concern. */
  public List<Balance> balances(
      String principal, Collection<FrameName> frames, PolicySet policies) {
    return store.inTransaction(
        transaction -> {
          Links links = Links.read(transaction);
          List<Link> unused = links.with(Links.of(policies, Map.of())); // written by a charge
          List<Account> accounts = new Accounts(policies, links, frames).all(principal);
          return balances(transaction, accounts, now());
        });
  }

  /**
   * What each principal's questions took from the budgets of these unit spaces, the largest first.
   * Depends on past charges only.
   */
  public List<AnalystSpending> spending(Collection<String> spaces, PolicySet policies) {
    return store.inTransaction(
        transaction -> {
          Links links = Links.read(transaction);
          List<Link> unused = links.with(Links.of(policies, Map.of())); // written by a charge
          List<AnalystSpending> all = new ArrayList<>();
          for (String space : new TreeSet<>(spaces)) {
            Account account = new Accounts(policies, links, List.of()).ofSpace(space);
            all.addAll(spending(transaction, space, account, now()));
          }
          return all;
        });
  }

  private static List<AnalystSpending> spending(
      Transaction transaction, String space, Account account, Instant now) throws SQLException {
    List<Object> arguments = new ArrayList<>(new TreeSet<>(account.subjects()));
    return transaction.query(
        row ->
            new AnalystSpending(
                row.text("principal"),
                space,
                row.number("questions"),
                composition(row),
                row.time("last")),
        "SELECT principal, COUNT(*) AS questions, MAX(charged_at) AS last, "
            + SUMS
            + charges(account, now, arguments)
            + " GROUP BY principal ORDER BY SUM(pure_as_rho) + SUM(rho) DESC, principal",
        arguments.toArray());
  }

  /**
   * Remembers which names frames, unit spaces and places have in these policies: whoever renames
   * one after the other has spent what was spent. To be called whenever policies come into force.
   *
   * @param paths further names of the places of frames' rows, as paths or URIs
   * @return what is carried over from names that these policies give up, for owners
   */
  public List<CarriedOver> takeUp(
      PolicySet policies, Map<FrameName, ? extends Collection<String>> paths) {
    return store.inTransaction(
        transaction -> {
          OldSubjects.respell(transaction);
          Taken taken = takeUp(transaction, policies, paths);
          Set<String> renamed = new TreeSet<>();
          taken.fresh().forEach(link -> renamed.add(link.frame()));
          List<CarriedOver> carried = new ArrayList<>();
          for (Frame frame : policies.frames()) {
            if (renamed.contains(frame.name().value())
                && policies.budgets().spaces().containsKey(frame.facts().unitSpace())) {
              carriedOver(transaction, frame, policies, taken).ifPresent(carried::add);
            }
          }
          return carried;
        });
  }

  private record Taken(Links links, List<Link> fresh) {}

  private static Taken takeUp(
      Transaction transaction,
      PolicySet policies,
      Map<FrameName, ? extends Collection<String>> paths)
      throws SQLException {
    Links links = Links.read(transaction);
    List<Link> fresh = links.with(Links.of(policies, paths));
    Links.write(transaction, fresh, policies.version());
    return new Taken(links, fresh);
  }

  private Optional<CarriedOver> carriedOver(
      Transaction transaction, Frame frame, PolicySet policies, Taken taken) throws SQLException {
    List<Account> accounts = new Accounts(policies, taken.links(), List.of(frame.name())).shared();
    Set<String> charged = new TreeSet<>();
    for (Account account : accounts) {
      charged.addAll(charged(transaction, account));
    }
    return CarriedOver.of(frame, charged, policies, balances(transaction, accounts, now()));
  }

  /** Which of the account's subjects were charged, but for those of single principals. */
  private static List<String> charged(Transaction transaction, Account account)
      throws SQLException {
    List<Object> subjects = new ArrayList<>(new TreeSet<>(account.subjects()));
    return transaction.query(
        row -> row.text("subject"),
        "SELECT DISTINCT subject FROM budget_subject WHERE subject IN (" + places(subjects) + ")",
        subjects.toArray());
  }

  private static String places(List<?> arguments) {
    return String.join(", ", Collections.nCopies(arguments.size(), "?"));
  }

  /** The one that has the least left of those that lack the price: no other advice would help. */
  private static Optional<Balance> exhausted(List<Balance> balances, Charge charge) {
    return balances.stream()
        .filter(balance -> !admits(balance, charge))
        .min(Comparator.comparing(Balance::leftEpsilon));
  }

  private static boolean admits(Balance balance, Charge charge) {
    PrivacyFilter filter = balance.filter();
    for (PrivacyLoss loss : charge.losses()) {
      if (!(filter.admit(loss) instanceof PrivacyFilter.Admitted admitted)) {
        return false;
      }
      filter = admitted.next();
    }
    return true;
  }

  /**
   * Whoever shares a subject waits; in the order of their names, so that nobody waits in a ring.
   */
  private static void lock(Transaction transaction, List<Account> accounts, Set<String> written)
      throws SQLException {
    Set<String> subjects = new TreeSet<>(written);
    accounts.forEach(account -> subjects.addAll(account.subjects()));
    for (String subject : subjects) {
      if (!isLocked(transaction, subject)) {
        transaction.update(
            "INSERT INTO budget_lock (subject) VALUES (?) ON CONFLICT DO NOTHING", subject);
        isLocked(transaction, subject);
      }
    }
  }

  private static boolean isLocked(Transaction transaction, String subject) throws SQLException {
    return transaction
        .first(
            row -> row.text("subject"),
            "SELECT subject FROM budget_lock WHERE subject = ? FOR UPDATE",
            subject)
        .isPresent();
  }

  private static boolean isCharged(Transaction transaction, Charge charge) throws SQLException {
    Optional<String> content =
        transaction.first(
            row -> row.text("content"),
            "SELECT content FROM budget_charge WHERE operation = ?",
            charge.operation());
    if (content.isPresent() && !content.get().equals(ChargeContent.hash(charge))) {
      throw new IllegalArgumentException(
          "The operation " + charge.operation() + " was charged before, with other content");
    }
    return content.isPresent();
  }

  private static List<Balance> balances(
      Transaction transaction, List<Account> accounts, Instant now) throws SQLException {
    List<Balance> balances = new ArrayList<>();
    for (Account account : accounts) {
      balances.add(new Balance(account.name(), account.budget(), spent(transaction, account, now)));
    }
    return balances;
  }

  /** Charges from the future count too: a clock that goes back frees nothing. */
  private static Composition spent(Transaction transaction, Account account, Instant now)
      throws SQLException {
    List<Object> arguments = new ArrayList<>(new TreeSet<>(account.subjects()));
    String sql = "SELECT " + SUMS + charges(account, now, arguments);
    return transaction.first(BudgetLedger::composition, sql, arguments.toArray()).orElseThrow();
  }

  /** The account's charges of its window; {@code arguments} are its subjects and get the rest. */
  private static String charges(Account account, Instant now, List<Object> arguments) {
    String sql =
        " FROM budget_charge WHERE operation IN"
            + " (SELECT operation FROM budget_subject WHERE subject IN ("
            + places(arguments)
            + "))";
    if (account.budget().window().isEmpty()) {
      return sql;
    }
    arguments.add(now.minus(account.budget().window().get()));
    return sql + " AND charged_at > ?";
  }

  private static Composition composition(Row row) throws SQLException {
    return new Composition(
        new Epsilon(row.decimal("pure")),
        new Rho(row.decimal("rho")),
        new Rho(row.decimal("pure_as_rho")),
        new Delta(row.decimal("delta")));
  }

  private static void write(
      Transaction transaction, Charge charge, Set<String> subjects, Instant now)
      throws SQLException {
    Composition total = charge.total();
    transaction.update(
        "INSERT INTO budget_charge (operation, content, principal, plan_hash, charged_at, pure, rho,"
            + " pure_as_rho, delta) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        charge.operation(),
        ChargeContent.hash(charge),
        charge.principal(),
        charge.planHash(),
        now,
        stored(total.pure().value()),
        stored(total.rho().value()),
        stored(total.pureAsRho().value()),
        stored(total.delta().value()));
    for (String subject : subjects) {
      transaction.update(
          "INSERT INTO budget_subject (subject, operation) VALUES (?, ?)",
          subject,
          charge.operation());
    }
  }

  /** Rounded up: what is remembered is never less than what was spent. */
  private static BigDecimal stored(BigDecimal exact) {
    return exact.setScale(SCALE, RoundingMode.CEILING);
  }

  private Instant now() {
    return StoredTime.toMicros(clock.instant());
  }
}
