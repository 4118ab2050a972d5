// title = "Who lives with the cases, or has a household contact with them."
//
// [parameters.case]
// type = "case"
// example = "BN22348"
// optional = true
// means = "the case: its code or the person's id (in the Browser: the person's id)"

MATCH (f:Person)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded')
MATCH (f0:Person {person: coalesce(head([(s:SamePerson)-[:SAME_AS]->(f) | s.person]), f.person)})
WITH DISTINCT f0
WHERE $case IS NULL OR EXISTS { (f0) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person {person: $case}) }
CALL (f0) {
  MATCH (f0) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (me:Person)
  MATCH (q:Person) USING INDEX SEEK q:Person(household) WHERE q.household = me.household RETURN q, 'household' AS basis
  UNION
  MATCH (f0) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[r:CONTACT]-(q:Person) WHERE r.kind = 'household' RETURN q, 'contact' AS basis
}
WITH f0, q, basis WHERE NOT EXISTS { (f0) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (m:Person) WHERE m = q }
MATCH (p:Person {person: coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person)})
WITH DISTINCT f0, p, basis ORDER BY basis
RETURN f0.person AS f0, p.person AS person, collect(basis) AS basis, p.household AS household,
  EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded') } AS case
ORDER BY f0, person
