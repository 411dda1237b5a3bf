package io.sallyport.policy.audit;

import static java.util.Objects.requireNonNull;

/**
 * A record in its place in the chain.
 *
 * @param sequence 1 for the first record, one more for each after it
 * @param record what was recorded
 * @param previousHash the hash of the entry before it
 * @param hash the SHA-256 of sequence, previous hash and record
 */
public record AuditEntry(long sequence, AuditRecord record, String previousHash, String hash) {
  public AuditEntry {
    requireNonNull(record, "record");
    requireNonNull(previousHash, "previousHash");
    requireNonNull(hash, "hash");
  }
}
