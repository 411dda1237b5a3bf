-- title: Suppliers who kept orders waiting
-- changed: by nation of the supplier; windows over each customer's orders for EXISTS
-- keys: 1
-- groups: 2
-- rows: 1
SELECT n_name, count(*) AS numwait
FROM (
  SELECT l_custkey, l_orderkey, l_suppkey, l_receiptdate > l_commitdate AS late,
    min(l_suppkey) OVER (PARTITION BY l_custkey, l_orderkey) AS first_supplier,
    max(l_suppkey) OVER (PARTITION BY l_custkey, l_orderkey) AS last_supplier,
    min(CASE WHEN l_receiptdate > l_commitdate THEN l_suppkey END)
      OVER (PARTITION BY l_custkey, l_orderkey) AS first_late,
    max(CASE WHEN l_receiptdate > l_commitdate THEN l_suppkey END)
      OVER (PARTITION BY l_custkey, l_orderkey) AS last_late
  FROM lineitem)
JOIN orders ON o_custkey = l_custkey AND o_orderkey = l_orderkey
JOIN supplier ON s_suppkey = l_suppkey JOIN nation ON s_nationkey = n_nationkey
WHERE late AND o_orderstatus = 'F' AND first_supplier <> last_supplier AND first_late = last_late
GROUP BY n_name
ORDER BY numwait DESC, n_name
