-- title: Minimum cost supplier
-- changed: endswith for LIKE, a window for the correlated minimum
SELECT s_acctbal, s_name, n_name, p_partkey, p_mfgr, s_address, s_phone, s_comment
FROM (
  SELECT *, rank() OVER (PARTITION BY p_partkey ORDER BY ps_supplycost) AS dearer
  FROM part JOIN partsupp ON p_partkey = ps_partkey JOIN supplier ON s_suppkey = ps_suppkey
    JOIN nation ON s_nationkey = n_nationkey JOIN region ON n_regionkey = r_regionkey
  WHERE p_size = 15 AND endswith(p_type, 'BRASS') AND r_name = 'EUROPE')
WHERE dearer = 1
ORDER BY s_acctbal DESC, n_name, s_name, p_partkey
LIMIT 100
