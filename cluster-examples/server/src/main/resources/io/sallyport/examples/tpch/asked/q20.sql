-- title: Potential part promotion
-- changed: what nations' suppliers shipped beside what they have, instead of which supplier has too much
-- keys: 2
-- groups: 1
-- rows: 1
SELECT n_name, available, shipped, available > 0.5 * shipped AS too_much
FROM (
  SELECT s_nationkey AS nation, sum(l_quantity) AS shipped
  FROM lineitem JOIN part ON p_partkey = l_partkey JOIN supplier ON s_suppkey = l_suppkey
  WHERE startswith(p_name, 'forest') AND l_shipdate >= date '1994-01-01'
    AND l_shipdate < date '1995-01-01'
  GROUP BY s_nationkey)
JOIN (
  SELECT s_nationkey AS nation_of, sum(ps_availqty) AS available
  FROM partsupp JOIN part ON p_partkey = ps_partkey JOIN supplier ON s_suppkey = ps_suppkey
  WHERE startswith(p_name, 'forest')
  GROUP BY s_nationkey)
ON nation = nation_of JOIN nation ON n_nationkey = nation
ORDER BY n_name
