// title = "People who met both of two cases."
// times = ["first_a", "first_b"]
//
// [parameters.case_a]
// type = "case"
// example = "BN22348"
// means = "the case: its code or the person's id (in the Browser: the person's id)"
//
// [parameters.case_b]
// type = "case"
// example = "BN22349"
// means = "the case: its code or the person's id (in the Browser: the person's id)"
//
// [parameters.since]
// type = "from"
// example = "2021-07-01"
// optional = true
// means = "from this day or instant on"
//
// [parameters.until]
// type = "until"
// example = "2021-07-14"
// optional = true
// means = "up to the end of this day, or up to this instant"

MATCH (:Person {person: $case_a}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[r:CONTACT]-(q:Person)
MATCH (p:Person {person: coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person)})
WHERE NOT EXISTS { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (m:Person) WHERE m.person IN [$case_a, $case_b] } AND coalesce(r.start, $since) < $until AND (coalesce(r.end_to, r.start_to, $until) > $since OR r.start >= $since)
WITH p, r ORDER BY r.start, r.start_to
WITH p, count(r) AS contacts_a, head(collect([r.start, r.start_to])) AS first_a
MATCH (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[r:CONTACT]-(:Person) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person {person: $case_b})
WHERE coalesce(r.start, $since) < $until AND (coalesce(r.end_to, r.start_to, $until) > $since OR r.start >= $since)
WITH p, contacts_a, first_a, r ORDER BY r.start, r.start_to
WITH p, contacts_a, first_a, count(r) AS contacts_b, head(collect([r.start, r.start_to])) AS first_b
RETURN p.person AS person, contacts_a, contacts_b, first_a[0] AS first_a, first_a[1] AS first_a_to,
  first_b[0] AS first_b, first_b[1] AS first_b_to
ORDER BY person
