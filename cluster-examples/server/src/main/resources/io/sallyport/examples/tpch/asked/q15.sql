-- title: Top supplier
-- changed: by nation of the supplier, whose customers are many; ORDER BY and LIMIT for the maximum
-- keys: 1
-- groups: 2
-- rows: 2
SELECT n_name, sum(l_extendedprice * (1 - l_discount)) AS total_revenue
FROM lineitem JOIN supplier ON s_suppkey = l_suppkey JOIN nation ON s_nationkey = n_nationkey
WHERE l_shipdate >= date '1996-01-01' AND l_shipdate < date '1996-04-01'
GROUP BY n_name
ORDER BY total_revenue DESC
LIMIT 1
