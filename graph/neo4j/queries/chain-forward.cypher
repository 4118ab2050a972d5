// title = "Everybody a case led to over declared links, in time order."
// times = ["date"]
//
// [parameters.case]
// type = "case"
// example = "BN22348"
// means = "the case: its code or the person's id (in the Browser: the person's id)"

MATCH (first:Person {person: $case})
MATCH way = ANY SHORTEST (first)-[:LINK]->+(p:Person)
WHERE p <> first
OPTIONAL MATCH (p)-[:HAS_CASE]->(c:Case)
WITH p, c, length(way) AS depth,
  CASE WHEN c.onset IS NOT NULL THEN [c.onset, c.onsetTo] WHEN c.sample IS NOT NULL THEN [c.sample, c.sampleTo]
    ELSE [c.confirmed, c.confirmedTo] END AS at
RETURN p.person AS person, c.caseCode AS case_code, depth, at[0] AS date, at[1] AS date_to,
  COLLECT { MATCH (s:Person)-[:LINK]->(p) RETURN DISTINCT s.person ORDER BY s.person } AS sources
ORDER BY date, depth, person
