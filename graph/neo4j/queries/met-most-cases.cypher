// title = "People, no cases themselves, who met the most different cases."
// times = ["last"]
//
// [parameters.minimum]
// type = "integer"
// example = 2
// default = 2
// means = "at least so many cases"
//
// [parameters.limit]
// type = "integer"
// example = 50
// default = 50
// means = "at most so many rows"

MATCH (:Case)<-[:HAS_CASE]-(f:Person) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[r:CONTACT]-(q:Person)
WHERE NOT EXISTS { (q) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->() }
MATCH (p:Person {person: coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person)})
WITH DISTINCT p, r, coalesce(head([(s:SamePerson)-[:SAME_AS]->(f) | s.person]), f.person) AS f0
WITH p, f0, r ORDER BY r.start DESC, r.start_to
WITH p, count(DISTINCT f0) AS cases, count(r) AS contacts,
  head([at IN collect([r.start, r.start_to]) WHERE at[0] IS NOT NULL]) AS last
WHERE cases >= $minimum
CALL (p) {
  OPTIONAL MATCH (p)-[:LIVES_IN]->(:Area) ((:Area)<-[:VERSION_OF]-(:AreaVersion)-[:WITHIN]->(:Area)){0,6} (up:Area {level: 'commune'})
  RETURN up ORDER BY up.area LIMIT 1
}
RETURN p.person AS person, p.birth_year AS born, p.area AS area, up.name AS commune, cases, contacts, last[0] AS last,
  last[1] AS last_to
ORDER BY cases DESC, contacts DESC, person LIMIT $limit
