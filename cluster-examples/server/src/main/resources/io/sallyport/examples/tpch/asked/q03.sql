-- title: Shipping priority
-- changed: by month instead of by order, which is one customer's; joins by customer
-- keys: 1
-- groups: 4
-- rows: 4
SELECT trunc(o_orderdate, 'MM') AS month, sum(l_extendedprice * (1 - l_discount)) AS revenue
FROM customer JOIN orders ON c_custkey = o_custkey
  JOIN lineitem ON l_custkey = c_custkey AND l_orderkey = o_orderkey
WHERE c_mktsegment = 'BUILDING' AND o_orderdate < date '1995-03-15'
  AND l_shipdate > date '1995-03-15'
GROUP BY trunc(o_orderdate, 'MM')
ORDER BY revenue DESC, month
LIMIT 10
