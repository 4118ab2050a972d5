// title = "Contacts of which nobody wrote down when they were; those with cases first."
//
// [parameters.limit]
// type = "integer"
// example = 100
// default = 100
// means = "at most so many rows"

MATCH ()-[r:CONTACT]->() WHERE r.start IS NULL AND r.end IS NULL
WITH startNode(r) AS a, endNode(r) AS b, r
WITH a, b, r, [p IN [a, b] WHERE EXISTS { (p)-[:HAS_CASE]->() } | p.person] AS cases
RETURN a.person AS person, b.person AS other, cases, r.kind AS kind, r.place AS place, r.reportedBy AS reported_by,
  r.sourceFile AS source_file, r.sourceRow AS source_row, r.contact AS contact
ORDER BY size(cases) DESC, contact LIMIT $limit
