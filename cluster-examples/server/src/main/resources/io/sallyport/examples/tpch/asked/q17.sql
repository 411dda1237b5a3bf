-- title: Small-quantity-order revenue
-- changed: one noisy average of all such parts, a release of its own, instead of one for each part
-- keys: 0
-- groups: 1
-- rows: 1
SELECT sum(l_extendedprice) / 7.0 AS avg_yearly
FROM lineitem JOIN part ON p_partkey = l_partkey
  CROSS JOIN (
    SELECT avg(l_quantity) AS usual
    FROM lineitem JOIN part ON p_partkey = l_partkey
    WHERE p_brand = 'Brand#23' AND p_container = 'MED BOX')
WHERE p_brand = 'Brand#23' AND p_container = 'MED BOX' AND l_quantity < 0.2 * usual
