-- title: Returned items
-- changed: by nation instead of by customer; joins by customer, dates instead of intervals
-- keys: 1
-- groups: 1
-- rows: 3
SELECT n_name, sum(l_extendedprice * (1 - l_discount)) AS revenue
FROM customer JOIN orders ON c_custkey = o_custkey
  JOIN lineitem ON l_custkey = c_custkey AND l_orderkey = o_orderkey
  JOIN nation ON c_nationkey = n_nationkey
WHERE o_orderdate >= date '1993-10-01' AND o_orderdate < date '1994-01-01' AND l_returnflag = 'R'
GROUP BY n_name
ORDER BY revenue DESC
LIMIT 20
