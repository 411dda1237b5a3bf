-- title: Parts and suppliers
-- changed: an anti join for NOT IN, contains and startswith for LIKE
SELECT p_brand, p_type, p_size, count(DISTINCT ps_suppkey) AS supplier_cnt
FROM partsupp JOIN part ON p_partkey = ps_partkey
  LEFT ANTI JOIN (
    SELECT s_suppkey FROM supplier
    WHERE contains(s_comment, 'Customer') AND contains(s_comment, 'Complaints'))
  ON ps_suppkey = s_suppkey
WHERE p_brand <> 'Brand#45' AND NOT startswith(p_type, 'MEDIUM POLISHED')
  AND p_size IN (49, 14, 23, 45, 19, 3, 36, 9)
GROUP BY p_brand, p_type, p_size
ORDER BY supplier_cnt DESC, p_brand, p_type, p_size
