// title = "The declared sources of a case, and their sources, in time order."
// times = ["date"]
//
// [parameters.case]
// type = "case"
// example = "BN22348"
// means = "the case: its code or the person's id (in the Browser: the person's id)"

MATCH (me:Person {person: $case})
MATCH (me) ((x)-[r:LINK|SAME_AS]-(y) WHERE type(r) = 'SAME_AS' OR endNode(r) = x){1,40} (q:Person)
WITH me, q, [l IN r WHERE type(l) = 'LINK'] AS links
WHERE size(links) > 0
CALL (links) {
  UNWIND range(0, size(links) - 1) AS k
  WITH k, links[k] AS l
  OPTIONAL MATCH (t:Person {person: CASE WHEN l.date IS NULL THEN endNode(l).person END})
    ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(c:Case)
  WITH k, l, min(c.exposureStart) AS start, min(c.exposureEnd) AS till, max(c.exposureEndTo) AS until,
    count(CASE WHEN c.status IS NULL OR c.status <> 'discarded' THEN 1 END) > 0 AS counted
  WITH k, l, start, CASE WHEN until > till THEN until ELSE till + 1 END AS until, counted
  WITH k, CASE WHEN l.date IS NOT NULL THEN [l.date, CASE WHEN l.dateTo > l.date THEN l.dateTo ELSE l.date + 1 END]
    WHEN NOT counted OR start >= until THEN [] ELSE [start, until] END AS at ORDER BY k
  RETURN collect(at) AS times
}
WITH me, q, times
WHERE all(j IN range(1, size(times) - 1) WHERE all(i IN range(0, j - 1) WHERE coalesce(times[j][0] < times[i][1], true)))
WITH me, coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person) AS person, min(size(times)) AS depth
WHERE person <> coalesce(head([(s:SamePerson)-[:SAME_AS]->(me) | s.person]), me.person)
MATCH (p:Person {person: person})
OPTIONAL MATCH (p)-[:HAS_CASE]->(c:Case)
WITH p, c, depth,
  CASE WHEN c.status = 'discarded' THEN [] WHEN c.onset IS NOT NULL THEN [c.onset, c.onsetTo]
    WHEN c.sample IS NOT NULL THEN [c.sample, c.sampleTo] ELSE [c.confirmed, c.confirmedTo] END AS at
RETURN p.person AS person, c.caseCode AS case_code, depth, at[0] AS date, at[1] AS date_to,
  COLLECT {
    MATCH (s:Person)-[:LINK]->(:Person) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (p)
    RETURN DISTINCT coalesce(head([(one:SamePerson)-[:SAME_AS]->(s) | one.person]), s.person) AS source ORDER BY source
  } AS sources
ORDER BY date, depth DESC, person
