// title = "How long each person, no case themselves, was with cases: minutes of recorded contacts and of shared stays."
// times = ["last"]
// stays = "one without check-out lasts as the rule of the latest run assumes: stayTo, endAssumed"
// rooms = false
//
// [parameters.minimum]
// type = "integer"
// example = 15
// default = 15
// means = "at least so many minutes"
//
// [parameters.limit]
// type = "integer"
// example = 50
// default = 50
// means = "at most so many rows"

MATCH (k:Case WHERE k.status IS NULL OR k.status <> 'discarded')<-[:HAS_CASE]-(f:Person)
WITH DISTINCT coalesce(head([(s:SamePerson)-[:SAME_AS]->(f) | s.person]), f.person) AS f0
MATCH (:Person {person: f0}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (me:Person)
WITH DISTINCT f0, me
CALL (me) {
  MATCH (me)-[r:CONTACT]-(q:Person)
  RETURN q, r.start AS start, r.startTo AS start_to,
    coalesce(r.minutes, CASE WHEN r.startTo = r.start AND r.endTo = r.end THEN (r.end - r.start) / 60 END) AS minutes
  UNION ALL
  MATCH (me)-[v:VISITED]->(:PlaceDay)-[:OF]->(:Place) ((:Place)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(:Place)){0,1} (here:Place)
  MATCH (d:PlaceDay) WHERE d.place = here.place AND d.day <= v.stayTo / 86400 + 1 AND d.last > v.start - 86400
  MATCH (d)<-[w:VISITED]-(q:Person) WHERE w.start < v.stayTo AND w.stayTo > v.start
  WITH q, v, w, CASE WHEN v.stayTo < w.stayTo THEN v.stayTo ELSE w.stayTo END AS until
  WITH q, CASE WHEN w.start > v.start THEN w ELSE v END AS later, until
  RETURN q, later.start AS start, later.startTo AS start_to, (until - later.start) / 60 AS minutes
}
WITH f0, coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person) AS person, start, start_to, minutes
WHERE person <> f0 AND NOT EXISTS {
  (:Person {person: person}) ((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1} (:Person)-[:HAS_CASE]->(k:Case WHERE k.status IS NULL OR k.status <> 'discarded')
}
WITH person, f0, start, start_to, minutes ORDER BY start DESC, start_to
WITH person, count(DISTINCT f0) AS cases, toInteger(sum(minutes)) AS minutes,
  head([at IN collect([start, start_to]) WHERE at[0] IS NOT NULL]) AS last
WHERE minutes >= $minimum
RETURN person, cases, minutes, last[0] AS last, last[1] AS last_to
ORDER BY minutes DESC, person LIMIT $limit
