// title = "Everybody a case led to over declared links, in time order."
// times = ["date"]
//
// [parameters.case]
// type = "case"
// example = "BN22348"
// means = "the case: its code or the person's id (in the Browser: the person's id)"

MATCH (me:Person {person: $case})
MATCH (me) ((x)-[r:LINK|SAME_AS]-(y) WHERE type(r) = 'SAME_AS' OR startNode(r) = x){1,40} (q:Person)
WITH me, q, [l IN r WHERE type(l) = 'LINK'] AS links
WHERE size(links) > 0 AND all(j IN range(1, size(links) - 1) WHERE all(i IN range(0, j - 1) WHERE coalesce(
  links[i].date < CASE WHEN links[j].dateTo > links[j].date THEN links[j].dateTo ELSE links[j].date + 1 END, true)))
WITH me, coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person) AS person, min(size(links)) AS depth
WHERE person <> coalesce(head([(s:SamePerson)-[:SAME_AS]->(me) | s.person]), me.person)
MATCH (p:Person {person: person})
OPTIONAL MATCH (p)-[:HAS_CASE]->(c:Case)
WITH p, c, depth,
  CASE WHEN c.onset IS NOT NULL THEN [c.onset, c.onsetTo] WHEN c.sample IS NOT NULL THEN [c.sample, c.sampleTo]
    ELSE [c.confirmed, c.confirmedTo] END AS at
RETURN p.person AS person, c.caseCode AS case_code, depth, at[0] AS date, at[1] AS date_to,
  COLLECT {
    MATCH (s:Person)-[:LINK]->(:Person) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (p)
    RETURN DISTINCT coalesce(head([(one:SamePerson)-[:SAME_AS]->(s) | one.person]), s.person) AS source ORDER BY source
  } AS sources
ORDER BY date, depth, person
