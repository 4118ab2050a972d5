// en = "Cases isolated later than so many days after onset (else sample), or never."
// vi = "Ca bệnh được cách ly muộn hơn bấy nhiêu ngày sau khởi phát (hoặc lấy mẫu), hoặc chưa cách ly."
// times = ["began", "isolated"]
//
// [parameters.days]
// type = "number"
// example = 2
// default = 2
// en = "days after onset"
// vi = "số ngày sau khởi phát"

MATCH (p:Person)-[:HAS_CASE]->(c:Case)
OPTIONAL MATCH (p)-[:ISOLATED]->(i:Isolation)
WITH p, c, min(i.start) AS other
WITH p, c, coalesce(c.onset, c.sample, c.confirmed) AS began,
  CASE WHEN c.isolated IS NULL OR other < c.isolated THEN other ELSE c.isolated END AS isolated
WHERE began IS NOT NULL AND (isolated IS NULL OR isolated - began > $days * 86400)
RETURN p.person AS person, c.case_code AS case_code, began, isolated,
  round((isolated - began) / 86400.0, 2) AS days_late
ORDER BY isolated IS NULL DESC, days_late DESC, person
