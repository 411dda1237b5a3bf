package io.sallyport.policy.ledger;

import io.sallyport.policy.frame.Budget;
import java.util.Set;

/**
 * One budget and what counts against it.
 *
 * @param name in words
 * @param budget how much there is
 * @param subjects every charge about one of these counts: also under the names that frames and
 *     spaces had before, because charges remember frames and the places of their rows too
 */
record Account(String name, Budget budget, Set<String> subjects) {
  Account {
    subjects = Set.copyOf(subjects);
  }
}
