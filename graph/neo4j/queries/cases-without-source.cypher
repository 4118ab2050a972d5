// title = "Cases whose source nobody knows: no declared link leads to them and they are not said to have one."
// times = ["date", "arrived"]

MATCH (p:Person)-[:HAS_CASE]->(c:Case WHERE c.status IS NULL OR c.status <> 'discarded')
WHERE NOT EXISTS { (:Person)-[:LINK]->(:Person) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (p) } AND NOT coalesce(c.sourceKnown, false)
OPTIONAL MATCH (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:ARRIVED]->(a:Arrival)
WITH p, c, min(a.arrived) AS arrived,
  CASE WHEN c.onset IS NOT NULL THEN [c.onset, c.onsetTo] WHEN c.sample IS NOT NULL THEN [c.sample, c.sampleTo]
    ELSE [c.confirmed, c.confirmedTo] END AS at
RETURN coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person) AS person, c.caseCode AS case_code, at[0] AS date, at[1] AS date_to, c.foundIn AS found_in, arrived,
  COUNT { (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:LINK]->() } AS secondary
ORDER BY date, person
