-- title: Large volume customer
-- changed: how many large orders and their price, by year, instead of which and whose
-- keys: 1
-- groups: 2
-- rows: 1
SELECT year(o_orderdate) AS o_year, count(*) AS large_orders, sum(o_totalprice) AS price
FROM orders JOIN (
  SELECT l_custkey, l_orderkey
  FROM lineitem
  GROUP BY l_custkey, l_orderkey
  HAVING sum(l_quantity) > 300)
ON l_custkey = o_custkey AND l_orderkey = o_orderkey
GROUP BY year(o_orderdate)
ORDER BY o_year
