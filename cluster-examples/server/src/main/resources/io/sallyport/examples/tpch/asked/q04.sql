-- title: Order priority checking
-- changed: a semi join by customer and order for EXISTS, dates instead of intervals
-- keys: 1
-- groups: 2
-- rows: 2
SELECT o_orderpriority, count(*) AS order_count
FROM orders LEFT SEMI JOIN lineitem
  ON l_custkey = o_custkey AND l_orderkey = o_orderkey AND l_commitdate < l_receiptdate
WHERE o_orderdate >= date '1993-07-01' AND o_orderdate < date '1993-10-01'
GROUP BY o_orderpriority
ORDER BY o_orderpriority
