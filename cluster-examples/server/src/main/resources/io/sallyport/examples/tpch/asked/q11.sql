-- title: Important stock
-- changed: a window for the total that the scalar subquery gives
SELECT ps_partkey, value
FROM (
  SELECT ps_partkey, value, sum(value) OVER () AS total
  FROM (
    SELECT ps_partkey, sum(ps_supplycost * ps_availqty) AS value
    FROM partsupp JOIN supplier ON ps_suppkey = s_suppkey JOIN nation ON s_nationkey = n_nationkey
    WHERE n_name = 'GERMANY'
    GROUP BY ps_partkey))
WHERE value > total * 0.0001
ORDER BY value DESC
