-- title: Global sales opportunity
-- changed: an anti join by customer for NOT EXISTS; the average is a release of its own, below
-- keys: 1
-- groups: 1
-- rows: 1
SELECT cntrycode, count(*) AS numcust, sum(c_acctbal) AS totacctbal
FROM (
  SELECT substring(c_phone, 1, 2) AS cntrycode, c_acctbal
  FROM customer
    LEFT ANTI JOIN orders ON o_custkey = c_custkey
    CROSS JOIN (
      SELECT avg(c_acctbal) AS usual FROM customer
      WHERE c_acctbal > 0.00
        AND substring(c_phone, 1, 2) IN ('13', '31', '23', '29', '30', '18', '17'))
  WHERE substring(c_phone, 1, 2) IN ('13', '31', '23', '29', '30', '18', '17')
    AND c_acctbal > usual) AS custsale
GROUP BY cntrycode
ORDER BY cntrycode
