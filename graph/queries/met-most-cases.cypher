// en = "People, no cases themselves, who met the most different cases."
// vi = "Những người chưa là ca bệnh nhưng đã gặp nhiều ca bệnh khác nhau nhất."
// times = ["last"]
//
// [parameters.minimum]
// type = "integer"
// example = 2
// default = 2
// en = "at least so many cases"
// vi = "ít nhất bấy nhiêu ca"
//
// [parameters.limit]
// type = "integer"
// example = 50
// default = 50
// en = "at most so many rows"
// vi = "nhiều nhất bấy nhiêu dòng"

MATCH (:Case)<-[:HAS_CASE]-(f0:Person)-[r:CONTACT]-(p:Person)
WHERE NOT EXISTS { (p)-[:HAS_CASE]->() }
WITH p, count(DISTINCT f0) AS cases, count(r) AS contacts, max(r.start) AS last
WHERE cases >= $minimum
RETURN p.person AS person, p.birth_year AS born, p.area AS area, cases, contacts, last
ORDER BY cases DESC, contacts DESC, person LIMIT $limit
