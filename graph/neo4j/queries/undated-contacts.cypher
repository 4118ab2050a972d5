// title = "Contacts of which nobody wrote down when they were; those with cases first."
//
// [parameters.limit]
// type = "integer"
// example = 100
// default = 100
// means = "at most so many rows"

MATCH ()-[r:CONTACT]->() WHERE r.start IS NULL AND r.end IS NULL
WITH r, [p IN [startNode(r), endNode(r)] | coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person)] AS ends
WHERE ends[0] <> ends[1]
WITH r, ends, [one IN ends WHERE EXISTS {
  MATCH (p:Person {person: one}) USING INDEX SEEK p:Person(person)
  MATCH (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded')
}] AS cases
RETURN ends[0] AS person, ends[1] AS other, cases, r.kind AS kind, coalesce(head([(s:SamePlace)-[:SAME_AS]->(:Place {place: r.place}) | s.place]), r.place) AS place, r.reportedBy AS reported_by,
  r.sourceFile AS source_file, r.sourceRow AS source_row, r.contact AS contact
ORDER BY size(cases) DESC, contact LIMIT $limit
