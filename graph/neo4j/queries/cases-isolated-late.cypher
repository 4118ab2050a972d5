// title = "Cases isolated later than so many days after onset (else sample), or never."
// times = ["began", "isolated"]
//
// [parameters.days]
// type = "number"
// example = 2
// default = 2
// means = "days after onset"

MATCH (p:Person)-[:HAS_CASE]->(c:Case WHERE c.status IS NULL OR c.status <> 'discarded')
OPTIONAL MATCH (p) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:ISOLATED]->(i:Isolation)
WITH p, c, i ORDER BY i.start
WITH p, c, head(collect(i)) AS i
WITH p, c,
  CASE WHEN c.onset IS NOT NULL THEN [c.onset, c.onsetTo] WHEN c.sample IS NOT NULL THEN [c.sample, c.sampleTo]
    ELSE [c.confirmed, c.confirmedTo] END AS began,
  CASE WHEN c.isolated IS NULL OR i.start < c.isolated THEN [i.start, i.startTo]
    ELSE [c.isolated, c.isolatedTo] END AS isolated
WHERE began[0] IS NOT NULL AND (isolated[0] IS NULL OR isolated[0] - began[0] > $days * 86400)
RETURN coalesce(head([(s:SamePerson)-[:SAME_AS]->(p) | s.person]), p.person) AS person, c.caseCode AS case_code, began[0] AS began, began[1] AS began_to,
  isolated[0] AS isolated, isolated[1] AS isolated_to, round((isolated[0] - began[0]) / 86400.0, 2) AS days_late
ORDER BY isolated IS NULL DESC, days_late DESC, person
