-- title: Product type profit
-- changed: joins by customer, contains for LIKE, year() for extract, bounds for the public cost
-- keys: 2
-- groups: 4
-- rows: 1
SELECT nation, o_year, sum(amount) AS sum_profit
FROM (
  SELECT n_name AS nation, year(o_orderdate) AS o_year,
    l_extendedprice * (1 - l_discount) - least(greatest(ps_supplycost, 0), 1000) * l_quantity
      AS amount
  FROM orders JOIN lineitem ON l_custkey = o_custkey AND l_orderkey = o_orderkey
    JOIN part ON p_partkey = l_partkey JOIN supplier ON s_suppkey = l_suppkey
    JOIN partsupp ON ps_suppkey = l_suppkey AND ps_partkey = l_partkey
    JOIN nation ON s_nationkey = n_nationkey
  WHERE contains(p_name, 'green')) AS profit
GROUP BY nation, o_year
ORDER BY nation, o_year DESC
