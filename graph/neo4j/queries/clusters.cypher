// title = "Clusters of cases tied by declared links, those that grow most first: where to trace next."
// times = ["first", "last"]
// ties = "link"
//
// [parameters.days]
// type = "number"
// example = 7
// default = 7
// means = "a case counts as new for so many days before the latest case on record"
//
// [parameters.minimum]
// type = "integer"
// example = 2
// default = 2
// means = "at least so many cases"
//
// [parameters.limit]
// type = "integer"
// example = 20
// default = 20
// means = "at most so many rows"

MATCH (c:Case WHERE c.status IS NULL OR c.status <> 'discarded')<-[:HAS_CASE]-(p:Person)
WITH coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person) AS person, c ORDER BY c.person
WITH person, min(c.onset) AS onset, min(c.onsetTo) AS onset_to, min(c.sample) AS sample, min(c.sampleTo) AS sample_to,
  min(c.confirmed) AS confirmed, min(c.confirmedTo) AS confirmed_to, head(collect(c.caseCode)) AS case_code,
  max(coalesce(c.sourceKnown, false)) AS known
CALL (person) {
  MATCH (me:Person {person: person}) USING INDEX SEEK me:Person(person)
  OPTIONAL MATCH SHORTEST 1 (me) ((:Person|SamePerson)-[:LINK|SAME_AS]-(:Person|SamePerson))+ (q:Person WHERE EXISTS { (q)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded') })
  WITH me, min(coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person)) AS least
  RETURN least, EXISTS {
    (me) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)<-[:LINK]-(:Person)
  } AS linked
}
WITH CASE WHEN least < person THEN least ELSE person END AS cluster, person, case_code,
  CASE WHEN onset IS NOT NULL THEN [onset, onset_to] WHEN sample IS NOT NULL THEN [sample, sample_to]
    ELSE [confirmed, confirmed_to] END AS at,
  NOT known AND NOT linked AS unknown
WITH collect({cluster: cluster, person: person, code: case_code, at: at, unknown: unknown}) AS cases, max(at[0]) AS latest
UNWIND cases AS one
WITH one, latest ORDER BY one.at[0], one.at[1], one.person
WITH one.cluster AS cluster, latest, collect(one) AS cases
WITH head(cases) AS first, last([x IN cases WHERE x.at[0] IS NOT NULL]) AS last, size(cases) AS number,
  size([x IN cases WHERE x.at[0] > latest - $days * 86400]) AS recent, size([x IN cases WHERE x.unknown]) AS unknown
WHERE number >= $minimum
RETURN first.person AS person, first.code AS case_code, number AS cases, recent, unknown AS without_source,
  first.at[0] AS first, first.at[1] AS first_to, last.at[0] AS last, last.at[1] AS last_to
ORDER BY recent DESC, cases DESC, without_source DESC, person LIMIT $limit
